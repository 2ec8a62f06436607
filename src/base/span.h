/* span - borrowed bytes.
 *
 * Shape:  a pointer and a length; never terminated, may hold NUL. {NULL, 0} is the empty span.
 * Owner:  somebody else: a span is valid as long as what it points into.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *p;
	size_t n;
};

/* The span of a terminated string. */
static inline struct span span_of(const char *text)
{
	return (struct span){text, strlen(text)};
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Order by bytes, the shorter first where one begins the other: the order of code points in UTF-8. */
static inline int span_compare(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static inline bool span_starts(struct span text, struct span head)
{
	return text.n >= head.n && (head.n == 0 || memcmp(text.p, head.p, head.n) == 0);
}

/* Without the bytes of `set` at both ends. */
static inline struct span span_trim(struct span s, const char *set)
{
	while (s.n && s.p[0] && strchr(set, s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && s.p[s.n - 1] && strchr(set, s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Takes the first line off the text: without its '\n', which goes with it. */
static inline struct span span_take_line(struct span *text)
{
	const char *end = text->n ? memchr(text->p, '\n', text->n) : NULL;
	struct span line = {text->p, end ? (size_t)(end - text->p) : text->n};

	text->p += line.n + (end != NULL);
	text->n -= line.n + (end != NULL);
	return line;
}

#endif
