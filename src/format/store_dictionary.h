/* store_dictionary - what all frames of a store have in common: the table of characters and a dictionary of zstd.
 *
 * Shape:  two chunks of the store, both made of the same samples of the text. The dictionary is made of recoded samples, as
 *         the frames are recoded; its content is chosen by cover.h and preceded by statistics that zstd makes.
 * Owner:  the struct owns all; the compressors of all threads borrow it.
 * Errors: memory.
 * Cost:   8 ms.
 */
#ifndef FORMAT_STORE_DICTIONARY_H
#define FORMAT_STORE_DICTIONARY_H

#include "err.h"
#include "recode.h"

enum {
	/* Of zstd: without a dictionary, and for the statistics that one begins with. */
	STORE_LEVEL = 4,

	/* A dictionary has a 40th of the text, where a larger one saves in the frames about what it costs itself; and no
	 * more than this, for each of its pages is checked by the first query. */
	STORE_DICTIONARY_SHARE = 40,
	STORE_DICTIONARY_MAX = 256 * 1024,
	/* A smaller one costs more than it saves: trees below 320 KB have none. */
	STORE_DICTIONARY_MIN = 8 * 1024,

	/* What to sample: pieces of this size at even distances of all the text, the whole text when that is less. Twice as
	 * many are worth 0.1 to 0.6 % and take twice the time; pieces of 2 to 16 KB differ by 0.4 %. */
	STORE_SAMPLE_BYTES = 4096,
	STORE_SAMPLES_MAX = 512,
};

struct store_dictionary {
	struct buf characters; /* the chunk of the table, */
	struct recode_writer recode;
	struct buf bytes;     /* and that of the dictionary: empty for none */
	const void *digested; /* ZSTD_CDict in that block; NULL for none */
	void *block;
};

/* Makes a dictionary of samples of the text (one after the other; `sizes`: an array of size_t, none of them needs to be
 * STORE_SAMPLE_BYTES). `text_bytes`: of all the text, roughly. Equal samples and text_bytes give equal bytes. Samples of
 * which nothing can be made make none; that is no error. Release it after a failure, too. */
int store_dictionary_make(struct store_dictionary *dictionary, struct span samples, const size_t *sizes, size_t count,
			  uint64_t text_bytes, struct err *err);

/* Appends text as the store has it; `dictionary` may be NULL. */
void store_dictionary_recode(const struct store_dictionary *dictionary, struct span text, struct buf *out);

void store_dictionary_release(struct store_dictionary *dictionary);

#endif
