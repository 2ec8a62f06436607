#include "bm25.h"

#include "length.h"

#include <math.h>

static const double field_weights[CHANNEL_LENGTHS] = FIELD_WEIGHTS;

void bm25_init(struct bm25 *bm25, const struct bm25_totals *totals)
{
	bm25->sections = totals->sections;
	for (unsigned channel = 0; channel < CHANNEL_LENGTHS; channel++) {
		double count = (double)totals->length_count[channel];
		double mean =
			count > 0 && totals->length_sum[channel] > 0 ? (double)totals->length_sum[channel] / count : 1;

		for (unsigned code = 0; code < 256; code++)
			bm25->share[channel][code] =
				field_weights[channel] / (1 - BM25_B + BM25_B * length_decode((uint8_t)code) / mean);
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
	double all = 0;
	double heading = 0;

	for (unsigned rest = impact->fields & fields; rest; rest &= rest - 1) {
		unsigned channel = (unsigned)__builtin_ctz(rest);
		const struct impact_pair *pairs = channel == CHANNEL_BODY ? impact->body : &impact->other[channel];
		unsigned count = channel == CHANNEL_BODY ? impact->body_pairs : 1;
		double best = 0;

		for (unsigned i = 0; i < count; i++)
			best = fmax(best, pairs[i].frequency * bm25->share[channel][pairs[i].length]);
		all += best;
		heading = channel == CHANNEL_HEADING ? best : heading;
	}
	return bm25_word(all, heading);
}

double bm25_ceiling(unsigned channels)
{
	return (BM25_K1 + 1) * (channels >> CHANNEL_HEADING & 1 ? 1 + HEADING_BONUS : 1);
}
