#define _GNU_SOURCE /* memmem(3) */
#include "presence.h"

#include "path.h"
#include "substring.h"

#include <string.h>

struct finder {
	const struct search_job *job;
	const struct presence_place *place;
	struct segment_reader *segment;
	struct span text;  /* what is searched: the section's source, or its heading and the file's name */
	struct buf room;   /* of it */
	struct buf folded; /* room for folds */
	struct buf tokens; /* of the text; array of struct token */
	uint64_t *matched; /* of the sections of the document */
	struct presence *items;
	size_t count;
	bool by_synonym; /* the word that was counted last stands there by an alternative */
	struct err *err;
};

static int no_memory(struct finder *f)
{
	return err_memory(f->err, "look into a section");
}

int presence_words(const struct search_job *job, const struct presence_place *place, uint64_t **out, struct err *err)
{
	struct match_request request = search_job_request(job, MATCH_ANY);
	struct match_walk walk;

	*out = arena_array(job->arena, place->end - place->first, sizeof **out);
	if (!*out)
		return err_memory(err, "look into a section");
	if (match_walk_open(&walk, &request, place->part, NULL, NULL, err) < 0)
		return -1;
	for (uint32_t i = place->first; i < place->end; i++)
		if (match_find_words(&walk, i, &(*out)[i - place->first]) < 0)
			return -1;
	return 0;
}

/* With --title: the heading and the file's name, a line each. */
static int read_titles(struct finder *f)
{
	struct section_record record;
	struct section_head head;
	struct manifest_document document;
	struct index *index = f->job->parts->indexes[f->place->part];

	if (segment_section(f->segment, f->place->section, &record, f->err) < 0 ||
	    segment_head(f->segment, &record, f->job->arena, &head, f->err) < 0 ||
	    manifest_document(&index->manifest, record.document, &document, f->err) < 0)
		return -1;
	buf_add_span(&f->room, head.heading);
	buf_add_byte(&f->room, '\n');
	buf_add_span(&f->room, path_last(document.path));
	f->text = buf_span(&f->room);
	return 0;
}

static int read_text(struct finder *f)
{
	if (f->job->request->titles ? read_titles(f) < 0
				    : segment_text(f->segment, f->place->section, &f->room, &f->text, f->err) < 0)
		return -1;
	f->text = arena_copy(f->job->arena, f->text);
	return f->room.failed || !f->text.p ? no_memory(f) : 0;
}

/* The words of the text. Where only ICU could find them, none are known. */
static int cut_text(struct finder *f)
{
	struct err why = {0};

	if (f->tokens.n || analyzer_cut(f->job->analyzer, f->text, &f->tokens, &why) == 0 || why.kind == ERR_SCRIPT)
		return f->tokens.failed ? no_memory(f) : 0;
	return err_set(f->err, why.kind, "%s", why.text);
}

/* The shortest word of the text that holds `folded`; empty when there is none. */
static int find_inside(struct finder *f, struct span folded, struct span *out)
{
	struct span best = {NULL, 0};

	if (cut_text(f) < 0)
		return -1;
	for (size_t i = 0; i < BUF_COUNT(&f->tokens, struct token); i++) {
		struct span word = BUF_AT(&f->tokens, struct token, i).text;

		if ((!best.n || word.n < best.n) && memmem(word.p, word.n, folded.p, folded.n))
			best = word;
	}
	*out = arena_copy(f->job->arena, best);
	return out->p ? 0 : no_memory(f);
}

static int stands(struct finder *f, const struct literal *literal)
{
	bool found = literal_holds(literal, f->text, &f->folded);

	return f->folded.failed ? no_memory(f) : found;
}

/* How often a word that is here stands in each field; the first of a compound's parts stands for all. */
static int count_fields(struct finder *f, const struct atom *atom, struct presence *item)
{
	struct word_cursor cursor;

	if (word_cursor_open(&cursor, atom, f->job->parts, f->place->part, f->job->bm25, f->job->arena, f->err) < 0 ||
	    word_cursor_seek(&cursor, f->place->section, f->err) < 0)
		return -1;
	for (unsigned i = 0; i < cursor.count; i++) {
		const struct pattern *pattern;

		if (cursor.lists[i].section != f->place->section || cursor.lists[i].layer != LAYER_WORDS)
			continue;
		pattern = segment_cursor_pattern(f->segment, cursor.lists[i].postings, f->err);
		if (!pattern)
			return -1;
		f->by_synonym = cursor.lists[i].factor < atom->factor; /* SYNONYM_WEIGHT is theirs alone */
		for (unsigned field = 0; field < CHANNEL_FIELDS; field++)
			if (atom->fields >> field & 1)
				item->frequency[field] = pattern->frequency[field];
	}
	return cursor.section == f->place->section;
}

static const struct atom *atom_of(const struct search_job *job, unsigned word)
{
	const struct atom *atom = job->atoms.items;

	while (atom->word != word || !atom->needed)
		atom++;
	return atom;
}

static int set_line(struct finder *f, uint32_t section, struct presence *item)
{
	struct section_record record;

	if (segment_section(f->segment, section, &record, f->err) < 0)
		return -1;
	item->line = record.line_start;
	return 0;
}

/* A word that no list has here: is it inside of another, or text? */
static int look_closer(struct finder *f, struct span folded, struct presence *item)
{
	struct literal literal = {.folded = folded, .fold = true};
	int found = find_inside(f, folded, &item->inside);

	if (found < 0)
		return -1;
	item->found = item->inside.n ? FOUND_INSIDE : FOUND_NOWHERE;
	if (item->inside.n)
		return 0;
	found = stands(f, &literal);
	if (found > 0)
		item->found = FOUND_TEXT;
	return found;
}

