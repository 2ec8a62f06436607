/* list_cache - decoded posting lists kept in memory, for a process that runs more than one search.
 *
 * Shape:  a hash table over lists that lie one behind the other in one block of memory. A list is kept when it is asked for the
 *         second time, so that a single search, or a term that never comes back, costs no memory. Lists of fewer than
 *         KEPT_LEAST postings are not kept. At the end of the block the next lists overwrite the oldest ones, but none that was
 *         handed out since the oldest search that goes on began.
 * Units:  a turn is one search. `limit` is the size of the block in bytes; the cache's own tables take 192 KB more.
 * Owner:  the caller. A cache that has nothing but its mutex is empty and, while its limit is 0, keeps nothing. A list that was
 *         handed out stays at least until its user's search is over. One cache serves any number of segments, and several threads: each
 *         is a user. Pages of the block that were never filled are never touched.
 * Errors: none. Without memory a list is just not kept.
 * Cost:   a look-up takes 30 ns, most of it the mutex; keeping a list what decoding it takes (posting.h). Memory: 8 bytes a posting, 16 with scores;
 *         12 for each word of the bit set; 112 for each list. The block is in large pages: small ones of 4 KB would cost 1.1 us each.
 * Source: first in, first out; not keeping what was asked for only once is the doorkeeper of Einziger, Friedman and Manes, TinyLFU,
 *         2017.
 */
#ifndef READER_LIST_CACHE_H
#define READER_LIST_CACHE_H

#include "number_set.h"
#include "posting.h"
#include <pthread.h>

/* The usual limit. 2,900 queries over a manual of 13 MB touch lists that take 13 MB decoded with their scores; 2,150 queries over
 * 111 MB of text, 172 MB. Where they do not fit, lists are decoded and scored over and over. */
#define LIST_CACHE_BYTES ((size_t)192 << 20)

/* Postings: decoding and scoring a list as short as this takes no longer than finding it here. */
enum { KEPT_LEAST = 16 };

/* Which encoded list it is: where it stands, by a number that is the same for all users, and what is said of it. */
struct list_key {
	uint64_t place;
	uint64_t bytes;
	uint32_t count; /* of postings */
};

struct kept_list {
	/* private */
	struct kept_list *chain; /* the next one in the same slot */
	struct list_key key;
	bool found;    /* is it in its slot? */
	size_t bytes;  /* from here to the list behind it */
	uint64_t turn; /* when it was handed out last */
	/* for the caller */
	struct posting_decoded decoded;
};

/* Threads that share a cache. */
enum { LIST_CACHE_USERS = 8 };

struct list_cache {
	pthread_mutex_t mutex; /* of all that follows; PTHREAD_MUTEX_INITIALIZER */
	size_t limit;
	uint64_t turn;
	uint64_t turns[LIST_CACHE_USERS]; /* that of each user's search; 0: none goes on */
	struct kept_list **slots;         /* by hash of the key */
	uint32_t *seen;                   /* by slot: a tag of the list that was last asked for and not there */
	char *block;
	size_t next;   /* where the next list goes: [0, next) are the newer lists */
	size_t oldest; /* [oldest, end) are the older lists, not overwritten yet */
	size_t end;
};

void list_cache_release(struct list_cache *cache);

/* The next search of a user begins; and is over. */
void list_cache_turn(struct list_cache *cache, unsigned user);
void list_cache_rest(struct list_cache *cache, unsigned user);

/* The kept list. NULL when it is not there; *worth then says whether it was asked for before and should be added now. */
struct kept_list *list_cache_find(struct list_cache *cache, struct list_key key, bool *worth);

/* Room for the list, into whose arrays the caller decodes it. `scores`: is there to be room for a score of each posting? `set_words`:
 * the size of its bit set, which comes empty and with as many ranks; 0 for none. NULL when there is no room. */
struct kept_list *list_cache_add(struct list_cache *cache, struct list_key key, bool scores, size_t set_words);

/* The list has been filled: from now on it is found. One that could not be filled just stays where it is. */
void list_cache_keep(struct list_cache *cache, struct kept_list *list);

#endif
