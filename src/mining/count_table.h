/* count_table - how often each of very many keys comes, in bounded memory.
 *
 * Shape:  open addressing, linear probing. When COUNT_TABLE_ROOM places are nearly all taken, the keys that came least are
 *         forgotten, those that came once first: what comes often stays, and its count is low by what was forgotten of it
 *         before it came often.
 * Units:  a key is a hash: two texts of one hash are one. 0 is no key.
 * Owner:  starts zeroed; count_table_release() frees it.
 * Errors: sticky in `failed`.
 * Cost:   at most 12 bytes a place, 25 MB; an addition 10 to 60 ns, by size.
 * Source: Manku and Motwani, Approximate Frequency Counts over Data Streams, 2002 (lossy counting).
 */
#ifndef MINING_COUNT_TABLE_H
#define MINING_COUNT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COUNT_TABLE_ROOM = 1 << 21 };

struct count_table {
	uint64_t *keys;
	uint32_t *counts;
	size_t room;
	size_t used;
	uint32_t forgotten; /* keys that came no more than so often */
	bool failed;
};

/* Counts the key once more: how often it has come now. */
uint32_t count_table_add(struct count_table *table, uint64_t key);

/* How often it has come; 0 also for what was forgotten. */
uint32_t count_table_get(const struct count_table *table, uint64_t key);

void count_table_release(struct count_table *table);

#endif
