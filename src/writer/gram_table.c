#include "gram_table.h"

#include "gram.h"
#include "mem.h"
#include "radix.h"
#include "spread.h"
#include "store.h"
#include "utf8.h"

#include <assert.h>

enum {
	SECTION_BITS = 64 - 2 * GRAM_ORDER_BITS,
	UNIT_CODE_BITS = 16,
	FRAME_BITS = 64 - 3 * UNIT_CODE_BITS, /* below three codes, */
	SECOND_BITS = FRAME_BITS + UNIT_CODE_BITS,
	FIRST_BITS = SECOND_BITS + UNIT_CODE_BITS, /* of which the first is the highest */
	ORDER_MASK = (1 << GRAM_ORDER_BITS) - 1,
	SECTION_MASK = (1 << SECTION_BITS) - 1,
	FRAME_MASK = (1 << FRAME_BITS) - 1,
	/* Text is taken in such pieces, for which there is room. */
	PIECE = 4096,
	/* What a piece makes at most: three bytes may be UNICODE_FOLD_MAX characters, each by itself and with two others. */
	PIECE_ITEMS = 16 * PIECE,
	/* Slots of the filter: a frame of English has a thousand different units. */
	FILTER_BITS = 13,
};

#define UNIT_MASK (((uint64_t)1 << 3 * UNIT_CODE_BITS) - 1)
/* The bits of three codes that are 0 where all are of ASCII; and what stands for GRAM_ANY_HAN among those, above all others
 * as it is: DEL, which is no sign. */
#define NOT_ASCII      ((uint64_t)0xFF80FF80FF80 << FRAME_BITS)
#define UNIT_ASCII_HAN ((uint64_t)0x7F)
/* Stands before the 32 bits of a character above it; it is no letter itself. The order is that of UTF-8. */
#define UNIT_ABOVE ((uint64_t)0xFFFF)

static_assert(GRAM_HAN_LIMIT <= 1u << GRAM_ORDER_BITS, "an order fits its bits");

/* A text on its way into items, which have room. */
struct take {
	const unsigned char *p;
	const unsigned char *end;
	uint64_t *han;
	uint64_t *unit;
	uint64_t *other;
	uint64_t *filter;
	uint64_t first; /* gram_order() of a Han character, until it is known what stands behind it; or 0 */
	uint64_t
		letters; /* the last three of the run of letters before p, the last one lowest, above FRAME_BITS; 0: not there */
	uint32_t sign; /* the ASCII sign before p, or 0 */
	uint32_t section;
	uint32_t frame;
};

/* The Han character that was waiting, and what is behind it. */
static inline void end_han(struct take *t, uint64_t second)
{
	*t->han++ = t->first << (SECTION_BITS + GRAM_ORDER_BITS) | second << SECTION_BITS | t->section;
}

/* The place of an item in the filter, which is made the item's; was it there before? */
static inline bool is_new(struct take *t, uint64_t item)
{
	uint64_t *slot = &t->filter[spread(item) >> (64 - FILTER_BITS)];
	bool new = *slot != item;

	*slot = item;
	return new;
}

/* Adds a unit of ASCII, if `wanted`: its codes above FRAME_BITS. */
static inline void add_unit(struct take *t, uint64_t codes, bool wanted)
{
	uint64_t item = codes | t->frame;

	/* written always, counted sometimes: without a branch */
	*t->unit = item;
	t->unit += wanted & is_new(t, item);
}

static void add_other(struct take *t, uint64_t codes)
{
	*t->other = codes | t->frame;
	t->other += is_new(t, codes | t->frame);
}

/* Of letters, whatever they are. */
static inline void add_letters(struct take *t, uint64_t letters)
{
	if (letters & NOT_ASCII)
		add_other(t, letters);
	else
		add_unit(t, letters, true);
}

