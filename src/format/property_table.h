/* property_table - front matter, inverted: key, then value, then the documents that have it.
 *
 * Shape:  one chunk, empty where no document has front matter. A text is a varint length and bytes.
 *           keys       in the order of their bytes: the key (text), its values (text)
 *           values     in the order of their bytes: the value (text), its documents (text)
 *           documents  varints: the first number, then how many are left out before each next one
 *         Keys and values are folded (fold.h).
 * Owner:  the writer's buffers are the caller's. The table and everything read from it borrow from the container; reading
 *         allocates nothing.
 * Errors: ERR_DAMAGED.
 * Cost:   nothing until a query names a key. Then the chunk is scanned from its start; the values of other keys are skipped as a
 *         whole. 120 kB for three manuals whose index has 13.6 MB.
 *
 * A reader refuses: texts that pass their end, empty ones, documents that are not below the count. It does so when it comes
 * to these bytes. Only the full check verifies that keys and values rise.
 */
#ifndef FORMAT_PROPERTY_TABLE_H
#define FORMAT_PROPERTY_TABLE_H

#include "container.h"

/* Limits: bytes of a folded key and value, and values of one document. A longer value is prose, which is found as text anyway; a limit
 * of 128 bytes let in the summaries of a manual, .009 of its text. A longer key is no property. 256 values are more than any list
 * of tags. So a document adds 28 KB at the most. */
enum { PROPERTY_KEY = 64, PROPERTY_VALUE = 48, PROPERTY_COUNT = 256 };

/* Appends one property of a document to the entries that are to be encoded. */
void property_table_add(struct buf *entries, uint32_t document, struct span key, struct span value);

/* Appends entries that were made apart; `base` is added to their document numbers. */
void property_table_move(struct buf *entries, struct span from, uint32_t base);

/* Appends the chunk made of the entries. */
void property_table_encode(struct buf *out, struct span entries);

struct property_table {
	struct container *container;
	struct chunk chunk;
	uint32_t document_count;
};

int property_table_open(struct property_table *table, struct container *container, uint32_t name,
			uint32_t document_count, struct err *err);

/* Begins with all keys, for property_table_next(). */
int property_table_keys(const struct property_table *table, struct cursor *keys, struct err *err);

/* From keys: the next key, and a cursor over its values. From values: the next value, and a cursor over its documents. 1, 0 at the
 * end, -1. */
int property_table_next(const struct property_table *table, struct cursor *from, struct span *text,
			struct cursor *below, struct err *err);

/* The next document: 1, 0 at the end, -1. *next is 0 before the first call; after each call it is the document's number plus one. */
int property_table_document(const struct property_table *table, struct cursor *documents, uint32_t *next,
			    struct err *err);

/* The full check. */
int property_table_check(const struct property_table *table, struct err *err);

#endif
