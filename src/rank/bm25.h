/* bm25 - the score of a section, as arithmetic without an index: the formula and all its constants.
 *
 * Shape:  score = words * (1 - COVERAGE_WEIGHT * (1 - coverage)) + grams
 *
 *         words = sum over the words w of the query, in their order, of
 *             weight(w) * count(w) * idf(w) * (saturate(x) + HEADING_BONUS * saturate(x of the heading alone))
 *         where x = sum over the fields f that hold w of weight(f) * tf / (1 - B + B * len / mean)
 *             tf counts w in the field f of the section, up to PATTERN_FREQUENCY_MAX; len is the field's length there (one
 *             byte, length.h) and mean its mean over the sections where it is not empty
 *         and saturate(x) = x * (K1 + 1) / (x + K1)
 *         and idf(w) = ln(1 + (N - df + 0.5) / (df + 0.5)) with N sections, df of them with w in any field
 *         and weight(w) is FUNCTION_WEIGHT for function words (query/function_word.h), times LATIN_WEIGHT for words that are
 *             not Han.
 *         One frequency for all fields, saturated once: a word that stands in the heading and in the body is one word found,
 *         not two. Only the heading counts a little for itself.
 *
 *         coverage is the share of the idf of the query's content words that the section has.
 *
 *         grams, of the best RESCORED sections only (rescore.h), is the sum over the Han characters of the query and the pairs of
 *         adjacent ones of
 *             weight(g) * count(g) * idf(g) * saturate(x)
 *         in the one channel of characters, where weight(g) is CHARACTER_WEIGHT or PAIR_WEIGHT, times FUNCTION_WEIGHT for those
 *         of function words: contiguous text wins, and what was cut into other words is not lost. Words that are not Han
 *         have no grams: LATIN_WEIGHT stands for them.
 *
 *         A long section, of more than LONG_SECTION bytes, is ranked by its best passage: x of grams that stand there in one
 *         piece (passage.h) is at least PASSAGE_FREQUENCY, as in a section not much longer than others.
 *         A query that is code counts once more, as much as the best section has, where it stands as typed (as_typed.h).
 * Units:  scores are comparable within one query only.
 * Cost:   a table look-up and a multiplication for each term and field, and a division a term.
 * Source: Robertson, Zaragoza and Taylor, Simple BM25 extension to multiple weighted fields, 2004; Robertson and Zaragoza,
 *         The Probabilistic Relevance Framework: BM25 and Beyond, 2009. What chose the constants:
 *         src/rank/README.md; figures below are what another value does to the mean nDCG@10 of eighteen sets of queries.
 */
#ifndef RANK_BM25_H
#define RANK_BM25_H

#include "impact.h"

#define BM25_K1 1.2  /* saturation of a frequency: the usual value; 0.9: -.0007, 1.6: -.0001 */
#define BM25_B  0.75 /* how much length counts: the usual value; 0.5: -.0017, 0.9: -.0002 */

/* How much a field counts beside the body. Heading 1: -.0003, 4: -.0004; code 1: -.0014. */
#define FIELD_WEIGHTS                                                                                                  \
	{                                                                                                              \
		[CHANNEL_BODY] = 1.0, [CHANNEL_CODE] = 0.25, [CHANNEL_HEADING] = 2.0, [CHANNEL_QUESTION] = 1.0,        \
		[CHANNEL_LEAD] = 1.0, [CHANNEL_ANCESTOR] = 0.3, [CHANNEL_NAME] = 0.3, [CHANNEL_HAN] = 1.0,             \
	}

/* What a heading counts for itself, beside its part in all fields: so that the section of that name comes first. Twice as
 * much: -.0008, none: +.0001; but judged queries over a knowledge base have .8803 with none and .8884 with this. */
#define HEADING_BONUS 0.8

/* What a section without any content word would lose of its score. 0: -.0023, 0.25: -.0006, 1: -.0020. */
#define COVERAGE_WEIGHT 0.5

