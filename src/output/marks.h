/* marks - where the needles of a hit stand in one of its texts, for those forms that colour more than the snippet.
 *
 * Shape:  ascending ranges that do not touch: needles that overlap or stand side by side are one.
 * Units:  bytes of the text.
 * Owner:  the struct, which starts zeroed and may be used again; marks_release() frees it.
 * Errors: sticky: ranges.failed.
 * Cost:   as occurrence_find(), linear in the text.
 */
#ifndef OUTPUT_MARKS_H
#define OUTPUT_MARKS_H

#include "occurrence.h"
#include "render.h"

struct marks {
	struct buf ranges; /* array of struct occurrence, of which `needle` means nothing */
	struct occurrence_space space;
};

/* Those of the hit's heading, in its code points: appends to `out`, an array of struct snippet_range. */
void marks_find_heading(struct marks *marks, const struct answer *answer, const struct hit *hit, struct buf *out);

/* The section's source, made safe, each line behind `indent` blanks, marked where colours are wanted. */
void marks_write_source(struct marks *marks, const struct answer *answer, const struct hit *hit, size_t indent,
			const struct render_options *options, struct buf *out);

void marks_release(struct marks *marks);

#endif