/* One or two letters, of which there were no more. */
static inline void end_letters(struct take *t)
{
	uint64_t letters = t->letters;

	t->letters = 0;
	if (letters == 0 || letters >> FIRST_BITS)
		return;
	while (!(letters >> FIRST_BITS))
		letters <<= UNIT_CODE_BITS;
	add_letters(t, letters);
}

/* The last letter before p, if it is of ASCII; or 0. */
static inline uint64_t last_letter(const struct take *t)
{
	uint64_t code = t->letters >> FRAME_BITS & 0xFFFF;

	return code < 0x80 ? code : 0;
}

/* Two characters of different kinds. */
static inline void add_edge(struct take *t, uint64_t first, uint64_t second, bool wanted)
{
	add_unit(t, first << FIRST_BITS | second << SECOND_BITS, wanted);
}

static inline void take_han(struct take *t, uint64_t order)
{
	if (t->first)
		end_han(t, order);
	t->first = order;
	if (t->letters) {
		add_edge(t, last_letter(t), UNIT_ASCII_HAN, last_letter(t));
		end_letters(t);
	}
	t->sign = 0;
}

/* Plain Han characters behind one: below U+D000 the order is the code point. */
static inline void take_more_han(struct take *t)
{
	uint32_t code;

	for (; (code = gram_plain_han(t->p, (size_t)(t->end - t->p))); t->p += 3) {
		end_han(t, code);
		t->first = code;
	}
}

static inline void take_break(struct take *t)
{
	if (t->first)
		end_han(t, 0);
	t->first = 0;
	end_letters(t);
	t->sign = 0;
}

/* Before the first letter of a run. */
static inline void begin_letters(struct take *t, uint32_t code)
{
	if (!t->first && !t->sign)
		return;
	add_edge(t, t->first ? UNIT_ASCII_HAN : t->sign, code, code < 0x80);
	take_break(t);
}

static inline void join_letter(struct take *t, uint32_t code)
{
	t->letters = t->letters << UNIT_CODE_BITS | (uint64_t)code << FRAME_BITS;
}

static inline void take_letter(struct take *t, uint32_t code)
{
	join_letter(t, code);
	if (t->letters >> FIRST_BITS)
		add_letters(t, t->letters);
}

/* A character that is neither Han nor ASCII, by itself. */
static inline void take_one(struct take *t, uint32_t code)
{
	uint64_t first = code > 0xFFFF ? UNIT_ABOVE : code;

	add_other(t, first << FIRST_BITS | (code > 0xFFFF ? (uint64_t)code << FRAME_BITS : 0));
}

static inline void take_sign(struct take *t, uint32_t code)
{
	uint64_t before = t->sign ? t->sign : last_letter(t);

	take_break(t);
	if (!gram_is_sign(code))
		return;
	add_edge(t, before, code, before);
	t->sign = code;
}

/* The code of the letter of ASCII at p; 0 when there is none. */
static inline uint32_t ascii_letter(const struct take *t)
{
	return t->p < t->end && *t->p < 0x80 ? (unsigned char)gram_ascii[*t->p] : 0;
}

/* ASCII: a run of letters, or one character that is none. */
static inline void take_ascii(struct take *t)
{
	uint32_t code;

	if (!gram_ascii[*t->p]) {
		take_sign(t, *t->p++);
		return;
	}
	begin_letters(t, (unsigned char)gram_ascii[*t->p]);
	for (; t->letters & NOT_ASCII && (code = ascii_letter(t)); t->p++)
		take_letter(t, code);
	for (; (code = ascii_letter(t)); t->p++) {
		join_letter(t, code);
		add_unit(t, t->letters, t->letters >> FIRST_BITS != 0);
	}
}