/* Weights of the characters of the query, and of their pairs, beside the words. Characters at 0: -.0022, 0.6:
 * -.0012; pairs at 0: -.0040, 0.6: -.0028. */
#define CHARACTER_WEIGHT 0.3
#define PAIR_WEIGHT      0.3

/* Weight of a function word beside a content word, and of its grams. 0.3: +.0001, 1: -.0021. */
#define FUNCTION_WEIGHT 0.6

/* What a word counts that stands for the one typed. 0.5: -.0006, 1: +.0001; README.md. */
#define SYNONYM_WEIGHT 0.8

/* Weight of a word that is not Han beside one that is. 1: -.0068, 3: +.0007. */
#define LATIN_WEIGHT 2.0

/* What is long, in bytes of source text: of 18,355 sections of two manuals and a wiki 178 are. Figures for this and the next two:
 * README.md. */
enum { LONG_SECTION = 8 * 1024 };

/* So many pairs in a row are a passage: four characters, two words. */
enum { PASSAGE_PAIRS = 3 };

/* What a gram counts in a passage of a long section, at least: as once in a text of 1.6 times the mean length. */
#define PASSAGE_FREQUENCY 0.7

/* How many of the best sections by words are scored by grams as well. 1: -.0100, 20: -.0012, 200: +.0006. Not dependent on
 * how many are asked for: the order of hits must not change with --limit. */
enum { RESCORED = 50 };

/* Totals over all sections that are searched together. */
struct bm25_totals {
	uint64_t sections;
	uint64_t length_sum[CHANNEL_LENGTHS];
	uint64_t length_count[CHANNEL_LENGTHS];
};

struct bm25 {
	uint64_t sections;
	double share[CHANNEL_LENGTHS][256]; /* what one occurrence adds to x, by length byte */
};

void bm25_init(struct bm25 *bm25, const struct bm25_totals *totals);

double bm25_idf(const struct bm25 *bm25, uint64_t df);

/* From 0 to K1 + 1; 1 at 1. */
static inline double bm25_saturate(double x)
{
	return x * (BM25_K1 + 1) / (x + BM25_K1);
}

/* What a section with this coverage keeps of what its words add. */
static inline double bm25_share(double coverage)
{
	return 1 - COVERAGE_WEIGHT * (1 - coverage);
}

/* What a gram adds, before idf. */
static inline double bm25_gram(const struct bm25 *bm25, uint32_t frequency, uint8_t length)
{
	return bm25_saturate((double)frequency * bm25->share[CHANNEL_HAN][length]);
}

/* What a gram adds besides, before idf, in a passage of a long section that has it x times. */
static inline double bm25_passage(double x)
{
	return x < PASSAGE_FREQUENCY ? bm25_saturate(PASSAGE_FREQUENCY) - bm25_saturate(x) : 0;
}

/* What a word adds, before idf: x of all its fields, and x of its heading. */
static inline double bm25_word(double all, double heading)
{
	double score = bm25_saturate(all);

	return heading > 0 ? score + HEADING_BONUS * bm25_saturate(heading) : score;
}

/* What one posting adds, before idf, by those of its fields that are in the bit set. `lengths`: of its section. */
static inline double bm25_pattern(const struct bm25 *bm25, const struct pattern *pattern, unsigned fields,
				  const unsigned char *lengths)
{
	double all = 0;
	double heading = 0;

	for (unsigned rest = pattern->fields & fields; rest; rest &= rest - 1) {
		unsigned channel = (unsigned)__builtin_ctz(rest);
		double x = pattern->frequency[channel] * bm25->share[channel][lengths[channel]];

		all += x;
		heading = channel == CHANNEL_HEADING ? x : heading;
	}
	return bm25_word(all, heading);
}

/* No posting that the impact speaks of adds more, in the fields of the bit set. */
double bm25_bound(const struct bm25 *bm25, const struct impact *impact, unsigned fields);

/* No posting at all adds more. */
double bm25_ceiling(unsigned channels);

#endif
