/* entry_cache - lexicon entries kept in memory, for a process that runs more than one search.
 *
 * Shape:  a direct-mapped cache: the hash of a term picks its one slot, and a newer term overwrites an older one there. That a
 *         lexicon lacks a term is remembered too (count 0).
 * Owner:  the caller. A zeroed cache is empty and switched off; once `on` is set, the first look-up allocates ENTRY_CACHE_SLOTS
 *         slots of 64 bytes. One cache serves one thread, and any number of lexicons.
 * Errors: those of lexicon_find(). Without memory the cache is passed by.
 * Cost:   a hit takes 20 ns, lexicon_find() 200.
 */
#ifndef READER_ENTRY_CACHE_H
#define READER_ENTRY_CACHE_H

#include "lexicon.h"
#include <assert.h>

enum {
	ENTRY_CACHE_SLOTS = 4096, /* a power of two; 256 KB */
	ENTRY_CACHE_KEY = 24,     /* bytes; longer terms are not kept: few words have more than eight Han characters */
};

struct entry_slot {
	const struct lexicon *lexicon; /* that the entry is of; NULL: a free slot */
	uint64_t offset;
	uint32_t bytes;
	uint32_t count; /* postings; 0: the lexicon does not have the term */
	uint8_t key_bytes;
	uint8_t list_bytes;
	char key[ENTRY_CACHE_KEY];
	char list[LEXICON_LIST_MAX];
};

static_assert(sizeof(struct entry_slot) == 64, "one cache line");

struct entry_cache {
	bool on;
	struct entry_slot *slots;
};

void entry_cache_release(struct entry_cache *cache);

/* As lexicon_find(). The entry borrows its list from the cache until the next find, and its text from `key`. */
int entry_cache_find(struct entry_cache *cache, struct lexicon *lexicon, struct span key, struct lexicon_entry *out,
		     struct err *err);

#endif
