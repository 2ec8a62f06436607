#include "outline.h"

#include "bytes.h"
#include "character.h"
#include "checksum.h"

#include <stdlib.h>

/* Beyond so many pieces, and one in so many bytes of the text, what is no longer than so much is joined with what stands
 * before it. A piece takes 32 bytes until all of the file is indexed, and a line may be "- a". */
enum { PIECES_MANY = 100000, PIECE_LEAST = 64, JOINED_MOST = 256 };

/* Joined pieces are written into blocks of so many bytes. */
enum { ROOM_BYTES = 16 << 10 };

static void begin(struct outline *outline, unsigned level, size_t start)
{
	outline->current = (struct section){.level = level, .start = start, .parent = SECTION_NO_PARENT};
	outline->last = NULL;
	outline->has_text = false;
	outline->has_body = false;
	outline->has_link = false;
	outline->has_word = false;
}

void outline_init(struct outline *outline, struct span text, struct span name, struct arena *arena)
{
	struct buf sections = outline->sections;

	buf_reset(&sections);
	*outline = (struct outline){.arena = arena, .text = text, .name = name, .sections = sections, .line = 1};
	for (size_t level = 0; level < 7; level++)
		outline->above[level] = SECTION_NO_PARENT;
	begin(outline, 0, 0);
}

void outline_release(struct outline *outline)
{
	buf_release(&outline->sections);
}

/* Copies a text to where the one before it, if it is the piece that is open, goes on with it behind a line end: no word
 * reaches across one. */
static struct span copy_joined(struct outline *outline, struct span text)
{
	char *to;

	if (outline->room_bytes < text.n + 1) {
		outline->room = arena_alloc(outline->arena, ROOM_BYTES);
		outline->room_bytes = outline->room ? ROOM_BYTES : 0;
	}
	to = outline->room;
	if (!to)
		return (struct span){NULL, 0};
	memcpy(to, text.p, text.n);
	to[text.n] = '\n';
	outline->room += text.n + 1;
	outline->room_bytes -= text.n + 1;
	return (struct span){to, text.n};
}

static bool is_joined(const struct outline *outline, enum field field, struct span text)
{
	return outline->piece_count > PIECES_MANY + outline->text.n / PIECE_LEAST && text.n <= JOINED_MOST &&
	       field != FIELD_HEADING;
}

static void add_new(struct outline *outline, enum field field, struct span text)
{
	struct piece *piece = arena_alloc(outline->arena, sizeof *piece);

	if (!piece)
		return;
	*piece = (struct piece){field, text, NULL};
	if (outline->last)
		outline->last->next = piece;
	else
		outline->current.pieces = piece;
	outline->last = piece;
}

/* The fields of joined pieces are given up, or two that take turns would not be joined. */
static void add_joined(struct outline *outline, struct span text)
{
	struct span joined = copy_joined(outline, text);
	struct piece *last = outline->last;

	if (last && last == outline->open && last->text.p + last->text.n + 1 == joined.p) {
		last->text.n += 1 + joined.n;
		return;
	}
	add_new(outline, FIELD_BODY, joined);
	outline->open = outline->last;
}

static void add(struct outline *outline, enum field field, struct span text)
{
	outline->piece_count++;
	if (is_joined(outline, field, text))
		add_joined(outline, text);
	else
		add_new(outline, field, text);
}

void outline_add_piece(struct outline *outline, enum field field, struct span text)
{
	if (character_trim(text).n == 0)
		return;
	add(outline, field, text);
	outline->has_text = true;
	outline->has_body = true;
}

void outline_add_question(struct outline *outline, struct span text)
{
	outline_add_piece(outline, FIELD_QUESTION, text);
	if (outline->current.question.n == 0)
		outline->current.question = text;
}

void outline_add_value(struct outline *outline, struct span text)
{
	add(outline, FIELD_BODY, text);
	outline->has_text = true;
	outline_see_text(outline, text);
}

void outline_see_text(struct outline *outline, struct span text)
{
	outline->has_word = outline->has_word || character_has_word(text);
}

void outline_see_link(struct outline *outline)
{
	outline->has_link = true;
}