/* Any other character, which may fold to several. */
static void take_other(struct take *t)
{
	uint32_t codes[UNICODE_FOLD_MAX];
	uint32_t code;
	bool valid;
	size_t count;

	t->p += utf8_next((const char *)t->p, (size_t)(t->end - t->p), &code, &valid);
	count = unicode_fold(code, codes);
	for (size_t i = 0; i < count; i++) {
		code = gram_code(codes[i]);
		if (code & GRAM_CODE_HAN) {
			take_han(t, gram_order(code & ~GRAM_CODE_HAN));
			continue;
		}
		if (code == GRAM_CODE_BREAK)
			take_sign(t, codes[i]);
		else
			begin_letters(t, code);
		if (codes[i] > 0x7F)
			take_one(t, codes[i]);
		if (code != GRAM_CODE_BREAK)
			take_letter(t, code);
	}
}

static void take_piece(struct take *t)
{
	while (t->p < t->end) {
		uint32_t code;

		if (*t->p < 0x80) {
			take_ascii(t);
		} else if ((code = gram_plain_han(t->p, (size_t)(t->end - t->p)))) {
			take_han(t, code);
			t->p += 3;
			take_more_han(t);
		} else {
			take_other(t);
		}
	}
}

/* Sees to it that a piece has room, with one item that is written and not counted. */
static bool make_room(struct gram_table *table)
{
	if (!table->filter)
		table->filter = mem_zero((size_t)1 << FILTER_BITS, sizeof *table->filter);
	if (BUF_COUNT(&table->han, uint64_t) >= GRAM_ITEMS - PIECE_ITEMS ||
	    BUF_COUNT(&table->units, uint64_t) >= GRAM_ITEMS - PIECE_ITEMS ||
	    BUF_COUNT(&table->others, uint64_t) >= GRAM_ITEMS - PIECE_ITEMS)
		gram_table_flush(table);
	if (!table->filter || !buf_reserve(&table->han, PIECE_ITEMS * sizeof(uint64_t)) ||
	    !buf_reserve(&table->units, PIECE_ITEMS * sizeof(uint64_t)) ||
	    !buf_reserve(&table->others, PIECE_ITEMS * sizeof(uint64_t)))
		table->failed = true;
	return !table->failed;
}

static uint64_t *end_of(struct buf *items)
{
	return (void *)(items->data + items->n);
}

static void set_end(struct buf *items, const uint64_t *end)
{
	items->n = (size_t)((const char *)end - items->data);
}

uint32_t gram_table_add(struct gram_table *table, struct span text, uint32_t section, uint32_t frame)
{
	struct take t = {.section = section, .frame = frame};
	uint32_t han = 0;

	while (text.n && make_room(table)) {
		size_t n = text.n > PIECE ? utf8_floor(text, PIECE) : text.n;
		const uint64_t *start = end_of(&table->han);

		t.p = (const unsigned char *)text.p;
		t.end = t.p + n;
		t.han = end_of(&table->han);
		t.unit = end_of(&table->units);
		t.other = end_of(&table->others);
		t.filter = table->filter;
		take_piece(&t);
		text.p += n;
		text.n -= n;
		if (text.n == 0)
			take_break(&t);
		han += (uint32_t)(t.han - start);
		set_end(&table->han, t.han);
		set_end(&table->units, t.unit);
		set_end(&table->others, t.other);
	}
	return han;
}

/* Room to sort so many bytes of items; NULL when there is no memory. */
static uint64_t *spare_for(struct gram_table *table, size_t bytes)
{
	buf_reset(&table->spare);
	if (!buf_reserve(&table->spare, bytes + 1))
		table->failed = true;
	return table->failed ? NULL : (void *)table->spare.data;
}

/* Adds the list of Han that begins at item `i` of `n`: items with the same bits from `key_bits` on. Returns where it ends. */
static size_t add_list(struct gram_table *table, const uint64_t *items, size_t i, size_t n, unsigned key_bits)
{
	uint64_t key = items[i] >> key_bits;
	struct posting *first = &BUF_AT(&table->postings, struct posting, 0);
	struct posting *posting = first;

	*posting = (struct posting){(uint32_t)(items[i++] & SECTION_MASK), 0};
	for (; i < n && items[i] >> key_bits == key; i++) {
		uint32_t number = (uint32_t)(items[i] & SECTION_MASK);

		if (number != posting->number)
			*++posting = (struct posting){number, 0};
		else
			posting->value++;
	}
	run_add(table->grams_run, key << (key_bits - SECTION_BITS), (struct span){NULL, 0}, first,
		(size_t)(posting - first) + 1);
	return i;
}

