/* property_list - the keys and values of a document's front matter, as a query may name them.
 *
 * Shape:  folded, and without those that are too long or too many (property_table.h), and title and path, which mean something
 *         else in a query.
 * Errors: sticky in `out`.
 * Cost:   linear in the front matter.
 */
#ifndef WRITER_PROPERTY_LIST_H
#define WRITER_PROPERTY_LIST_H

#include "property_table.h"

/* Appends those of `matter` (struct document) to `out`, for property_table_encode(). `folded` is room. */
void property_list_add(struct buf *out, uint32_t document, struct span matter, struct buf *folded);

#endif