/* The line of an offset; offsets must not fall. */
static uint32_t line_of(struct outline *outline, size_t offset)
{
	if (offset > outline->counted) {
		struct span passed = {outline->text.p + outline->counted, offset - outline->counted};

		outline->line += (uint32_t)bytes_count(passed, '\n');
		outline->counted = offset;
	}
	return outline->line;
}

/* The text before the first heading starts with its first line that is not blank; front matter alone, with line 1. */
static size_t first_text(const struct outline *outline)
{
	struct span body = {outline->text.p + outline->body, outline->text.n - outline->body};
	size_t blanks = 0;
	size_t n;

	while ((n = character_blank((struct span){body.p + blanks, body.n - blanks})) > 0)
		blanks += n;
	return blanks < body.n ? outline->body + blanks : 0;
}

static void close_current(struct outline *outline)
{
	struct section *section = &outline->current;
	uint32_t number = (uint32_t)BUF_COUNT(&outline->sections, struct section);

	if (section->level == 0) {
		section->heading = outline->title.n ? outline->title : outline->name;
		section->start = first_text(outline);
	}
	section->line_start = line_of(outline, section->start);
	if (number == 0)
		section->start = 0;
	section->line_first = number ? section->line_start : 1;
	section->flags = outline->has_text ? 0 : SECTION_NO_TEXT;
	if (outline->has_text && outline->has_link && !outline->has_word)
		section->flags |= SECTION_LINKS_ONLY;
	for (unsigned level = 1; level < section->level; level++)
		if (outline->above[level] != SECTION_NO_PARENT)
			section->parent = outline->above[level];
	for (unsigned level = section->level; level > 0 && level < 7; level++)
		outline->above[level] = level == section->level ? number : SECTION_NO_PARENT;
	buf_add(&outline->sections, section, sizeof *section);
}

void outline_begin(struct outline *outline, unsigned level, struct span heading, size_t start)
{
	if (outline->current.level || outline->has_body) {
		close_current(outline);
		begin(outline, level, start);
	} else {
		/* Nothing of its own before the first heading: what the front matter gave goes to that section, which is as bare with
		 * it as without. */
		outline->current.level = level;
		outline->current.start = start;
		outline->has_text = false;
		outline->has_link = false;
		outline->has_word = false;
	}
	outline->current.heading = heading;
	add(outline, FIELD_HEADING, heading);
}

struct path {
	uint64_t hash; /* of the heading path: of the parent's hash and the heading */
	uint32_t section;
};

static int compare_paths(const void *a, const void *b)
{
	const struct path *x = a;
	const struct path *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->section < y->section ? -1 : 1;
}

static void count_occurrences(struct section *sections, struct path *paths, size_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint64_t above = sections[i].parent == SECTION_NO_PARENT ? 0 : paths[sections[i].parent].hash;
		uint64_t both[] = {above, checksum_64(sections[i].heading)};

		paths[i] = (struct path){checksum_64((struct span){(const char *)both, sizeof both}), i};
	}
	qsort(paths, count, sizeof *paths, compare_paths);
	for (size_t i = 1; i < count; i++)
		if (paths[i].hash == paths[i - 1].hash)
			sections[paths[i].section].occurrence = sections[paths[i - 1].section].occurrence + 1;
}

static void end_lines(struct outline *outline, struct section *sections, size_t count)
{
	uint32_t last = line_of(outline, outline->text.n);

	if (outline->text.p[outline->text.n - 1] == '\n')
		last--;
	for (size_t i = 0; i < count; i++)
		sections[i].line_end = i + 1 < count ? sections[i + 1].line_start - 1 : last;
}

int outline_finish(struct outline *outline, struct document *out, struct err *err)
{
	struct path *paths;
	size_t count;

	*out = (struct document){
		.name = outline->name, .title = outline->title, .matter = {outline->text.p, outline->body}};
	if (character_trim(outline->text).n == 0)
		return 0;
	close_current(outline);
	count = BUF_COUNT(&outline->sections, struct section);
	out->sections = arena_array(outline->arena, count, sizeof *out->sections);
	paths = arena_array(outline->arena, count, sizeof *paths);
	if (outline->sections.failed || outline->arena->failed)
		return err_memory(err, "cut a document into sections");
	memcpy(out->sections, outline->sections.data, outline->sections.n);
	out->section_count = count;
	end_lines(outline, out->sections, count);
	count_occurrences(out->sections, paths, count);
	return 0;
}
