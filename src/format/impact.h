/* impact - the most that any posting of a block can score, said in frequencies and lengths, never in scores.
 *
 * Shape:  a byte with a bit for each field that occurs in the block; then for each such field, in order, its pairs: how
 *         often the word stands there (a byte) and how long the field is (a byte, length.h). Of the body there are up to
 *         IMPACT_BODY_PAIRS, their number in a byte before them, frequencies and lengths rising; of any other field one.
 *         For every posting of the block and every field, some pair has at least its frequency and at most its length. So
 *         a sum over fields of the best pair is a bound of any score that rises with frequency and falls with length,
 *         whatever weights, means and constants it has.
 *         The pairs of the body are its frontier (no pair is as good as another in both); where that has more pairs than
 *         room, neighbours that lose least are joined, of equals those of the highest frequency: frequency of one, length
 *         of the other. The loss is counted in an ordinary BM25. At most IMPACT_BYTES.
 * Owner:  the writer holds no memory; zeroed is empty.
 * Use:    searches bound a list as a whole (rank/sweep.h); what is said of blocks is checked by index_check(), and there for
 *         readers that skip them.
 * Errors: decode: false for bytes that are no such thing.
 * Cost:   adding some instructions a field; resetting, merging and encoding grow with the highest frequency of the body,
 *         which is small in nearly all blocks. Adding and merging give the same bytes in whatever order and groups.
 * Source: Ding and Suel, Faster top-k document retrieval using block-max indexes, 2011; pairs instead of scores as in
 *         Lucene's impacts.
 */
#ifndef FORMAT_IMPACT_H
#define FORMAT_IMPACT_H

#include "buf.h"
#include "pattern.h"

enum {
	IMPACT_BODY_PAIRS = 3,
	IMPACT_BYTES = 1 + 1 + 2 * IMPACT_BODY_PAIRS + 2 * (CHANNEL_FIELDS - 1),
};

struct impact_pair {
	uint8_t frequency;
	uint8_t length;
};

/* What was seen of some postings. Room is the complement of a length, so that nothing seen is 0. */
struct impact_writer {
	uint8_t fields;               /* a bit for each that occurs */
	uint8_t body_most;            /* the highest frequency in the body */
	uint8_t body_room[256];       /* by frequency, up to body_most: most room seen; 0 above */
	uint8_t most[CHANNEL_FIELDS]; /* by other fields: highest frequency, */
	uint8_t room[CHANNEL_FIELDS]; /* most room */
};

void impact_reset(struct impact_writer *writer);

/* One posting: its pattern and the CHANNEL_LENGTHS length bytes of its section. */
static inline void impact_add(struct impact_writer *writer, const struct pattern *pattern, const unsigned char *lengths)
{
	for (unsigned rest = pattern->fields; rest; rest &= rest - 1) {
		unsigned field = (unsigned)__builtin_ctz(rest);
		uint8_t frequency = pattern->frequency[field];
		uint8_t room = (uint8_t)~lengths[field];
		bool body = field == CHANNEL_BODY;
		uint8_t *most_room = body ? &writer->body_room[frequency] : &writer->room[field];
		uint8_t *most = body ? &writer->body_most : &writer->most[field];

		*most = *most < frequency ? frequency : *most;
		*most_room = *most_room < room ? room : *most_room;
	}
	writer->fields |= pattern->fields;
}

/* Everything that `other` saw. */
void impact_merge(struct impact_writer *writer, const struct impact_writer *other);

/* Something must have been seen. */
void impact_encode(const struct impact_writer *writer, struct buf *out);

struct impact {
	uint8_t fields;
	uint8_t body_pairs;
	struct impact_pair body[IMPACT_BODY_PAIRS];
	struct impact_pair other[CHANNEL_FIELDS];
};

bool impact_decode(struct impact *out, struct span bytes);

#endif
