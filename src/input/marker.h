/* marker - the marks that begin a quote, an item of a list, or a heading.
 *
 * Units:  bytes.
 * Source: CommonMark 0.31, 4.2, 5.1 and 5.2.
 */
#ifndef INPUT_MARKER_H
#define INPUT_MARKER_H

#include "span.h"

static inline bool marker_is_blank(struct span line, size_t i)
{
	return i >= line.n || line.p[i] == ' ' || line.p[i] == '\t' || line.p[i] == '\r';
}

/* Of a quote or an item: how long it is at the start of `text`, 0 when there is none. */
static inline size_t marker_length(struct span text)
{
	size_t digits = 0;

	while (digits < text.n && digits < 9 && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	if (digits == text.n || !text.p[digits] || !strchr(digits ? ".)" : ">-+*", text.p[digits]))
		return 0;
	return text.p[digits] == '>' || marker_is_blank(text, digits + 1) ? digits + 1 : 0;
}

/* Of a heading: how many '#' there are at the start of the line, 0 when it is none. */
static inline size_t marker_level(struct span line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	return n < 7 && marker_is_blank(line, n) ? n : 0;
}

#endif