/* The same of a unit. A frame between two that are STORE_GROUP apart or less is left out: whatever group it will be in has
 * one of them too. */
static size_t add_unit_list(struct gram_table *table, uint64_t key, const uint64_t *items, size_t i, size_t n)
{
	uint64_t codes = items[i] >> FRAME_BITS;
	struct posting *first = &BUF_AT(&table->postings, struct posting, 0);
	struct posting *posting = first;
	uint32_t kept = (uint32_t)(items[i++] & FRAME_MASK);
	uint32_t last = kept;

	*posting++ = (struct posting){kept, 0};
	for (; i < n && items[i] >> FRAME_BITS == codes; i++) {
		uint32_t frame = (uint32_t)(items[i] & FRAME_MASK);
		bool keep = (frame - kept > STORE_GROUP) & (last != kept);

		/* without a branch, as above */
		*posting = (struct posting){last, 0};
		posting += keep;
		kept = keep ? last : kept;
		last = frame;
	}
	*posting = (struct posting){last, 0};
	posting += last != kept;
	run_add(table->units_run, key, (struct span){NULL, 0}, first, (size_t)(posting - first));
	return i;
}

/* Sorts the items, which begin with the same character, by the one behind it. */
static const uint64_t *sort_pairs(uint64_t *items, uint64_t *spare, size_t n)
{
	if (n > 512)
		return radix_sort(items, spare, n, SECTION_BITS, SECTION_BITS + GRAM_ORDER_BITS, 9);
	if (n > 48)
		return radix_sort(items, spare, n, SECTION_BITS, SECTION_BITS + GRAM_ORDER_BITS, 6);
	for (size_t i = 1; i < n; i++) {
		uint64_t moving = items[i];
		size_t to = i;

		for (; to && items[to - 1] > moving; to--)
			items[to] = items[to - 1];
		items[to] = moving;
	}
	return items;
}

/* The list of one character, and those of the pairs that begin with it. */
static void add_character(struct gram_table *table, uint64_t *items, uint64_t *spare, size_t n)
{
	const uint64_t *pairs;
	size_t i = 0;

	add_list(table, items, 0, n, SECTION_BITS + GRAM_ORDER_BITS);
	pairs = sort_pairs(items, spare, n);
	while (i < n && !(pairs[i] >> SECTION_BITS & ORDER_MASK))
		i++;
	while (i < n)
		i = add_list(table, pairs, i, n, SECTION_BITS);
}

static void flush_han(struct gram_table *table)
{
	size_t count = BUF_COUNT(&table->han, uint64_t);
	uint64_t *items = (void *)table->han.data;
	uint64_t *spare = spare_for(table, table->han.n);
	uint64_t *sorted;

	if (table->failed || count == 0)
		return;
	/* By the first character alone, sections in order: its own list. */
	sorted = radix_sort(items, spare, count, SECTION_BITS + GRAM_ORDER_BITS, 64, 9);
	spare = sorted == items ? spare : items;
	for (size_t i = 0; i < count;) {
		size_t end = i + 1;

		while (end < count &&
		       sorted[end] >> (SECTION_BITS + GRAM_ORDER_BITS) == sorted[i] >> (SECTION_BITS + GRAM_ORDER_BITS))
			end++;
		add_character(table, sorted + i, spare + i, end - i);
		i = end;
	}
}

