/* user_words - the words of a user's dictionary, as an index keeps them and text is matched against them.
 *
 * Shape:  count (u32); for each word where it ends (u32, from the first byte of the first word); the words, one after the
 *         other: folded, of 1 to USER_WORD_MAX bytes, in byte order, no two equal. Little-endian. No words: no bytes at all.
 * Units:  bytes.
 * Owner:  borrows the list; user_words_index() allocates a filter, user_words_release() frees it. After that the words are
 *         only read: threads may share them.
 * Errors: a list that lies finds other words or none and is never read past its end; user_words_check() tells.
 * Cost:   a look takes a binary search, with a filter (10 us and 2 bytes a word to make) one look into a table where text
 *         begins like no word. So queries do without, and documents have one.
 */
#ifndef ANALYSIS_USER_WORDS_H
#define ANALYSIS_USER_WORDS_H

#include "buf.h"
#include "checksum.h"

enum {
	USER_WORD_MAX = 255,        /* as TOKEN_BYTES_MAX: a word is a term */
	USER_WORDS_LIMIT = 1 << 20, /* words; ICU's own dictionary has 0.3 million */
};

struct user_words {
	const unsigned char *ends;
	struct span text;
	uint32_t count;
	unsigned char *filter; /* a bit for each hash that a word's beginning has; or NULL */
	unsigned filter_shift; /* of a 64-bit hash, to a bit's number */
	size_t filter_bytes;   /* of a word's beginning */
};

/* Appends the list of these words, which are sorted here, equal ones once. */
void user_words_encode(struct buf *out, struct span *words, size_t count);

/* False: this is no such list. */
bool user_words_open(struct user_words *words, struct span list);

/* For who matches much: makes the filter. Without memory for it words are found all the same. */
void user_words_index(struct user_words *words);

void user_words_release(struct user_words *words);

/* Is every byte of the list as it says above? */
bool user_words_check(const struct user_words *words);

/* The fingerprint of an analysis that joins the words of this list; without any it is that of the analysis alone. */
struct checksum_128 user_words_fingerprint(const struct checksum_128 *analysis, struct span list);

struct span user_words_at(const struct user_words *words, uint32_t number);

/* May a word begin as `text` does? */
bool user_words_may_begin(const struct user_words *words, struct span text);

/* The first word from number `from` on that does not come before `text`: equal to it, or beginning with it, if one is. */
uint32_t user_words_seek(const struct user_words *words, uint32_t from, struct span text);

#endif
