#include "fold.h"

#include "fold_step.h"
#include "utf8.h"

/* Bytes that one code point may become. */
enum { STEP_MAX = UNICODE_FOLD_MAX * 4 };

/* Where the next bytes go. While `to` is below `limit` a step fits into both buffers. */
struct output {
	struct buf *folded;
	struct buf *map;
	struct buf *variants; /* or NULL */
	char *to;
	char *limit;
	uint32_t *entry; /* in the map, in step with `to`; NULL without a map */
};

static void commit(struct output *o)
{
	if (!o->to)
		return;
	o->folded->n = (size_t)(o->to - o->folded->data);
	if (o->map)
		o->map->n = (size_t)((char *)o->entry - o->map->data);
}

/* Takes all the room the buffers have, so that they are asked seldom; false when there is no memory. */
static bool more_room(struct output *o)
{
	size_t room;

	commit(o);
	o->to = buf_reserve(o->folded, STEP_MAX + 1);
	if (!o->to)
		return false;
	room = o->folded->capacity - o->folded->n;
	o->limit = o->to + room - STEP_MAX;
	if (!o->map)
		return true;
	o->entry = (void *)buf_reserve(o->map, room * sizeof *o->entry);
	if (!o->entry)
		o->to = NULL;
	return o->to;
}

static inline void put(struct output *o, const char *bytes, size_t n, uint32_t from)
{
	for (size_t i = 0; i < n; i++)
		o->to[i] = bytes[i];
	o->to += n;
	if (!o->entry)
		return;
	for (size_t i = 0; i < n; i++)
		o->entry[i] = from;
	o->entry += n;
}

static void note_variant(struct output *o, uint32_t code)
{
	struct fold_variant variant = {(uint32_t)(o->to - o->folded->data), code};

	buf_add(o->variants, &variant, sizeof variant);
}

static void put_folded(struct output *o, uint32_t code, uint32_t from)
{
	uint32_t codes[UNICODE_FOLD_MAX];
	size_t count = unicode_fold(code, codes);
	char bytes[4];

	if (o->variants && unicode_is_variant(code))
		note_variant(o, code);
	for (size_t i = 0; i < count; i++)
		put(o, bytes, utf8_put(bytes, codes[i]), from);
}

/* Folds the character at p: how many bytes it takes. */
static inline size_t fold_one(struct output *o, const char *p, size_t n, uint32_t from)
{
	uint32_t code;
	bool valid;
	size_t used = utf8_next(p, n, &code, &valid);

	if (code < 0x80) {
		char lower = (char)(code - 'A' < 26 ? code | 0x20 : code);

		put(o, &lower, 1, from);
	} else {
		put_folded(o, code, from);
	}
	return used;
}

/* Folds the ASCII in front of BYTE_BLOCK bytes: how much there is. What is written behind it is written over. */
static inline size_t fold_ascii(struct output *o, const char *p, uint32_t from)
{
	byte_block bytes = byte_block_load(p);
	byte_block lower = fold_lower(bytes);
	uint32_t others = byte_block_bits(bytes);
	size_t n = others ? (size_t)__builtin_ctz(others) : BYTE_BLOCK;

	memcpy(o->to, &lower, sizeof lower);
	o->to += n;
	if (!o->entry)
		return n;
	/* as many whatever n is: four stores, and no branch that nobody can foretell */
	for (size_t i = 0; i < BYTE_BLOCK; i++)
		o->entry[i] = from + (uint32_t)i;
	o->entry += n;
	return n;
}

/* Folds characters of three bytes that fold to themselves: how many bytes they take. */
static inline size_t fold_selves(struct output *o, const char *p, size_t n, uint32_t from)
{
	size_t end = 0;

	for (n = n < (size_t)(o->limit - o->to) ? n : (size_t)(o->limit - o->to); n - end >= 4 && fold_self(p + end);)
		end += 3;
	memcpy(o->to, p, end);
	o->to += end;
	if (!o->entry)
		return end;
	for (size_t i = 0; i < end; i += 3)
		for (size_t k = 0; k < 3; k++)
			*o->entry++ = from + (uint32_t)i;
	return end;
}

void fold_text(struct span text, struct buf *folded, struct buf *map)
{
	fold_with_variants(text, folded, map, NULL);
}

void fold_with_variants(struct span text, struct buf *folded, struct buf *map, struct buf *variants)
{
	struct output o = {.folded = folded, .map = map, .variants = variants};
	uint32_t end = (uint32_t)text.n;
	size_t used;

	for (size_t i = 0; i < text.n;) {
		if (o.to >= o.limit && !more_room(&o))
			return;
		used = text.n - i >= BYTE_BLOCK ? fold_ascii(&o, text.p + i, (uint32_t)i) : 0;
		if (used < BYTE_BLOCK && o.to < o.limit)
			used += fold_selves(&o, text.p + i + used, text.n - i - used, (uint32_t)(i + used));
		i += used ? used : fold_one(&o, text.p + i, text.n - i, (uint32_t)i);
	}
	commit(&o);
	if (map)
		buf_add(map, &end, sizeof end);
}