/* Which of the word's alternatives it is that stands here. */
static int find_synonym(struct finder *f, unsigned word, struct presence *item)
{
	const struct query *query = &f->job->query;
	int found = 0;

	for (size_t i = 0; i < query->synonym_count && found == 0; i++) {
		struct literal literal = {.folded = query->synonyms[i].text, .fold = true};

		if (!(query->synonyms[i].typed >> word & 1))
			continue;
		found = stands(f, &literal);
		if (found > 0)
			item->synonym = query->synonyms[i].text;
	}
	return found < 0 ? -1 : 0;
}

static int find_word(struct finder *f, unsigned word, struct presence *item)
{
	const struct query_word *asked = &f->job->query.words[word];
	struct atom atom = *atom_of(f->job, word);
	uint32_t here = f->place->section - f->place->first;
	int found;

	*item = (struct presence){.text = asked->shown, .kind = PRESENCE_WORD, .needed = asked->content};
	if (f->matched[here] >> word & 1) {
		item->found = FOUND_WORD;
		f->by_synonym = false;
		if (count_fields(f, &atom, item) < 0)
			return -1;
		return f->by_synonym ? find_synonym(f, word, item) : 0;
	}
	for (uint32_t i = f->place->end; i-- > f->place->first;)
		if (f->matched[i - f->place->first] >> word & 1 && set_line(f, i, item) < 0)
			return -1;
	if (!f->job->request->titles)
		return look_closer(f, asked->text, item);
	atom.fields = ALL_FIELDS;
	found = count_fields(f, &atom, item);
	item->elsewhere = found > 0;
	return found < 0 ? -1 : look_closer(f, asked->text, item);
}

/* A phrase that may be inside of a longer Latin word. */
static int find_inside_word(struct finder *f, const struct condition *condition, struct presence *item)
{
	struct literal literal = {.folded = condition->folded, .fold = true};
	int found = stands(f, &literal);

	item->found = found > 0 ? FOUND_TEXT : FOUND_NOWHERE;
	return found;
}

static int find_clause(struct finder *f, size_t number, struct presence *item)
{
	const struct query_clause *clause = &f->job->query.clauses[number];
	const struct condition *condition = clause->condition;
	const struct filter *filter = &f->job->filters[f->place->part];
	bool phrase = condition->kind == CONDITION_PHRASE && condition->scope == SCOPE_TEXT;

	*item = (struct presence){.text = phrase ? condition->folded : clause->name, .kind = PRESENCE_PHRASE};
	item->needed = !condition->negated;
	if (condition->negated)
		item->kind = PRESENCE_EXCLUDED;
	if (filter_stands(filter, number, f->place->section) != condition->negated)
		item->found = FOUND_WORD;
	for (uint32_t i = f->place->end; i-- > f->place->first && item->needed && !item->found;)
		if (filter_stands(filter, number, i) && set_line(f, i, item) < 0)
			return -1;
	return item->needed && !item->found && phrase ? find_inside_word(f, condition, item) : 0;
}

/* The whole query as text. */
static int find_literal(struct finder *f, struct presence *item)
{
	const struct query *query = &f->job->query;
	struct literal literal = substring_literal(f->job);
	int found = stands(f, &literal);

	*item = (struct presence){
		.text = query->literal, .kind = PRESENCE_LITERAL, .needed = f->job->mode == MODE_LITERAL};
	if (found)
		item->found = FOUND_WORD;
	if (found || literal.fold || literal.folded.n == 0)
		return found;
	literal.fold = true;
	found = stands(f, &literal);
	item->found = found > 0 ? FOUND_OTHERWISE : FOUND_NOWHERE;
	return found;
}

/* Is the query to be looked for as it stands? Where it was the rule; and where one of several words is missing, since what was
 * typed may be there all the same. */
static bool wants_literal(const struct finder *f)
{
	const struct query *query = &f->job->query;
	uint64_t all = query->word_count < 64 ? ((uint64_t)1 << query->word_count) - 1 : UINT64_MAX;

	if (f->job->mode == MODE_LITERAL || query->is_literal)
		return true;
	return query->word_count > 1 && query->clause_count == 0 &&
	       f->matched[f->place->section - f->place->first] != all;
}

static int find_items(struct finder *f)
{
	const struct query *query = &f->job->query;

	if (f->job->mode == MODE_PINYIN) {
		f->items[f->count++] =
			(struct presence){.text = query->literal, .kind = PRESENCE_PINYIN, .needed = true};
		return 0;
	}
	for (unsigned i = 0; i < query->word_count; i++) /* those inside of clauses count as these */
		if (query->words[i].free && find_word(f, i, &f->items[f->count++]) < 0)
			return -1;
	for (size_t i = 0; i < query->clause_count; i++)
		if (find_clause(f, i, &f->items[f->count++]) < 0)
			return -1;
	return wants_literal(f) ? find_literal(f, &f->items[f->count++]) : 0;
}

int presence_find(const struct search_job *job, const struct presence_place *place, struct presence **out,
		  size_t *count, struct err *err)
{
	struct finder f = {.job = job, .place = place, .segment = job->parts->segments[place->part], .err = err};
	int status = presence_words(job, place, &f.matched, err);

	f.items = arena_array(job->arena, job->query.word_count + job->query.clause_count + 1, sizeof *f.items);
	if (status == 0 && !f.items)
		status = no_memory(&f);
	if (status == 0)
		status = read_text(&f);
	if (status == 0)
		status = find_items(&f);
	*out = f.items;
	*count = f.count;
	buf_release(&f.room);
	buf_release(&f.folded);
	buf_release(&f.tokens);
	return status < 0 ? -1 : 0;
}
