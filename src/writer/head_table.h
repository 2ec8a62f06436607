/* head_table - the heads of a batch's sections (segment.h), equal ones once.
 *
 * Shape:  a hash table from a head's bytes to where they stand in the chunk being made. In manuals 17 to 30 % of the bytes
 *         of headings repeat an earlier one: 示例, 备注, 另请参阅.
 * Owner:  the table owns its slots; the chunk is the caller's.
 * Errors: sticky: `failed` when memory is out.
 * Cost:   some 30 ns a head.
 */
#ifndef WRITER_HEAD_TABLE_H
#define WRITER_HEAD_TABLE_H

#include "buf.h"

/* Shorter ones are not looked for: to point back takes as many bytes. */
enum { HEAD_TABLE_LEAST = 5 };

struct head_table {
	struct head_slot *slots;
	size_t slot_count; /* a power of two */
	size_t used;
	bool failed;
};

/* The last bytes of `heads`, from `start` on, are a head. If it stands before, they are taken off again. Where it is. */
size_t head_table_add(struct head_table *table, struct buf *heads, size_t start);

/* Forgets all heads, keeps the memory. */
void head_table_reset(struct head_table *table);
void head_table_release(struct head_table *table);

#endif
