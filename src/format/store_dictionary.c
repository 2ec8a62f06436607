#include "store_dictionary.h"

#include "cover.h"
#include "mem.h"

/* For parameters that do not jump with the size of the dictionary, and memory of mem.h. */
#define ZSTD_STATIC_LINKING_ONLY
#include <zdict.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
	/* Samples that the statistics are made of, 100 KB of text: twice as many are worth 0.05 %. */
	STATISTICS_SAMPLES = 25,
	/* Of a dictionary, beside its content: tables of three codes and of the literals. */
	STATISTICS_BYTES = 4096,
};

/* With a dictionary: level 4 as it is for large inputs, whatever size the dictionary has. Shorter matches (4) are worth -2 %
 * for one tree and +1 to +3 % for four; the next strategy, greedy, -2 to -4 % at little over half the speed. */
static const ZSTD_compressionParameters parameters = {
	.windowLog = 19,
	.chainLog = 18,
	.hashLog = 18,
	.searchLog = 1,
	.minMatch = 5,
	.targetLength = 0,
	.strategy = ZSTD_dfast,
};

/* Some of the samples, one after the other. */
static size_t pick_samples(struct buf *out, size_t picked[static STATISTICS_SAMPLES], struct span samples,
			   const size_t *sizes, size_t count)
{
	size_t step = count > STATISTICS_SAMPLES ? count / STATISTICS_SAMPLES : 1;
	size_t n = 0;
	size_t at = 0;

	for (size_t i = 0; i < count && n < STATISTICS_SAMPLES; i++) {
		if (i % step == 0 && sizes[i]) {
			buf_add(out, samples.p + at, sizes[i]);
			picked[n++] = sizes[i];
		}
		at += sizes[i];
	}
	return n;
}

/* Puts the statistics of the samples before the content. */
static int add_statistics(struct buf *out, struct span content, struct span samples, const size_t *sizes, size_t count,
			  struct err *err)
{
	ZDICT_params_t how = {.compressionLevel = STORE_LEVEL};
	size_t picked_sizes[STATISTICS_SAMPLES];
	struct buf picked = {0};
	size_t picked_count = pick_samples(&picked, picked_sizes, samples, sizes, count);
	size_t room = content.n + STATISTICS_BYTES;
	char *to = buf_reserve(out, room);
	size_t n;

	int status = 0;

	if (!to || picked.failed)
		n = (size_t)-ZSTD_error_memory_allocation;
	else
		n = ZDICT_finalizeDictionary(to, room, content.p, content.n, picked.data, picked_sizes,
					     (unsigned)picked_count, how);
	if (!ZDICT_isError(n))
		out->n += n;
	else if (ZSTD_getErrorCode(n) == ZSTD_error_memory_allocation)
		status = err_memory(err, "make a dictionary");
	buf_release(&picked);
	return status;
}

/* In a block of ours: ZSTD_createCDict() of zstd 1.5.4 reads through the NULL of a failed allocation. */
static int digest(struct store_dictionary *dictionary, struct err *err)
{
	size_t room = ZSTD_estimateCDictSize_advanced(dictionary->bytes.n, parameters, ZSTD_dlm_byRef);

	dictionary->block = mem_resize(NULL, room, 1);
	if (dictionary->block)
		dictionary->digested =
			ZSTD_initStaticCDict(dictionary->block, room, dictionary->bytes.data, dictionary->bytes.n,
					     ZSTD_dlm_byRef, ZSTD_dct_fullDict, parameters);
	return dictionary->digested ? 0 : err_memory(err, "make a dictionary");
}

/* A dictionary of recoded samples. */
static int make_content(struct store_dictionary *dictionary, struct span samples, const size_t *sizes, size_t count,
			uint64_t share, struct err *err)
{
	struct buf content = {0};
	int status;

	if (share > STORE_DICTIONARY_MAX)
		share = STORE_DICTIONARY_MAX;
	status = cover_select(&content, (size_t)share, samples, sizes, count, err);
	if (status == 0 && content.n >= STORE_DICTIONARY_MIN / 2)
		status = add_statistics(&dictionary->bytes, buf_span(&content), samples, sizes, count, err);
	buf_release(&content);
	return status < 0 || dictionary->bytes.n == 0 ? status : digest(dictionary, err);
}

/* The samples as the frames will have them. */
static void recode_samples(const struct store_dictionary *dictionary, struct span samples, const size_t *sizes,
			   size_t count, struct buf *out, struct buf *out_sizes)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		size_t size = out->n;

		recode_add(&dictionary->recode, (struct span){samples.p + at, sizes[i]}, out);
		at += sizes[i];
		size = out->n - size;
		buf_add(out_sizes, &size, sizeof size);
	}
}

int store_dictionary_make(struct store_dictionary *dictionary, struct span samples, const size_t *sizes, size_t count,
			  uint64_t text_bytes, struct err *err)
{
	uint64_t share = text_bytes / STORE_DICTIONARY_SHARE;
	struct buf recoded = {0};
	struct buf recoded_sizes = {0};
	int status = -1;

	*dictionary = (struct store_dictionary){0};
	if (share < STORE_DICTIONARY_MIN)
		return 0;
	if (recode_choose(&dictionary->recode, samples, &dictionary->characters) == 0) {
		recode_samples(dictionary, samples, sizes, count, &recoded, &recoded_sizes);
		status = recoded.failed || recoded_sizes.failed ? -1 : 0;
	}
	if (status < 0)
		err_memory(err, "make a dictionary");
	else
		status = make_content(dictionary, buf_span(&recoded), &BUF_AT(&recoded_sizes, size_t, 0), count, share,
				      err);
	buf_release(&recoded);
	buf_release(&recoded_sizes);
	return status;
}

void store_dictionary_recode(const struct store_dictionary *dictionary, struct span text, struct buf *out)
{
	if (dictionary && dictionary->characters.n)
		recode_add(&dictionary->recode, text, out);
	else
		buf_add_span(out, text);
}

void store_dictionary_release(struct store_dictionary *dictionary)
{
	recode_writer_release(&dictionary->recode);
	buf_release(&dictionary->characters);
	mem_free(dictionary->block);
	buf_release(&dictionary->bytes);
	dictionary->block = NULL;
	dictionary->digested = NULL;
}
