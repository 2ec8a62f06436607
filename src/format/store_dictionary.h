/* store_dictionary - what all frames of a store are compressed with: a table of characters (recode.h) and a zstd dictionary.
 *
 * Shape:  two chunks of the store, both made from the same samples of the text. The dictionary is made from samples that were
 *         recoded, since frames are recoded before compression. Its content is chosen by cover.h; zstd makes the entropy
 *         tables that precede it.
 * Owner:  the struct owns everything; the compressors of all threads borrow from it.
 * Errors: memory.
 * Cost:   8 ms.
 */
#ifndef FORMAT_STORE_DICTIONARY_H
#define FORMAT_STORE_DICTIONARY_H

#include "err.h"
#include "recode.h"

enum {
	/* Compression level of zstd, with and without a dictionary. */
	STORE_LEVEL = 4,

	/* Size of the dictionary: a 40th of the text, where making it larger saves in the frames just what it costs itself; at most
	 * 256 KB, because the first read of text verifies and digests all of it. */
	STORE_DICTIONARY_SHARE = 40,
	STORE_DICTIONARY_MAX = 256 * 1024,
	/* A smaller one costs more than it saves: texts below 320 KB have none. */
	STORE_DICTIONARY_MIN = 8 * 1024,

	/* Samples: so many pieces of so many bytes, at even distances; all of a smaller text. Twice as many make the frames 0.1 to
	 * 0.6 % smaller and take twice the time; sizes of 2 to 16 KB differ by 0.4 %. */
	STORE_SAMPLE_BYTES = 4096,
	STORE_SAMPLES_MAX = 512,
};

struct store_dictionary {
	struct buf characters; /* the chunk of the table */
	struct recode_writer recode;
	struct buf bytes;     /* the chunk of the dictionary: empty for none */
	const void *digested; /* ZSTD_CDict, in `block`; NULL for none */
	void *block;
};

/* Makes both from samples, which lie one after the other in `samples` and have `sizes`, not necessarily STORE_SAMPLE_BYTES.
 * `text_bytes`: about how much text there is in all. The result depends on nothing else. Samples of which no dictionary can be made
 * are no error: there is none then. Release it also after a failure. */
int store_dictionary_make(struct store_dictionary *dictionary, struct span samples, const size_t *sizes, size_t count,
			  uint64_t text_bytes, struct err *err);

/* Appends text as it is before compression: recoded, or unchanged when the table is empty or `dictionary` NULL. */
void store_dictionary_recode(const struct store_dictionary *dictionary, struct span text, struct buf *out);

void store_dictionary_release(struct store_dictionary *dictionary);

#endif
