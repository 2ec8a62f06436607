#include "segmenter.h"

#include "dictionary.h"
#include "foreign.h"
#include "mem.h"
#include "utf8.h"

enum {
	/* A word has at most 19 characters, so this many places in front are all that is open at a time. */
	WINDOW = 32,
	/* Places between two characters are looked up in the double array this many characters before they are needed:
	 * the array is larger than a second-level cache. */
	AHEAD = 4,
	STEP_MASK = 0xFF,
	STEP_BITS = 8,
};

struct segmenter {
	struct foreign *foreign;
	struct buf ids;   /* uint16_t: dictionary numbers of the part that an engine cuts, then AHEAD + 2 zeros */
	struct buf steps; /* unsigned char: by the place where it ends, how many characters the best last word has */
};

/* One call of segmenter_cut(). */
struct cut {
	struct segmenter *segmenter;
	const char *p;
	size_t n;
	struct buf *ends;
	bool foreign; /* the run holds what is not ours */
};

/* The shortest path to a place so far, as one number of which the least is the best: its cost, and, where costs are
 * equal, the edge that begins first, as ICU replaces an edge only by a cheaper one. */
typedef uint64_t path;

struct segmenter *segmenter_new(struct err *err)
{
	struct segmenter *s = mem_zero(1, sizeof *s);

	if (!s)
		err_memory(err, "cut text into words");
	return s;
}

void segmenter_free(struct segmenter *s)
{
	if (!s)
		return;
	foreign_free(s->foreign);
	buf_release(&s->ids);
	buf_release(&s->steps);
	mem_free(s);
}

static inline void relax(path *window, size_t from, size_t length, uint64_t cost)
{
	path *to = &window[(from + length) % WINDOW];
	path offer = ((window[from % WINDOW] >> STEP_BITS) + cost) << STEP_BITS | (STEP_MASK - length);

	*to = offer < *to ? offer : *to;
}

/* All words of the dictionary that begin at `from`. */
static inline void relax_words(path *window, const uint16_t *ids, size_t from)
{
	uint32_t first = dictionary_first[ids[from]];
	size_t base = first >> DICTIONARY_BASE_SHIFT;

	relax(window, from, 1, first & DICTIONARY_COST_MASK);
	for (size_t length = 2; base; length++) {
		unsigned id = ids[from + length - 1];
		uint32_t node;

		if (dictionary_labels[base + id] != id)
			return;
		node = dictionary_nodes[base + id];
		if ((node & DICTIONARY_COST_MASK) != DICTIONARY_NO_WORD)
			relax(window, from, length, node & DICTIONARY_COST_MASK);
		base = node >> DICTIONARY_BASE_SHIFT;
	}
}

static inline bool is_katakana(unsigned id)
{
	return id - DICTIONARY_KATAKANA < DICTIONARY_KATAKANA_COUNT;
}

/* A run of Katakana is one word more, at a price of its own: ICU's. For 9 to 19 characters that is 8192, which is more than
 * all of them alone cost (255 each), so no such word is ever the best. */
static void relax_katakana(path *window, const uint16_t *ids, size_t from)
{
	static const uint16_t costs[] = {0, 984, 408, 240, 204, 252, 300, 372, 480};
	size_t length = 1;

	if (from > 0 && is_katakana(ids[from - 1]))
		return;
	while (length < sizeof costs / sizeof *costs && is_katakana(ids[from + length]))
		length++;
	if (length < sizeof costs / sizeof *costs)
		relax(window, from, length, costs[length]);
}

/* steps[i] for i from 1 to n: the last word of the best path to the place behind i characters. */
static void find_path(const uint16_t *ids, size_t n, unsigned char *steps)
{
	path window[WINDOW];

	memset(window, 0xFF, sizeof window);
	window[0] = 0;
	for (size_t i = 0; i < n; i++) {
		__builtin_prefetch(&dictionary_labels[(dictionary_first[ids[i + AHEAD]] >> DICTIONARY_BASE_SHIFT) +
						      ids[i + AHEAD + 1]]);
		steps[i] = (unsigned char)(STEP_MASK - (window[i % WINDOW] & STEP_MASK));
		relax_words(window, ids, i);
		if (is_katakana(ids[i]))
			relax_katakana(window, ids, i);
		window[i % WINDOW] = UINT64_MAX;
	}
	steps[n] = (unsigned char)(STEP_MASK - (window[n % WINDOW] & STEP_MASK));
}

