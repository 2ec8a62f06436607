#include "condition.h"

struct parser {
	const struct clause *clauses;
	size_t count;
	size_t at;
	struct arena *arena;
};

static struct condition *parse_all(struct parser *p, enum scope scope, struct span key);

static struct condition *new_condition(struct parser *p, enum condition_kind kind)
{
	struct condition *node = arena_array(p->arena, 1, sizeof *node);

	if (node)
		node->kind = kind;
	return node;
}

/* Adds a node, or what is in it when that is the same, where a list of siblings goes on. */
static void add_sibling(struct condition ***end, struct condition *node, enum condition_kind kind)
{
	struct condition *first = node->kind == kind && !node->negated ? node->first : node;

	**end = first;
	while (**end)
		*end = &(**end)->next;
}

static bool is_operand(const struct parser *p, size_t at)
{
	return at < p->count && p->clauses[at].kind != CLAUSE_OR && p->clauses[at].kind != CLAUSE_CLOSE;
}

static struct condition *parse_leaf(struct parser *p, const struct clause *clause, enum scope scope, struct span key)
{
	struct condition *leaf = new_condition(p, CONDITION_WORDS);

	if (!leaf)
		return NULL;
	if (clause->kind == CLAUSE_QUOTED)
		leaf->kind = CONDITION_PHRASE;
	else if (clause->kind == CLAUSE_PREFIX)
		leaf->kind = CONDITION_PREFIX;
	leaf->scope = scope;
	leaf->key = key;
	leaf->text = clause->text;
	leaf->negated = clause->negated;
	return leaf;
}

static struct condition *parse_operand(struct parser *p, enum scope scope, struct span key)
{
	const struct clause *clause = &p->clauses[p->at++];
	struct condition *group;

	if (clause->scope != SCOPE_TEXT) {
		scope = clause->scope;
		key = clause->key;
	}
	if (clause->kind != CLAUSE_OPEN)
		return parse_leaf(p, clause, scope, key);
	group = parse_all(p, scope, key);
	p->at += p->at < p->count; /* the closing one */
	if (!group)
		return NULL;
	if (!group->first)
		group->kind = CONDITION_WORDS; /* without a text: it asks nothing */
	else if (!group->first->next)
		group = group->first;
	group->negated ^= clause->negated;
	return group;
}

/* Operands with OR between them. */
static struct condition *parse_any(struct parser *p, enum scope scope, struct span key)
{
	struct condition *operand = parse_operand(p, scope, key);
	struct condition *any;
	struct condition **end;

	if (!operand || p->at == p->count || p->clauses[p->at].kind != CLAUSE_OR || !is_operand(p, p->at + 1))
		return operand;
	any = new_condition(p, CONDITION_ANY);
	if (!any)
		return NULL;
	end = &any->first;
	add_sibling(&end, operand, CONDITION_ANY);
	while (p->at < p->count && p->clauses[p->at].kind == CLAUSE_OR && is_operand(p, p->at + 1)) {
		p->at++;
		operand = parse_operand(p, scope, key);
		if (!operand)
			return NULL;
		add_sibling(&end, operand, CONDITION_ANY);
	}
	return any;
}

/* To the end of the group. */
static struct condition *parse_all(struct parser *p, enum scope scope, struct span key)
{
	struct condition *all = new_condition(p, CONDITION_ALL);
	struct condition **end;

	if (!all)
		return NULL;
	end = &all->first;
	while (p->at < p->count && p->clauses[p->at].kind != CLAUSE_CLOSE) {
		struct condition *node = parse_any(p, scope, key);

		if (!node)
			return NULL;
		add_sibling(&end, node, CONDITION_ALL);
	}
	return all;
}

struct condition *condition_parse(const struct clause *clauses, size_t count, struct arena *arena)
{
	struct parser p = {clauses, count, 0, arena};

	return parse_all(&p, SCOPE_TEXT, (struct span){NULL, 0});
}

bool condition_is_filter(const struct condition *condition)
{
	if (!condition->first)
		return condition->scope == SCOPE_PATH || condition->scope == SCOPE_KEY;
	for (const struct condition *child = condition->first; child; child = child->next)
		if (!condition_is_filter(child))
			return false;
	return true;
}

bool condition_excludes(const struct condition *condition)
{
	if (condition->negated)
		return true;
	if (!condition->first)
		return false;
	for (const struct condition *child = condition->first; child; child = child->next)
		if (!condition_excludes(child))
			return false;
	return true;
}

size_t condition_leaves(const struct condition *condition)
{
	size_t count = condition->first == NULL;

	for (const struct condition *child = condition->first; child; child = child->next)
		count += condition_leaves(child);
	return count;
}
