/* word_table - the words of one batch of documents: gathered in any order, handed out as sorted runs.
 *
 * Shape:  a hash table from words to lists, and a record for each (word, section) in the order they come: how often the
 *         word stands in each field. After the section that makes more than WORD_RECORDS of them they go to a run; and
 *         within a section that makes so many by itself: it is in several runs then, and of a word that is in more than
 *         one of them the first counts (merge.h). Words keep their lists, so that a list may be looked up once and used
 *         for many sections; when there are very many, all are forgotten but those in `lists`.
 * Units:  sections are numbered from the batch's first, and do not fall from call to call.
 * Owner:  the table owns all but what runs and patterns go to.
 * Errors: sticky: `failed`, and WORD_NONE.
 * Cost:   some 10 ns a word, most of it waiting for memory: tokens are looked up several at a time for that; 16 bytes a
 *         record until it goes to a run, 24 while it does.
 */
#ifndef WRITER_WORD_TABLE_H
#define WRITER_WORD_TABLE_H

#include "analyzer.h"
#include "pattern_table.h"
#include "run.h"

#define WORD_NONE UINT32_MAX

/* 8 MB of records. A slice of technical text has half as many, so that only a large file makes several runs. */
enum { WORD_RECORDS = 1 << 19 };

struct word_table {
	struct run_writer *run; /* set by the caller, as the next one is */
	struct pattern_table *patterns;
	struct buf *lists;  /* array of uint32_t: lists that the caller will ask for again; NULL: none */
	struct buf text;    /* of all words, one after the other */
	struct buf words;   /* array of struct word */
	struct buf records; /* array of struct word_record */
	uint32_t section;   /* of the last record */
	size_t first;       /* its first record */
	uint32_t *slots;    /* list + 1, 0 is free */
	size_t slot_count;  /* a power of two */
	struct buf keys;    /* of word_table_keys() */
	struct buf items;   /* for sorting */
	struct buf postings;
	bool failed;
};

/* The list of a word, made when it is new. */
uint32_t word_table_find(struct word_table *table, struct span word);

/* One occurrence. */
void word_table_add(struct word_table *table, uint32_t list, uint32_t section, enum channel field);

/* word_key() of each token (texts with TOKEN_ROOM), until the next call; NULL without memory. */
const uint64_t *word_table_keys(struct word_table *table, const struct token *tokens, size_t count);

/* One of each token; `keys` are theirs. */
void word_table_add_tokens(struct word_table *table, const struct token *tokens, const uint64_t *keys, size_t count,
			   uint32_t section, enum channel field);

/* Puts the records that are left into a run. */
void word_table_flush(struct word_table *table);

/* Forgets all words; keeps the memory. */
void word_table_reset(struct word_table *table);
void word_table_release(struct word_table *table);

#endif
