/* gram_table - the grams of one batch of documents: gathered as they come, handed out as sorted runs.
 *
 * Shape:  no table of lists: each occurrence is one 64-bit item, key above number, and sorting the items makes the lists.
 *         Of Han there is one for each character, with the one behind it: sorted by the first they are the lists of
 *         characters, and then by the second those of pairs. Keys in runs of LAYER_GRAMS: gram_order() of the second
 *         character, or 0 for a single one, and from bit GRAM_ORDER_BITS on gram_order() of the first. Keys in runs of
 *         LAYER_UNITS: three code points of 16 bits, the first highest, 0 for those not there; of a character above the Basic
 *         Multilingual Plane FFFF and its 32 bits. Their order is that of the lexicons' keys,
 *         which gram_table_key() makes of them.
 *         A unit's frames are for groups of STORE_GROUP of them (merge.h), wherever groups begin: all but those whose
 *         groups are told by their neighbours.
 *         A long section may go to several runs: what they say of it in one list is to be added up (merge.h).
 * Units:  sections and frames are numbered from the batch's first, and do not fall.
 * Owner:  the table owns all but what runs go to; it is empty after a flush, and keeps its memory for the next batch.
 * Errors: sticky: `failed`.
 * Cost:   some 10 ns a Han character, 4 a letter; up to GRAM_ITEMS of 8 bytes of each kind, whatever the size of a file.
 */
#ifndef WRITER_GRAM_TABLE_H
#define WRITER_GRAM_TABLE_H

#include "channel.h"
#include "run.h"

/* When there are as many of one kind, they go to a run: more than a slice of technical text has. */
enum { GRAM_ITEMS = 1 << 19 };

enum { GRAM_ORDER_BITS = 18 };

struct gram_table {
	struct run_writer *grams_run; /* set by the caller, as the next one is */
	struct run_writer *units_run;
	struct buf han;      /* arrays of uint64_t: a Han character, the one behind it or 0, the section */
	struct buf units;    /* a key of LAYER_UNITS, all of it ASCII or Han beside that, and the frame */
	struct buf others;   /* the same of the other units */
	struct buf spare;    /* for sorting */
	uint64_t *filter;    /* units met lately, by hash: most come again and again in a frame */
	struct buf postings; /* of the list at hand */
	bool failed;
};

/* Grams of a piece of source text that ends with a line; the number of Han characters. `frame` is below 2^16, `section`
 * below 2^28. */
uint32_t gram_table_add(struct gram_table *table, struct span text, uint32_t section, uint32_t frame);

/* Puts what is left into runs, one of each layer. */
void gram_table_flush(struct gram_table *table);

void gram_table_release(struct gram_table *table);

enum { GRAM_TABLE_KEY_MAX = 9 };

/* The lexicon's key of a run's key: how many bytes. */
size_t gram_table_key(char to[GRAM_TABLE_KEY_MAX], enum layer layer, uint64_t key);

#endif
