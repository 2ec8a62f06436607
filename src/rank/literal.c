#define _GNU_SOURCE /* memmem(3) */
#include "literal.h"

#include "fold.h"
#include "han_lists.h"
#include "path.h"
#include "section_set.h"
#include "unicode.h"
#include "utf8.h"

#include <string.h>

/* More lists of groups than this exclude hardly anything more, and each costs its decoder. */
enum { GROUP_LISTS_MAX = 16 };

/* Longer needles are not held to borders: each rejected place costs a look at the needle. */
enum { BOUNDED_MAX = 256 };

/* So many texts are read as they are: they may be all, and of a whole frame folded a short search would read a section. */
enum { LOOKS_FIRST = 32 };

/* One search in one segment. */
struct finder {
	struct segment_reader *segment;
	const struct literal *literal;
	struct arena *arena;
	struct han_lists han;
	const struct literal *opened; /* whose grams are being opened, */
	uint64_t *groups; /* set of the groups of stored frames that have every other gram of it; NULL: all */
	unsigned group_lists;
	const uint64_t *reached[LITERAL_MOST]; /* these sets of all of them */
	unsigned reached_count;
	struct buf text;
	struct buf folded;
	struct arena heads; /* of the section being looked at */
	bool provable;      /* the needle is all Han: a candidate may need no look at its text */
	size_t looks;       /* at texts, or at frequencies that say the same */
	uint32_t placed;    /* the section whose text is in frames[0] to frames[1], if it has any; or none yet */
	bool has_text;
	uint32_t frames[2];
	bool unbroken;     /* the literal stands in one frame, wherever it does */
	uint32_t searched; /* the frame searched last, and whether it may hold the literal */
	bool held;
	struct buf *out;
	struct err *err;
};

/* Frames end with lines: a needle of several may reach from one group into the next, and no group has all of it. */
static bool is_of_lines(const struct finder *f)
{
	return memchr(f->opened->folded.p, '\n', f->opened->folded.n) != NULL;
}

static size_t group_words(const struct finder *f)
{
	return number_set_words(segment_groups(f->segment));
}

/* A set of groups, of none yet. */
static uint64_t *new_groups(struct finder *f)
{
	uint64_t *groups = arena_array(f->arena, group_words(f), sizeof *groups);

	if (!groups)
		err_memory(f->err, "search");
	return groups;
}

/* Adds the groups of a list to `set`. */
static int add_groups(struct finder *f, const struct lexicon_entry *entry, uint64_t *set)
{
	struct posting_cursor *cursor;
	uint32_t number;
	int got;

	if (term_open_one(f->segment, LAYER_UNITS, entry, f->arena, &cursor, f->err) < 0)
		return -1;
	while ((got = posting_cursor_next(cursor, &number)) > 0)
		number_set_add(set, number);
	return got < 0 ? segment_damaged_postings(f->segment, LAYER_UNITS, f->err) : 0;
}

/* Keeps the groups that this list names as well. */
static int keep_groups(struct finder *f, const struct lexicon_entry *entry)
{
	uint64_t *named;

	if (f->group_lists == GROUP_LISTS_MAX || is_of_lines(f))
		return 0;
	named = new_groups(f);
	if (!named || add_groups(f, entry, named) < 0)
		return -1;
	if (f->group_lists++)
		number_set_and(f->groups, named, group_words(f));
	else
		f->groups = named;
	return 0;
}

/* Groups that may hold the needle: with more of them it pays to go through the lexicon as well. */
enum { GROUPS_MANY = 256 };

/* Keeps the groups of all units that hold two letters, which may stand alone or be a part of three: 1, or 0 when there are none.
 * Goes through the lexicon; but letters with as many postings as there are groups are soon met anyway. */
