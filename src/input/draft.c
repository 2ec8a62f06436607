#include "draft.h"

#include <string.h>

char *draft_own(struct draft *draft)
{
	if (!draft->copied)
		draft->text = arena_copy(draft->arena, draft->text);
	draft->copied = true;
	return (char *)draft->text.p;
}

void draft_blank(struct draft *draft, size_t at)
{
	char *text = draft_own(draft);

	if (text)
		text[at] = ' ';
}

void draft_blank_returns(struct draft *draft)
{
	struct span text = draft->text;
	const char *end = text.p + text.n;
	const char *p = text.p;

	while (p < end && (p = memchr(p, '\r', (size_t)(end - p))) != NULL) {
		if (p + 1 == end || p[1] != '\n')
			draft_blank(draft, (size_t)(p - text.p));
		p++;
	}
}
