/* run - the postings of one batch of documents, gathered in any order of terms, handed out sorted.
 *
 * Shape:  gather: a hash table from (term, channel) to a list, and one occurrence record for each (list, number) in
 *         the order they come. Sorted: for each list, in the order of term bytes and then channel: varint length and
 *         bytes of the term, channel, count of postings, then each posting as varints (delta to the one before, from
 *         -1, less 1; frequency).
 * Units:  numbers (sections or stored blocks) are relative to the batch and must not fall from call to call within a
 *         channel.
 * Owner:  the run owns all; run_sort() leaves only the sorted bytes.
 * Errors: sticky: after a failed allocation run_sort() returns -1.
 * Cost:   one hash of the term an occurrence; 12 bytes for each (list, number) until run_sort().
 */
#ifndef WRITER_RUN_H
#define WRITER_RUN_H

#include "buf.h"
#include "channel.h"
#include "cursor.h"
#include "err.h"

struct run {
	struct buf text;    /* of all terms, one after the other */
	struct buf lists;   /* array of struct run_list */
	struct buf records; /* array of struct run_record, in order of arrival */
	uint32_t *slots;    /* hash table: index in lists + 1, 0 is free */
	size_t slot_count;  /* a power of two */
	bool failed;
	struct buf sorted; /* see Shape */
};

#define RUN_NO_LIST UINT32_MAX

/* The list of a term in a channel, made when it is new; RUN_NO_LIST when memory is out. */
uint32_t run_list(struct run *run, struct span term, enum channel channel);

/* One occurrence. */
void run_add(struct run *run, uint32_t list, uint32_t number);

/* Sorts and encodes; frees what gathering needed. */
int run_sort(struct run *run, struct err *err);

void run_release(struct run *run);

/* Reading a sorted run. */
struct run_list_head {
	struct span term;
	enum channel channel;
	uint32_t count;
};

/* The next list: 1, or 0 at the end. Then exactly `count` calls of run_read_posting(). */
int run_read_list(struct cursor *c, struct run_list_head *out);

struct posting;
void run_read_posting(struct cursor *c, int64_t *before, struct posting *out);

#endif
