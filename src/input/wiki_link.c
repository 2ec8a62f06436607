#include "wiki_link.h"

bool wiki_link_find(struct span text, struct span *inside)
{
	const char *first = text.n ? memchr(text.p, '[', text.n) : NULL;
	size_t open = 0; /* behind the last "[[" */

	if (!first)
		return false;
	for (size_t i = (size_t)(first - text.p); i + 1 < text.n; i++) {
		if (text.p[i] == '[' && text.p[i + 1] == '[')
			open = i + 2;
		if (open == 0 || i <= open || text.p[i] != ']' || text.p[i + 1] != ']')
			continue;
		*inside = (struct span){text.p + open, i - open};
		return true;
	}
	return false;
}

struct span wiki_link_label(struct span inside)
{
	const char *end = inside.p + inside.n;
	const char *bar = memchr(inside.p, '|', inside.n);

	if (bar)
		return bar + 1 < end ? (struct span){bar + 1, (size_t)(end - bar) - 1}
				     : (struct span){inside.p, inside.n - 1};
	return inside;
}
