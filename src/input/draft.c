#include "draft.h"

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