static int keep_holders(struct finder *f, struct span letters)
{
	uint64_t *groups = new_groups(f);
	uint64_t left = segment_groups(f->segment);
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	bool any = false;
	int got;

	if (!groups ||
	    lexicon_scan_start(&scan, &f->segment->layers[LAYER_UNITS].lexicon, (struct span){NULL, 0}, f->err) < 0)
		return -1;
	while ((got = lexicon_scan_next(&scan, &entry, f->err)) > 0) {
		if (!memmem(entry.text.p, entry.text.n, letters.p, letters.n))
			continue;
		if (entry.count > left)
			return 1;
		left -= entry.count;
		any = true;
		if (add_groups(f, &entry, groups) < 0)
			return -1;
	}
	if (f->groups)
		number_set_and(groups, f->groups, group_words(f));
	f->groups = groups;
	return got < 0 ? -1 : any;
}

/* Is that worth it? The lists that say more are known by now. */
static bool is_vague(const struct finder *f)
{
	if (f->han.count || is_of_lines(f))
		return false;
	return !f->groups || number_set_count(f->groups, group_words(f)) > GROUPS_MANY;
}

/* A gram that is not Han: 1, or 0 when it is nowhere. */
static int keep_unit(struct finder *f, const struct gram *gram)
{
	char room[8];
	struct lexicon_entry entry;
	int found = segment_find(f->segment, LAYER_UNITS, gram_key(gram, room), &entry, f->err);

	return found > 0 && keep_groups(f, &entry) < 0 ? -1 : found;
}

/* 1, or 0 when a gram of the needle is nowhere: then neither is the needle. */
static int open_grams(struct finder *f)
{
	struct gram_scan scan = gram_scan_of(f->opened->folded);
	struct span cut = {NULL, 0};
	struct gram gram;

	while (gram_next(&scan, &gram)) {
		int found;

		if (gram_is_cut(&scan, &gram)) {
			cut = gram.text.n > cut.n ? gram.text : cut;
			continue;
		}
		found = gram_is_han(gram.kind) ? han_lists_add(&f->han, f->opened->folded, &gram, f->arena, f->err)
					       : keep_unit(f, &gram);
		if (found <= 0)
			return found;
	}
	return cut.n > 1 && is_vague(f) ? keep_holders(f, cut) : 1;
}

/* Of the literal and all that are with it. */
static int open_all(struct finder *f)
{
	int found = 1;

	for (f->opened = f->literal; f->opened && found > 0; f->opened = f->opened->with) {
		f->groups = NULL;
		f->group_lists = 0;
		found = open_grams(f);
		if (f->groups)
			f->reached[f->reached_count++] = f->groups;
	}
	return found;
}

static bool is_token_char(uint32_t code)
{
	enum char_class class = unicode_class(code);

	return class == CLASS_LETTER || class == CLASS_DIGIT;
}

/* Would a token go on over the border at `at`: letter or digit on both sides? */
static bool joins(struct span text, size_t at)
{
	uint32_t left;
	uint32_t right;
	bool valid;
	size_t before;

	if (at == 0 || at >= text.n)
		return false;
	before = utf8_floor(text, at - 1);
	utf8_next(text.p + before, at - before, &left, &valid);
	utf8_next(text.p + at, text.n - at, &right, &valid);
	return is_token_char(left) && is_token_char(right);
}

static bool find_needle(const struct literal *literal, struct span text, struct span needle)
{
	const char *from = text.p;
	const char *end = text.p + text.n;

	while (from && from < end) {
		const char *at = memmem(from, (size_t)(end - from), needle.p, needle.n);
		size_t start;

		if (!at)
			return false;
		start = (size_t)(at - text.p);
		if (!literal->bounded || needle.n > BOUNDED_MAX ||
		    (!joins(text, start) && (literal->open_end || !joins(text, start + needle.n))))
			return true;
		from = at + 1;
	}
	return false;
}

bool literal_holds(const struct literal *literal, struct span text, struct buf *folded)
{
	if (!literal->fold)
		return find_needle(literal, text, literal->exact);
	buf_reset(folded);
	fold_text(text, folded, NULL);
	return find_needle(literal, buf_span(folded), literal->folded);
}

static bool holds_all(struct finder *f, struct span text)
{
	bool held = literal_holds(f->literal, text, &f->folded);

	for (const struct literal *literal = f->literal->with; literal && held; literal = literal->with)
		held = find_needle(literal, buf_span(&f->folded), literal->folded);
	return held;
}

