#include "synonyms.h"

#include "arena.h"
#include "cursor.h"
#include "fold.h"
#include "utf8.h"

#include <stdlib.h>

/* One on its way into a table. */
struct member {
	struct span text; /* folded */
	uint32_t group;
	unsigned line;
	uint32_t order; /* as they are written */
};

struct encoder {
	struct arena arena;
	struct buf members; /* array of struct member */
	struct buf folded;
	void (*note)(void *context, unsigned line, const char *why, struct span word);
	void *context;
};

static void tell(struct encoder *e, unsigned line, const char *why, struct span word)
{
	if (e->note)
		e->note(e->context, line, why, word);
}

static void add_member(struct encoder *e, struct span word, uint32_t group, unsigned line)
{
	struct member member = {.group = group, .line = line, .order = (uint32_t)BUF_COUNT(&e->members, struct member)};

	buf_reset(&e->folded);
	fold_text(word, &e->folded, NULL);
	if (!utf8_is_text(word) || e->folded.n == 0) {
		tell(e, line, "not UTF-8 text", (struct span){"", 0});
		return;
	}
	if (e->folded.n > USER_WORD_MAX) {
		tell(e, line, "too long a word: more than 255 bytes", (struct span){"", 0});
		return;
	}
	member.text = arena_copy(&e->arena, buf_span(&e->folded));
	buf_add(&e->members, &member, sizeof member);
}

static struct span next_word(struct span *line)
{
	size_t n = 0;
	struct span word;

	*line = span_trim(*line, " \t\r");
	while (n < line->n && line->p[n] != ' ' && line->p[n] != '\t')
		n++;
	word = (struct span){line->p, n};
	*line = (struct span){line->p + n, line->n - n};
	return word;
}

static void add_group(struct encoder *e, struct span line, unsigned number)
{
	struct span rest = line;
	struct span word = next_word(&rest);

	if (word.n == 0 || word.p[0] == '#')
		return;
	if (span_trim(rest, " \t\r").n == 0) {
		tell(e, number, "a group of one word", (struct span){"", 0});
		return;
	}
	for (; word.n; word = next_word(&rest))
		add_member(e, word, number, number);
}

static void add_lines(struct encoder *e, struct span text)
{
	for (unsigned line = 1; text.n; line++)
		add_group(e, span_take_line(&text), line);
}

static int compare(const void *a, const void *b)
{
	const struct member *x = a;
	const struct member *y = b;
	int order = span_compare(x->text, y->text);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* Each word once, where it is written first. */
static size_t drop_repeated(struct encoder *e, struct member *members, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(members, count, sizeof *members, compare);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || !span_equal(members[kept - 1].text, members[i].text))
			members[kept++] = members[i];
		else if (members[kept - 1].group != members[i].group)
			tell(e, members[i].line, "in another group already", members[i].text);
	}
	return kept;
}

static int write_table(struct encoder *e, struct buf *table, struct err *err)
{
	struct member *members = &BUF_AT(&e->members, struct member, 0);
	size_t count = drop_repeated(e, members, BUF_COUNT(&e->members, struct member));
	struct span *words = arena_array(&e->arena, count, sizeof *words);

	if (!words || e->arena.failed || e->members.failed || e->folded.failed)
		return err_memory(err, "read synonyms");
	if (count > USER_WORDS_LIMIT)
		return err_set(err, ERR_LIMIT, "more than %d synonyms", USER_WORDS_LIMIT);
	if (count)
		buf_add_u32(table, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		words[i] = members[i].text;
		buf_add_u32(table, members[i].group);
	}
	user_words_encode(table, words, count);
	return table->failed ? err_memory(err, "read synonyms") : 0;
}

int synonyms_encode(struct buf *table, struct span text,
		    void (*note)(void *context, unsigned line, const char *why, struct span word), void *context,
		    struct err *err)
{
	struct encoder e = {.note = note, .context = context};
	int status;

	add_lines(&e, text);
	status = write_table(&e, table, err);
	arena_release(&e.arena);
	buf_release(&e.members);
	buf_release(&e.folded);
	return status;
}

bool synonyms_open(struct synonyms *synonyms, struct span table)
{
	struct cursor c = cursor_of(table);
	uint32_t count;

	*synonyms = (struct synonyms){0};
	if (table.n == 0)
		return true;
	count = cursor_u32(&c);
	synonyms->groups = (const unsigned char *)cursor_bytes(&c, (size_t)count * 4).p;
	return !c.failed && user_words_open(&synonyms->members, cursor_bytes(&c, cursor_left(&c))) &&
	       synonyms->members.count == count;
}

bool synonyms_check(const struct synonyms *synonyms)
{
	return user_words_check(&synonyms->members);
}

uint32_t synonyms_group(const struct synonyms *synonyms, uint32_t member)
{
	return load_u32(synonyms->groups + (size_t)member * 4);
}

uint32_t synonyms_next(const struct synonyms *synonyms, uint32_t group, uint32_t from)
{
	while (from < synonyms->members.count && synonyms_group(synonyms, from) != group)
		from++;
	return from;
}
