/* bm25 - the score of a term in a section, as arithmetic without an index.
 *
 * Shape:  words(query, section) = sum over words w of the query, in their order, of
 *             weight(w) * idf(w) * sum over channels c of weight(c) * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len / mean))
 *         where tf counts w in the channel c of the section, len is the channel's length there (one byte, length.h) and
 *         mean its mean over the sections where it is not empty; and idf = ln(1 + (N - df + 0.5) / (df + 0.5)) with N
 *         sections, df of them with w in any field.
 *         score = words * (1 - COVERAGE_WEIGHT * (1 - coverage)) + PAIR_WEIGHT * pairs
 *         where coverage is the share of the idf of the query's content words that the section has, and pairs is the same
 *         formula over the pairs of adjacent Han characters of the query, in the channel of characters, added for the best
 *         RESCORED sections only: contiguous text wins.
 * Units:  scores are comparable within one query only.
 *         tf counts up to PATTERN_FREQUENCY_MAX.
 * Cost:   a table look-up, two multiplications and a division for each term and channel.
 * Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009; the linear sum over
 *         fields and the constants: src/rank/README.md.
 */
#ifndef RANK_BM25_H
#define RANK_BM25_H

#include "impact.h"

#define BM25_K1 1.2  /* saturation of a frequency: the usual value; 0.9 to 1.6 differ by less than 0.3 % */
#define BM25_B  0.75 /* how much length counts: the usual value; 0.2 costs 3.5 % */

/* What a section without any content word would lose of its score. Measured on four sets of judged queries, nDCG@10, mean:
 * 0: .7816, 0.2: .7849, 0.5: .7878, 1: .7891, where two of the four fall again. */
#define COVERAGE_WEIGHT 0.5

/* Weight of the pairs of characters beside the words. */
#define PAIR_WEIGHT 0.3

/* Weight of a function word beside a content word. */
#define FUNCTION_WEIGHT 0.6

/* How many of the best sections by words are scored by pairs as well. Not dependent on how many are asked for: the order of
 * hits must not change with --limit. */
enum { RESCORED = 40 };

/* Totals over all sections that are searched together. */
struct bm25_totals {
	uint64_t sections;
	uint64_t length_sum[CHANNEL_LENGTHS];
	uint64_t length_count[CHANNEL_LENGTHS];
};

struct bm25 {
	uint64_t sections;
	double weight[CHANNEL_LENGTHS];
	double norm[CHANNEL_LENGTHS][256]; /* K1 * (1 - B + B * len / mean) by length byte */
};

void bm25_init(struct bm25 *bm25, const struct bm25_totals *totals);

double bm25_idf(const struct bm25 *bm25, uint64_t df);

/* What one channel adds, before idf. */
static inline double bm25_channel(const struct bm25 *bm25, unsigned channel, uint32_t frequency, uint8_t length)
{
	double tf = (double)frequency;

	return bm25->weight[channel] * tf * (BM25_K1 + 1) / (tf + bm25->norm[channel][length]);
}

/* What the fields of one posting add, before idf: those of the bit set `fields`. `lengths`: of its section. */
static inline double bm25_pattern(const struct bm25 *bm25, const struct pattern *pattern, unsigned fields,
				  const unsigned char *lengths)
{
	double score = 0;

	for (unsigned rest = pattern->fields & fields; rest; rest &= rest - 1) {
		unsigned channel = (unsigned)__builtin_ctz(rest);

		score += bm25_channel(bm25, channel, pattern->frequency[channel], lengths[channel]);
	}
	return score;
}

/* No posting that the impact speaks of adds more, in the fields of the bit set. */
double bm25_bound(const struct bm25 *bm25, const struct impact *impact, unsigned fields);

/* No posting at all adds more. */
double bm25_ceiling(const struct bm25 *bm25, unsigned channels);

#endif
