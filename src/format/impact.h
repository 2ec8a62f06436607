/* impact - an upper bound of what any posting of a block, or list, can score: as frequencies and lengths, never as a score.
 *
 * Shape:  a byte with a bit for each field that occurs in the block; then for each such field, in order, its pairs: how
 *         often the word stands there (a byte) and how long the field is (a byte, length.h). Of the body there are up to
 *         IMPACT_BODY_PAIRS, their number in a byte before them, frequencies and lengths rising; of any other field one.
 *         For every posting of the block and every field, some pair has at least the posting's frequency and at most its length.
 *         So the best pair of each field, summed over fields, bounds any score that rises with frequency and falls with
 *         length: the constants of the score may change without a new index.
 *         The pairs of the body are its Pareto frontier (none is as good as another in both respects). When there are too many,
 *         neighbours are merged to the higher frequency and the shorter length, those first by which an ordinary BM25 rises
 *         least, of equals those of the highest frequency. At most IMPACT_BYTES.
 * Owner:  a writer has no memory of its own. A zeroed one is empty.
 * Use:    searches only use the bound of a list as a whole (rank/sweep.h). Those of blocks serve readers that skip blocks
 *         (block-max WAND); index_check() verifies both.
 * Errors: impact_decode(): false for bytes that are no impacts.
 * Cost:   adding a posting takes some instructions a field. Resetting, merging and encoding grow with the highest frequency of the
 *         body, which is small in nearly all blocks. The bytes do not depend on the order of adding and merging.
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

/* Gathers postings. `room` is the complement of a length (255 less it), so that more is better and 0 means nothing seen. */
struct impact_writer {
	uint8_t fields;               /* a bit for each that occurs */
	uint8_t body_most;            /* the highest frequency seen in the body */
	uint8_t body_room[256];       /* by frequency in the body: the most room seen with it */
	uint8_t most[CHANNEL_FIELDS]; /* by field, the body aside: the highest frequency, */
	uint8_t room[CHANNEL_FIELDS]; /* and the most room */
};

void impact_reset(struct impact_writer *writer);

/* Adds a posting: its pattern, and the CHANNEL_LENGTHS length bytes of its section. */
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

/* Adds everything that `other` has seen. */
void impact_merge(struct impact_writer *writer, const struct impact_writer *other);

/* Appends the bytes of a writer that has seen something. */
void impact_encode(const struct impact_writer *writer, struct buf *out);

struct impact {
	uint8_t fields;
	uint8_t body_pairs;
	struct impact_pair body[IMPACT_BODY_PAIRS];
	struct impact_pair other[CHANNEL_FIELDS];
};

bool impact_decode(struct impact *out, struct span bytes);

#endif
