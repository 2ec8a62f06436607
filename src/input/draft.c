#include "draft.h"

void draft_blank(struct draft *draft, size_t at)
{
	if (!draft->copied)
		draft->text = arena_copy(draft->arena, draft->text);
	draft->copied = true;
	if (draft->text.p)
		((char *)draft->text.p)[at] = ' ';
}