static inline size_t character_bytes(const char *p)
{
	unsigned char lead = (unsigned char)*p;

	return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* A part that the engine cuts: plain characters and nothing else. */
struct part {
	size_t start; /* bytes of the run */
	size_t end;
	size_t n;          /* characters */
	unsigned category; /* of the last, see dictionary_plain() */
	bool wide;         /* some have four bytes, all others three */
};

/* Reads ids and makes room for steps; what begins with no plain character is an empty part. */
static bool read_part(struct cut *cut, size_t start, size_t limit, struct part *part)
{
	struct segmenter *s = cut->segmenter;
	const unsigned char *p = (const unsigned char *)cut->p;
	size_t room = (limit - start) / 3 + AHEAD + 2;
	size_t at = start;
	uint16_t *ids;
	unsigned entry = 0;

	buf_reset(&s->ids);
	buf_reset(&s->steps);
	ids = (void *)buf_reserve(&s->ids, room * sizeof *ids);
	if (!ids || !buf_reserve(&s->steps, room))
		return false;
	*part = (struct part){.start = start};
	while (limit - at >= 3) {
		size_t used = p[at] < 0xF0 ? 3 : 4;
		unsigned next;
		uint32_t code;
		bool valid;

		if (p[at] < 0xE0)
			break;
		if (used == 3) {
			code = (p[at] & 0x0Fu) << 12 | (p[at + 1] & 0x3Fu) << 6 | (p[at + 2] & 0x3Fu);
		} else {
			used = utf8_next(cut->p + at, limit - at, &code, &valid);
		}
		next = dictionary_plain(code);
		if (!next)
			break;
		entry = next;
		part->wide |= used != 3;
		ids[part->n++] = entry & DICTIONARY_ID_MASK;
		at += used;
	}
	memset(ids + part->n, 0, (AHEAD + 2) * sizeof *ids);
	part->category = entry >> DICTIONARY_ID_BITS;
	part->end = at;
	return true;
}

/* Places counted in characters of the part become bytes of the run. */
static void to_bytes(const struct cut *cut, const struct part *part, uint32_t *places, size_t count)
{
	size_t at = part->start;
	size_t done = 0;

	for (size_t i = 0; i < count; i++) {
		size_t place = places[i];

		if (!part->wide) {
			places[i] = (uint32_t)(part->start + 3 * place);
			continue;
		}
		for (; done < place; done++)
			at += character_bytes(cut->p + at);
		places[i] = (uint32_t)at;
	}
}

/* Adds where words end inside the part; whether one ends with it is for the rules to say. */
static bool cut_part(struct cut *cut, const struct part *part)
{
	unsigned char *steps = (unsigned char *)cut->segmenter->steps.data;
	uint32_t *places;
	size_t count = 0;
	size_t at;

	if (part->n < 2)
		return true;
	find_path((const void *)cut->segmenter->ids.data, part->n, steps);
	for (at = part->n - steps[part->n]; at > 0; at -= steps[at])
		count++;
	if (count == 0)
		return true;
	places = (void *)buf_reserve(cut->ends, count * sizeof *places);
	if (!places)
		return false;
	cut->ends->n += count * sizeof *places;
	for (at = part->n - steps[part->n]; at > 0; at -= steps[at], count--)
		places[count - 1] = (uint32_t)at;
	to_bytes(cut, part, places, (cut->ends->n - (size_t)((char *)places - cut->ends->data)) / sizeof *places);
	return true;
}

/* Where the word of the rules ends that is in `state` before `at`. */
static size_t rule_end(struct cut *cut, size_t at, unsigned state)
{
	size_t end = at;

	while (at < cut->n) {
		uint32_t code;
		bool valid;
		size_t used = utf8_next(cut->p + at, cut->n - at, &code, &valid);
		struct dictionary_kind kind = dictionary_kind(code);

		if (kind.flags & DICTIONARY_IS_FOREIGN) {
			cut->foreign = true;
			break;
		}
		state = dictionary_states[state * DICTIONARY_ROW + kind.category];
		if (state == DICTIONARY_STATE_STOP)
			break;
		at += used;
		if (dictionary_states[state * DICTIONARY_ROW + DICTIONARY_ACCEPTS])
			end = at;
	}
	return end;
}

/* The parts of an engine in a word of the rules, from a place where none begins. An orphan takes with it what is common
 * to all scripts, even what the engine would have taken. */
static bool cut_parts(struct cut *cut, size_t at, size_t end)
{
	while (at < end) {
		struct part part;
		uint32_t code;
		bool valid;
		size_t used = utf8_next(cut->p + at, cut->n - at, &code, &valid);
		bool orphan = dictionary_kind(code).flags & DICTIONARY_IS_ORPHAN;

		if (!orphan && dictionary_plain(code)) {
			if (!read_part(cut, at, end, &part) || !cut_part(cut, &part))
				return false;
			at = part.end;
			continue;
		}
		do {
			at += used;
			if (at < end)
				used = utf8_next(cut->p + at, cut->n - at, &code, &valid);
		} while (orphan && at < end && dictionary_kind(code).flags & DICTIONARY_IS_COMMON);
	}
	return true;
}

/* One word of the rules, which begins at *at, and the words in it. */
static bool cut_word(struct cut *cut, size_t *at)
{
	struct part part;
	size_t end;
	uint32_t place;
	unsigned state = DICTIONARY_STATE_START;

	if (!read_part(cut, *at, cut->n, &part))
		return false;
	if (part.n)
		state = dictionary_plain_states[part.category];
	end = rule_end(cut, part.end, state);
	if (cut->foreign)
		return true;
	if (end == *at)
		end += character_bytes(cut->p + end);
	if (!cut_part(cut, &part) || !cut_parts(cut, part.end, end))
		return false;
	place = (uint32_t)end;
	buf_add(cut->ends, &place, sizeof place);
	*at = end;
	return !cut->ends->failed;
}

int segmenter_cut(struct segmenter *s, struct span run, struct buf *ends, struct err *err)
{
	struct cut cut = {s, run.p, run.n, ends, false};
	size_t before = ends->n;

	for (size_t at = 0; at < run.n && !cut.foreign;)
		if (!cut_word(&cut, &at))
			return err_memory(err, "cut text into words");
	if (!cut.foreign)
		return 0;
	ends->n = before;
	return foreign_cut(&s->foreign, run, ends, err);
}
