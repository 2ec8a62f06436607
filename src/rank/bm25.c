#include "bm25.h"

#include "length.h"

#include <math.h>

/* How much a field counts beside the body. */
static const double channel_weight[CHANNEL_LENGTHS] = {
	[CHANNEL_BODY] = 1.0, [CHANNEL_CODE] = 0.25,    [CHANNEL_HEADING] = 2.0, [CHANNEL_QUESTION] = 1.0,
	[CHANNEL_LEAD] = 1.0, [CHANNEL_ANCESTOR] = 0.3, [CHANNEL_NAME] = 0.3,    [CHANNEL_HAN] = 1.0,
};

void bm25_init(struct bm25 *bm25, const struct bm25_totals *totals)
{
	bm25->sections = totals->sections;
	for (unsigned channel = 0; channel < CHANNEL_LENGTHS; channel++) {
		double count = (double)totals->length_count[channel];
		double mean =
			count > 0 && totals->length_sum[channel] > 0 ? (double)totals->length_sum[channel] / count : 1;

		bm25->weight[channel] = channel_weight[channel];
		for (unsigned code = 0; code < 256; code++)
			bm25->norm[channel][code] =
				BM25_K1 * (1 - BM25_B + BM25_B * length_decode((uint8_t)code) / mean);
	}
}

double bm25_idf(const struct bm25 *bm25, uint64_t df)
{
	double n = (double)bm25->sections;
	double d = (double)df < n ? (double)df : n;

	return log(1 + (n - d + 0.5) / (d + 0.5));
}

double bm25_bound(const struct bm25 *bm25, const struct impact *impact, unsigned fields)
{
	double bound = 0;

	for (unsigned rest = impact->fields & fields; rest; rest &= rest - 1) {
		unsigned channel = (unsigned)__builtin_ctz(rest);
		const struct impact_pair *pairs = channel == CHANNEL_BODY ? impact->body : &impact->other[channel];
		unsigned count = channel == CHANNEL_BODY ? impact->body_pairs : 1;
		double best = 0;

		for (unsigned i = 0; i < count; i++)
			best = fmax(best, bm25_channel(bm25, channel, pairs[i].frequency, pairs[i].length));
		bound += best;
	}
	return bound;
}

double bm25_ceiling(const struct bm25 *bm25, unsigned channels)
{
	double bound = 0;

	for (unsigned rest = channels; rest; rest &= rest - 1)
		bound += bm25->weight[__builtin_ctz(rest)] * (BM25_K1 + 1);
	return bound;
}