/* Sorted by three codes of 7 bits each: the others are 0. Room for as many more is in `spare`. */
static uint64_t *sort_ascii(uint64_t *items, uint64_t *spare, size_t n)
{
	for (unsigned shift = FRAME_BITS; shift < 64; shift += UNIT_CODE_BITS) {
		uint64_t *sorted = radix_sort(items, spare, n, shift, shift + 7, 7);

		spare = sorted == items ? spare : items;
		items = sorted;
	}
	return items;
}

/* The key of a unit of ASCII. Han stands beside a letter as the first code or the second. */
static uint64_t ascii_key(uint64_t item)
{
	uint64_t key = item >> FRAME_BITS;

	for (unsigned shift = UNIT_CODE_BITS; shift <= 2 * UNIT_CODE_BITS; shift += UNIT_CODE_BITS)
		if ((key >> shift & 0xFFFF) == UNIT_ASCII_HAN)
			key ^= (UNIT_ASCII_HAN ^ GRAM_ANY_HAN) << shift;
	return key;
}

/* Merges the lists of both kinds. */
static void add_units(struct gram_table *table, const uint64_t *units, size_t n, const uint64_t *others,
		      size_t other_count)
{
	size_t k = 0;

	for (size_t i = 0; i < n;) {
		uint64_t key = ascii_key(units[i]);

		while (k < other_count && others[k] >> FRAME_BITS < key)
			k = add_unit_list(table, others[k] >> FRAME_BITS, others, k, other_count);
		i = add_unit_list(table, key, units, i, n);
	}
	while (k < other_count)
		k = add_unit_list(table, others[k] >> FRAME_BITS, others, k, other_count);
}

static void flush_units(struct gram_table *table)
{
	size_t count = BUF_COUNT(&table->units, uint64_t);
	size_t other_count = BUF_COUNT(&table->others, uint64_t);
	uint64_t *spare;
	const uint64_t *units;
	const uint64_t *others;

	spare = spare_for(table, table->units.n + table->others.n);
	if (table->failed)
		return;
	units = sort_ascii((void *)table->units.data, spare, count);
	others = radix_sort((void *)table->others.data, spare + count, other_count, FRAME_BITS, 64, 8);
	add_units(table, units, count, others, other_count);
}

void gram_table_flush(struct gram_table *table)
{
	run_begin(table->grams_run);
	run_begin(table->units_run);
	buf_reset(&table->postings);
	if (!buf_reserve(&table->postings, GRAM_ITEMS * sizeof(struct posting)))
		table->failed = true;
	flush_han(table);
	flush_units(table);
	run_end(table->grams_run);
	run_end(table->units_run);
	buf_reset(&table->han);
	buf_reset(&table->units);
	buf_reset(&table->others);
	if (table->filter)
		memset(table->filter, 0, sizeof *table->filter << FILTER_BITS);
}

void gram_table_release(struct gram_table *table)
{
	buf_release(&table->han);
	buf_release(&table->units);
	buf_release(&table->others);
	buf_release(&table->spare);
	buf_release(&table->postings);
	mem_free(table->filter);
	*table = (struct gram_table){0};
}

static size_t unit_key(char to[GRAM_TABLE_KEY_MAX], uint64_t key)
{
	size_t n = 0;

	if (key >> 2 * UNIT_CODE_BITS == UNIT_ABOVE && (uint32_t)key)
		return utf8_put(to, (uint32_t)key);
	for (int i = 2; i >= 0 && key & UNIT_MASK >> UNIT_CODE_BITS * (2 - i); i--)
		n += utf8_put(to + n, key >> UNIT_CODE_BITS * i & 0xFFFF);
	return n;
}

size_t gram_table_key(char to[GRAM_TABLE_KEY_MAX], enum layer layer, uint64_t key)
{
	size_t n = 0;

	if (layer == LAYER_UNITS)
		return unit_key(to, key);
	n = gram_put(to, gram_order_code((uint32_t)(key >> GRAM_ORDER_BITS)));
	if (key & ORDER_MASK)
		n += gram_put(to + n, gram_order_code((uint32_t)(key & ORDER_MASK)));
	return n;
}
