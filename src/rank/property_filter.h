/* property_filter - the sections of documents whose front matter has a key with a value.
 *
 * Shape:  keys are compared folded; one may be the plural of the other: tag, tags; category, categories; alias, aliases. The value is the
 *         whole one or words of it: what stands between its blanks, commas, slashes and the like. So 编程 is in 编程/算法 and
 *         machine in "machine learning", but 数据 is not in 数据库. A prefix is one of such words. A word that
 *         begins with a date of ISO 8601, 2024-05-01T10:00 or 2024-05, is found by its year, month and day too: 2024, 2024-05,
 *         2024-05-01. 1234-5678 is none.
 * Owner:  sets are the arena's.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   the chunk is gone through once for each key in the query (property_table.h).
 */
#ifndef RANK_PROPERTY_FILTER_H
#define RANK_PROPERTY_FILTER_H

#include "condition.h"
#include "segment_reader.h"

/* Does any document have the key (as typed)? 1, 0, -1. */
int property_filter_has(struct segment_reader *segment, struct span key, struct err *err);

/* The sections where the leaf, of SCOPE_KEY, stands. */
int property_filter_find(struct segment_reader *segment, const struct condition *leaf, uint64_t **out,
			 struct arena *arena, struct err *err);

#endif
