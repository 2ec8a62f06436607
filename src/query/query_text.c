#include "query.h"

static void print_children(const struct condition *condition, struct buf *out)
{
	buf_add_text(out, "(");
	for (const struct condition *child = condition->first; child; child = child->next) {
		if (child != condition->first)
			buf_add_text(out, condition->kind == CONDITION_ANY ? " OR " : " ");
		query_print_condition(child, out);
	}
	buf_add_text(out, ")");
}

static void print_field(const struct condition *condition, struct buf *out)
{
	if (condition->scope == SCOPE_TITLE)
		buf_add_text(out, "title");
	else if (condition->scope == SCOPE_PATH)
		buf_add_text(out, "path");
	else
		buf_add_span(out, condition->key);
	buf_add_text(out, ":");
}

static void print_leaf(const struct condition *condition, struct buf *out)
{
	bool quoted = condition->kind == CONDITION_PHRASE;

	if (condition->scope != SCOPE_TEXT)
		print_field(condition, out);
	buf_add_text(out, quoted ? "\"" : "");
	buf_add_span(out, condition->shown);
	buf_add_text(out, quoted ? "\"" : "");
	buf_add_text(out, condition->kind == CONDITION_PREFIX ? "*" : "");
}

void query_print_condition(const struct condition *condition, struct buf *out)
{
	buf_add_text(out, condition->negated ? "-" : "");
	if (condition->first)
		print_children(condition, out);
	else
		print_leaf(condition, out);
}

void query_print(const struct query *query, struct buf *out)
{
	size_t start = out->n;

	for (size_t i = 0; i < query->word_count; i++) {
		if (!query->words[i].free)
			continue;
		buf_add_text(out, out->n > start ? " " : "");
		buf_add_span(out, query->words[i].shown);
	}
	for (size_t i = 0; i < query->clause_count; i++) {
		buf_add_text(out, out->n > start ? " " : "");
		query_print_condition(query->clauses[i].condition, out);
	}
	if (out->n > start)
		return;
	buf_add_text(out, "\"");
	buf_add_span(out, query->literal_folded);
	buf_add_text(out, "\"");
}
