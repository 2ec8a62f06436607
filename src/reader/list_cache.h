/* list_cache - posting lists decoded once and kept: for a process that searches more than once.
 *
 * Shape:  a list is kept when it is asked for a second time, so one search alone, and a word that never comes back, cost no
 *         memory. Only lists of KEPT_LEAST postings: shorter ones are decoded as fast as they are found here. They lie one behind
 *         the other in one block; at its end the next ones take the place of the oldest, but never of one that was given out
 *         in this turn.
 * Units:  a turn is a search. `limit` is bytes of the block, the cache's own tables besides (192 KB).
 * Owner:  zeroed is empty, and keeps nothing while its limit is 0. Lists live until the next turn at least. One cache serves
 *         one thread, and all segments of it: a list is known by its bytes. Memory that was never filled is never touched.
 * Errors: none: without memory a list is not kept.
 * Cost:   a look-up 10 ns, keeping what decoding costs (posting.h); 8 or, with
 *         scores, 16 bytes a posting, 12 a word of a set, 112 a list. A block in large pages: of 4 KB those cost 1.1 us each.
 * Source: first in, first out, with a doorkeeper as in Einziger, Friedman and Manes, TinyLFU, 2017.
 */
#ifndef READER_LIST_CACHE_H
#define READER_LIST_CACHE_H

#include "number_set.h"
#include "posting.h"

/* Of a manual of 13 MB 2,900 queries ask for lists of 13 MB with their scores, of 111 MB of text 1,700 for 94. */
#define LIST_CACHE_BYTES ((size_t)128 << 20)

/* What a list of as many postings costs to decode and score is what finding it costs. */
enum { KEPT_LEAST = 16 };

struct kept_list {
	/* of the cache */
	struct kept_list *chain; /* the next of the same slot */
	struct span key;
	uint32_t count;
	size_t bytes;  /* to the list behind it */
	uint64_t turn; /* when it was given out last */
	/* for whoever asks */
	struct posting_decoded decoded;
};

struct list_cache {
	size_t limit;
	uint64_t turn;
	struct kept_list **slots; /* by hash of the key */
	uint32_t *seen;           /* by hash: a tag of the key that was asked for last */
	char *block;
	size_t next;   /* where the next list goes: those before it are the newer ones */
	size_t oldest; /* from here to the end of the older ones */
	size_t end;
};

void list_cache_release(struct list_cache *cache);

/* The next search begins. */
static inline void list_cache_turn(struct list_cache *cache)
{
	cache->turn++;
}

/* The list of these bytes and so many postings; or NULL, and then *worth: it was asked for before. */
struct kept_list *list_cache_find(struct list_cache *cache, struct span bytes, uint32_t count, bool *worth);

/* Room for it, for the caller to fill at once; NULL when there is none. With `scores` room for these as well, and with `set_words`
 * a set, all 0, and as many ranks. */
struct kept_list *list_cache_add(struct list_cache *cache, struct span key, uint32_t count, bool scores,
				 size_t set_words);

/* The list that was added last could not be filled. */
void list_cache_drop(struct list_cache *cache, struct kept_list *list);

#endif
