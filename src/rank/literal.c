#include "literal.h"

#include "fold.h"
#include "frame_search.h"
#include "literal_walk.h"
#include "needle_find.h"
#include "path.h"
#include "processor.h"
#include "section_set.h"
#include "unicode.h"
#include "utf8.h"

#include <string.h>

enum {
	/* Longer needles are not held to borders: each rejected place costs a look at the needle. */
	BOUNDED_MAX = 256,
	/* So many texts are read as they are: they may be all, and of a whole frame folded a short search would read a section. */
	LOOKS_FIRST = 32,
	/* Then sections are taken together, so that several threads have something to do: at most so many, some 10 ms for one
	 * thread. */
	TURN_MOST = 4096,
	/* After a search might have stopped: nobody knows how far the next hit is. */
	TURN_FIRST = 256,
	/* More threads than this wait for memory, or for each other. */
	THREADS_MAX = 8,
};

/* A section that may hold the literal. */
struct candidate_text {
	uint32_t section;
	uint32_t frames[2]; /* the first and the last of its text */
	bool proven;        /* it does, and nobody needs its text */
};

/* One search in one segment. */
struct finder {
	struct segment_reader *segment;
	const struct literal *literal;
	struct literal_walk walk;
	struct buf turn;   /* array of struct candidate_text */
	struct buf frames; /* array of uint32_t, rising: of their texts, where those are searched */
	struct buf held;   /* array of bool: may the frame hold the literal? */
	struct frame_search search;
	size_t frame; /* where among these the last text began */
	struct buf text;
	struct buf folded;
	struct arena heads; /* of the section being looked at */
	bool provable;      /* the needle is all Han: a candidate may need no look at its text */
	size_t looks;       /* at texts, or at frequencies that say the same */
	size_t turn_size;
	struct buf *out;
	struct err *err;
};

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
	const char *end = text.p + text.n;
	const char *at;

	for (const char *from = text.p; (at = needle_find((struct span){from, (size_t)(end - from)}, needle));
	     from = at + 1) {
		size_t start = (size_t)(at - text.p);

		if (!literal->bounded || needle.n > BOUNDED_MAX ||
		    (!joins(text, start) && (literal->open_end || !joins(text, start + needle.n))))
			return true;
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

/* Adds a section to the turn, if it has a text where one is needed. */
static int add_candidate(struct finder *f, uint32_t section)
{
	struct candidate_text candidate = {.section = section};
	int got = f->provable ? han_lists_prove(&f->walk.han, section, f->err) : 0;

	if (got < 0)
		return -1;
	candidate.proven = got;
	if (!got && (got = literal_walk_place(&f->walk, section)) <= 0)
		return got;
	memcpy(candidate.frames, f->walk.frames, sizeof candidate.frames);
	buf_add(&f->turn, &candidate, sizeof candidate);
	return f->turn.failed ? err_memory(f->err, "search") : 0;
}

/* Adds the frames of a text that are not there yet: sections come in the order of their texts. */
static void add_frames(struct finder *f, const struct candidate_text *candidate)
{
	size_t count = BUF_COUNT(&f->frames, uint32_t);
	uint32_t first = candidate->frames[0];

	if (count && BUF_AT(&f->frames, uint32_t, count - 1) >= first)
		first = BUF_AT(&f->frames, uint32_t, count - 1) + 1;
	for (uint32_t frame = first; frame <= candidate->frames[1]; frame++)
		buf_add(&f->frames, &frame, sizeof frame);
}

/* Asked only where frames are searched: the question is answered by a file of the kernel. */
static unsigned count_threads(const struct finder *f)
{
	unsigned processors = f->literal->shared ? processor_count() : 1;

	return processors < THREADS_MAX ? processors : THREADS_MAX;
}

/* Which frames of the turn may hold the literal? */
static int search_frames(struct finder *f)
{
	size_t count;
	bool *held;

	for (size_t i = 0; i < BUF_COUNT(&f->turn, struct candidate_text); i++)
		if (!BUF_AT(&f->turn, struct candidate_text, i).proven)
			add_frames(f, &BUF_AT(&f->turn, struct candidate_text, i));
	count = BUF_COUNT(&f->frames, uint32_t);
	held = (void *)buf_reserve(&f->held, count * sizeof *held + 1);
	if (f->frames.failed || !held)
		return err_memory(f->err, "search");
	if (!f->search.threads)
		f->search.threads = count_threads(f);
	return frame_search_run(&f->search, (const uint32_t *)(const void *)f->frames.data, count, held, f->err);
}

/* How many sections can be taken together, none of them in vain if the search can stop. */
static size_t next_turn(struct finder *f)
{
	uint64_t looks = f->literal->looks;

	if (f->looks < LOOKS_FIRST)
		return LOOKS_FIRST - f->looks;
	if (looks == 0)
		return TURN_MOST;
	if (looks > f->looks)
		return looks - f->looks < TURN_MOST ? (size_t)looks - f->looks : TURN_MOST;
	f->turn_size = f->turn_size == 0 ? TURN_FIRST : f->turn_size < TURN_MOST ? 2 * f->turn_size : TURN_MOST;
	return f->turn_size;
}

/* 1 and the next sections, 0: there are no more. */
static int take_turn(struct finder *f)
{
	size_t wanted = next_turn(f);
	uint32_t section;
	int got = 1;

	buf_reset(&f->turn);
	buf_reset(&f->frames);
	f->frame = 0;
	while (BUF_COUNT(&f->turn, struct candidate_text) < wanted && (got = literal_walk_next(&f->walk, &section)) > 0)
		if (add_candidate(f, section) < 0)
			return -1;
	if (got < 0)
		return -1;
	if (f->search.needle.n && f->looks >= LOOKS_FIRST && search_frames(f) < 0)
		return -1;
	return f->turn.n > 0;
}

/* May a frame of the text hold the literal? All may that were not searched: of sections that are not in the order of their texts,
 * which only a damaged index has, some were not. */
static bool may_hold(struct finder *f, const struct candidate_text *candidate)
{
	const bool *held = (const bool *)(const void *)f->held.data;
	size_t count = BUF_COUNT(&f->frames, uint32_t);

	if (count == 0)
		return true;
	while (f->frame < count && BUF_AT(&f->frames, uint32_t, f->frame) < candidate->frames[0])
		f->frame++;
	if (f->frame == count || BUF_AT(&f->frames, uint32_t, f->frame) != candidate->frames[0])
		return true;
	for (size_t i = f->frame; i < count && BUF_AT(&f->frames, uint32_t, i) <= candidate->frames[1]; i++)
		if (held[i])
			return true;
	return false;
}

/* Does the section's text hold all? */
static int look(struct finder *f, uint32_t section)
{
	struct span text;
	bool held;

	buf_reset(&f->text);
	if (segment_text(f->segment, section, &f->text, &text, f->err) < 0)
		return -1;
	held = holds_all(f, text);
	return f->folded.failed ? err_memory(f->err, "search") : held;
}

static int verify(struct finder *f, const struct candidate_text *candidate)
{
	int found = candidate->proven;

	/* a proof stands for a look: which hits a search has before it stops is one matter, how they are found another */
	f->looks += !(f->provable && han_lists_are_one(&f->walk.han));
	if (!found && may_hold(f, candidate))
		found = look(f, candidate->section);
	if (found > 0)
		buf_add(f->out, &candidate->section, sizeof candidate->section);
	return found < 0 ? -1 : f->out->failed ? err_memory(f->err, "search") : 0;
}

static bool is_enough(const struct finder *f)
{
	const struct literal *literal = f->literal;

	return literal->looks && f->looks >= literal->looks && BUF_COUNT(f->out, uint32_t) >= literal->enough;
}

static int find_all(struct finder *f)
{
	int got;

	while ((got = take_turn(f)) > 0)
		for (size_t i = 0; i < BUF_COUNT(&f->turn, struct candidate_text); i++) {
			if (is_enough(f))
				return 1;
			if (verify(f, &BUF_AT(&f->turn, struct candidate_text, i)) < 0)
				return -1;
		}
	return got;
}

/* What is all Han can be proven; what has no end of line is in one frame where it is. */
static int find(struct finder *f, struct arena *arena)
{
	const struct literal *literal = f->literal;
	int got = literal_walk_open(&f->walk, f->segment, literal, arena, f->err);

	if (got <= 0)
		return got;
	f->provable = literal->fold && !literal->with && han_lists_are_all(&f->walk.han, literal->folded);
	f->search.segment = f->segment;
	if (!memchr(literal->folded.p, '\n', literal->folded.n))
		f->search.needle = literal->folded;
	return find_all(f);
}

/* Does the section's heading or file name hold it? */
static int titles_hold(struct finder *f, struct index *index, uint32_t section)
{
	struct section_record record;
	struct section_head head;
	struct manifest_document document;
	bool held;

	if (segment_section(f->segment, section, &record, f->err) < 0 ||
	    segment_head(f->segment, &record, &f->heads, &head, f->err) < 0 ||
	    manifest_document(&index->manifest, record.document, &document, f->err) < 0)
		return -1;
	held = literal_holds(f->literal, head.heading, &f->folded) ||
	       (!f->folded.failed && literal_holds(f->literal, path_last(document.path), &f->folded));
	arena_reset(&f->heads);
	return f->folded.failed ? err_memory(f->err, "search") : held;
}

/* Every section is looked at that may be. */
static int find_titles(struct finder *f, struct index *index)
{
	for (uint32_t i = 0; i < f->segment->meta.section_count; i++) {
		int held = f->literal->among && !number_set_has(f->literal->among, i) ? 0 : titles_hold(f, index, i);

		if (held < 0)
			return -1;
		if (held)
			buf_add(f->out, &i, sizeof i);
		if (f->out->failed)
			return err_memory(f->err, "search");
	}
	return 0;
}

int literal_find(struct index *index, struct segment_reader *segment, const struct literal *literal,
		 struct arena *arena, struct buf *sections, struct err *err)
{
	struct finder f = {.segment = segment, .literal = literal, .out = sections, .err = err};
	int status = 0;

	if ((literal->fold ? literal->folded.n : literal->exact.n) == 0)
		return 0;
	status = literal->titles ? find_titles(&f, index) : find(&f, arena);
	frame_search_release(&f.search);
	arena_release(&f.heads);
	buf_release(&f.turn);
	buf_release(&f.frames);
	buf_release(&f.held);
	buf_release(&f.text);
	buf_release(&f.folded);
	return status;
}