/* Finds the frames of the section's text: 1, 0 without text. */
static int place(struct finder *f, uint32_t section)
{
	struct store *store = &f->segment->store;
	uint64_t start;
	uint64_t end;

	if (section == f->placed)
		return f->has_text;
	if (segment_text_range(f->segment, section, &start, &end, f->err) < 0)
		return -1;
	if (start < end && (store_find_frame(store, start, &f->frames[0], f->err) < 0 ||
			    store_find_frame(store, end - 1, &f->frames[1], f->err) < 0))
		return -1;
	f->placed = section;
	f->has_text = start < end;
	return f->has_text;
}

/* Is one of the groups of the section that was placed in the set? */
static bool reaches(const struct finder *f, const uint64_t *groups)
{
	for (uint32_t group = f->frames[0] / STORE_GROUP; group <= f->frames[1] / STORE_GROUP; group++)
		if (number_set_has(groups, group))
			return true;
	return false;
}

/* Does the section reach into a group that has the other grams, of each? */
static int in_groups(struct finder *f, uint32_t section)
{
	int got = place(f, section);

	for (unsigned i = 0; i < f->reached_count && got > 0; i++)
		got = reaches(f, f->reached[i]);
	return got;
}

/* May the frame hold the literal, which is in one frame wherever it is? Several sections are in one, and most hold nothing. */
static int search_frame(struct finder *f, uint32_t frame)
{
	struct span folded;
	int got;

	if (frame == f->searched)
		return f->held;
	if (store_keeps(&f->segment->store, frame))
		return 1;
	got = folded_frame_read(&f->segment->folded, &f->segment->store, frame, &folded, f->err);
	if (got < 0)
		return -1;
	f->searched = frame;
	f->held = !got || memmem(folded.p, folded.n, f->literal->folded.p, f->literal->folded.n);
	return f->held;
}

/* May a frame of the section? */
static int search_frames(struct finder *f, uint32_t section)
{
	int got;

	if (!f->unbroken || f->looks <= LOOKS_FIRST)
		return 1;
	got = place(f, section);
	if (got <= 0)
		return got;
	got = 0;
	for (uint32_t frame = f->frames[0]; frame <= f->frames[1] && got == 0; frame++)
		got = search_frame(f, frame);
	return got;
}

/* Does the section's text hold all? */
static int look(struct finder *f, uint32_t section)
{
	struct span text;
	int held = search_frames(f, section);

	if (held <= 0)
		return held;
	buf_reset(&f->text);
	if (segment_text(f->segment, section, &f->text, &text, f->err) < 0)
		return -1;
	held = holds_all(f, text);
	return f->folded.failed ? err_memory(f->err, "search") : held;
}

static int verify(struct finder *f, uint32_t section)
{
	int found = f->provable ? han_lists_prove(&f->han, section, f->err) : 0;

	/* a proof stands for a look: which hits a search has before it stops is one matter, how they are found another */
	f->looks += !(f->provable && han_lists_are_one(&f->han));
	if (found == 0)
		found = look(f, section);
	if (found > 0)
		buf_add(f->out, &section, sizeof section);
	return found < 0 ? -1 : f->out->failed ? err_memory(f->err, "search") : 0;
}

/* Does the section's text end at `offset` or before? */
static int ends_before(struct finder *f, uint32_t section, uint64_t offset)
{
	uint64_t start;
	uint64_t end;

	return segment_text_range(f->segment, section, &start, &end, f->err) < 0 ? -1 : end <= offset;
}

/* The section that holds the byte, which is behind `section`: in steps that double, then halve. Most are few. */
static int seek_text(struct finder *f, uint32_t section, uint64_t offset, uint32_t *out)
{
	uint32_t count = f->segment->meta.section_count;
	uint32_t step = 1;
	int before = 1;

	while (before > 0 && step < count - section && (before = ends_before(f, section + step, offset)) > 0) {
		section += step;
		step *= 2;
	}
	*out = before > 0 ? count : section + step;
	while (before >= 0 && *out - section > 1) {
		uint32_t middle = section + (*out - section) / 2;

		before = ends_before(f, middle, offset);
		*(before > 0 ? &section : out) = middle;
	}
	return before < 0 ? -1 : *out < count;
}

