/* property_table - which documents have which value of which key of their front matter.
 *
 * Shape:  one chunk, empty where no document has front matter. A text is a varint length and bytes.
 *           keys       in the order of their bytes: the key (text), its values (text)
 *           values     in the order of their bytes: the value (text), its documents (text)
 *           documents  varints: the first number, then how many are left out before each next one
 *         Keys and values are folded (fold.h).
 * Owner:  the writer's buffers are the caller's; the table and what is read borrow from the container.
 * Errors: ERR_DAMAGED. No allocation when reading.
 * Cost:   nothing until a query names a key; then the chunk is read from its start, values of other keys passed over.
 *         120 kB for three manuals of 13.6 MB of index.
 *
 * A reader refuses: texts that pass their end, empty ones, documents that are not below the count. It does so when it comes
 * to these bytes. That keys and values rise, a full check sees.
 */
#ifndef FORMAT_PROPERTY_TABLE_H
#define FORMAT_PROPERTY_TABLE_H

#include "container.h"

/* Bytes, folded. Longer values are prose, and found as text: with 128 bytes the summaries of a manual were .009 of it. Longer
 * keys are none. 256 values are more than any list of tags; with these bounds a document adds 28 KB at the most. */
enum { PROPERTY_KEY = 64, PROPERTY_VALUE = 48, PROPERTY_COUNT = 256 };

/* Appends one value of a document to what is to be encoded. */
void property_table_add(struct buf *entries, uint32_t document, struct span key, struct span value);

/* Appends what was added elsewhere, of documents that are `base` later. */
void property_table_move(struct buf *entries, struct span from, uint32_t base);

/* Appends the chunk. */
void property_table_encode(struct buf *out, struct span entries);

struct property_table {
	struct container *container;
	struct chunk chunk;
	uint32_t document_count;
};

int property_table_open(struct property_table *table, struct container *container, uint32_t name,
			uint32_t document_count, struct err *err);

/* All keys. */
int property_table_keys(const struct property_table *table, struct cursor *keys, struct err *err);

/* The next key and its values, or the next value and its documents: 1, 0 at the end, -1. */
int property_table_next(const struct property_table *table, struct cursor *from, struct span *text,
			struct cursor *below, struct err *err);

/* The next document; *next is 0 before the first, and then the document's number and one: 1, 0 at the end, -1. */
int property_table_document(const struct property_table *table, struct cursor *documents, uint32_t *next,
			    struct err *err);

/* All of it. */
int property_table_check(const struct property_table *table, struct err *err);

#endif