/* The next section, not before `section`, that reaches into a group of the first set: 1, 0 at the end. Where few groups are in
 * it, few sections are asked. */
static int next_reaching(struct finder *f, uint32_t section, uint32_t *out)
{
	const uint64_t *groups = f->reached[0];
	uint32_t group;
	uint64_t start;
	int got = 0;

	while (section < f->segment->meta.section_count && (got = place(f, section)) == 0)
		section++;
	*out = section;
	if (got <= 0 || reaches(f, groups))
		return got;
	group = number_set_next(groups, f->frames[1] / STORE_GROUP + 1, segment_groups(f->segment));
	if (group >= segment_groups(f->segment))
		return 0;
	if (store_frame_start(&f->segment->store, group * STORE_GROUP, &start, f->err) < 0)
		return -1;
	return seek_text(f, section, start, out);
}

/* The next section, not before `section`, that all Han lists name and that reaches into a group of the first set: 1, 0 at the end. */
static int next_candidate(struct finder *f, uint32_t section, uint32_t *out)
{
	int got;

	*out = section;
	do {
		got = han_lists_next(&f->han, *out, &section, f->err);
		*out = section;
		if (got > 0 && f->reached_count)
			got = next_reaching(f, section, out);
	} while (got > 0 && *out != section);
	return got;
}

static int look_at(struct finder *f, uint32_t section)
{
	int got;

	if (f->literal->among && !number_set_has(f->literal->among, section))
		return 0;
	got = f->reached_count ? in_groups(f, section) : 1;
	return got > 0 ? verify(f, section) : got;
}

static bool is_enough(const struct finder *f)
{
	const struct literal *literal = f->literal;

	return literal->looks && f->looks >= literal->looks && BUF_COUNT(f->out, uint32_t) >= literal->enough;
}

static int find_all(struct finder *f)
{
	const struct literal *literal = f->literal;
	uint32_t section = 0;
	int got;

	f->provable = literal->fold && !literal->with && han_lists_are_all(&f->han, literal->folded);
	while ((got = next_candidate(f, section, &section)) > 0) {
		if (is_enough(f))
			return 1;
		if (look_at(f, section) < 0)
			return -1;
		section++;
	}
	return got;
}

/* The sections whose heading or file name holds it: every one is looked at. */
static int find_titles(struct finder *f, struct index *index)
{
	for (uint32_t i = 0; i < f->segment->meta.section_count; i++) {
		struct section_record record;
		struct section_head head;
		struct manifest_document document;

		if (segment_section(f->segment, i, &record, f->err) < 0 ||
		    segment_head(f->segment, &record, &f->heads, &head, f->err) < 0 ||
		    manifest_document(&index->manifest, record.document, &document, f->err) < 0)
			return -1;
		if (f->literal->among && !number_set_has(f->literal->among, i))
			continue;
		if (literal_holds(f->literal, head.heading, &f->folded) ||
		    (!f->folded.failed && literal_holds(f->literal, path_last(document.path), &f->folded)))
			buf_add(f->out, &i, sizeof i);
		if (f->folded.failed || f->out->failed)
			return err_memory(f->err, "search");
		arena_reset(&f->heads);
	}
	return 0;
}

int literal_find(struct index *index, struct segment_reader *segment, const struct literal *literal,
		 struct arena *arena, struct buf *sections, struct err *err)
{
	struct finder f = {.segment = segment,
			   .literal = literal,
			   .arena = arena,
			   .han = {.segment = segment},
			   .placed = UINT32_MAX,
			   .searched = UINT32_MAX,
			   .unbroken = literal->folded.n && !memchr(literal->folded.p, '\n', literal->folded.n),
			   .out = sections,
			   .err = err};
	int status = 0;

	if ((literal->fold ? literal->folded.n : literal->exact.n) == 0)
		return 0;
	if (literal->titles)
		status = find_titles(&f, index);
	else if ((status = open_all(&f)) > 0)
		status = find_all(&f);
	arena_release(&f.heads);
	buf_release(&f.text);
	buf_release(&f.folded);
	return status;
}
