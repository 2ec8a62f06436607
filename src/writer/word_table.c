#include "word_table.h"

#include "mem.h"
#include "radix.h"
#include "word_hash.h"

#include <stdlib.h>

/* Small, and next to each other in the order they came, so that the frequent ones share the nearest caches. */
struct word {
	uint64_t key; /* of up to eight bytes: these; of more: a hash of all of them */
	uint32_t length;
	uint32_t count;   /* records */
	uint32_t section; /* of the last of them */
	uint32_t record;  /* its index */
	size_t text;      /* offset in table.text */
};

struct word_record {
	uint64_t pattern; /* pattern_key() */
	uint32_t list;
	uint32_t section;
};

/* What a batch of technical text needs without growing. */
enum { FIRST_SLOTS = 1 << 15 };

/* Words that are looked up at a time. */
enum { AHEAD = 16 };

static size_t slot_of(const struct word_table *table, uint64_t key, size_t length)
{
	return (size_t)word_hash_mix(key, length) & (table->slot_count - 1);
}

static bool grow(struct word_table *table)
{
	size_t count = table->slot_count ? table->slot_count * 2 : FIRST_SLOTS;
	uint32_t *slots = mem_zero(count, sizeof *slots);

	if (!slots)
		return false;
	mem_free(table->slots);
	table->slots = slots;
	table->slot_count = count;
	for (size_t i = 0; i < BUF_COUNT(&table->words, struct word); i++) {
		const struct word *word = &BUF_AT(&table->words, struct word, i);
		size_t slot = slot_of(table, word->key, word->length);

		while (slots[slot])
			slot = (slot + 1) & (count - 1);
		slots[slot] = (uint32_t)i + 1;
	}
	return true;
}

static struct span text_of(const struct word_table *table, const struct word *word)
{
	return (struct span){table->text.data + word->text, word->length};
}

/* The list of a new word, whose place is `slot`. */
static uint32_t new_list(struct word_table *table, struct span text, size_t slot, uint64_t key)
{
	struct word word = {.key = key, .text = table->text.n, .length = (uint32_t)text.n};
	size_t list = BUF_COUNT(&table->words, struct word);

	buf_add_span(&table->text, text);
	buf_add(&table->words, &word, sizeof word);
	table->slots[slot] = (uint32_t)list + 1;
	if (list + 1 >= table->slot_count / 2)
		table->failed |= !grow(table);
	table->failed |= table->text.failed || table->words.failed || list >= WORD_NONE - 1;
	return table->failed ? WORD_NONE : (uint32_t)list;
}

static inline bool is_word(const struct word_table *table, const struct word *word, struct span text, uint64_t key)
{
	return word->key == key && word->length == text.n && (text.n <= 8 || span_equal(text_of(table, word), text));
}

/* Looks up a word whose key is known, and where to begin. */
static inline uint32_t find(struct word_table *table, struct span text, uint64_t key, size_t slot)
{
	for (; table->slots[slot]; slot = (slot + 1) & (table->slot_count - 1)) {
		uint32_t list = table->slots[slot] - 1;

		if (is_word(table, &BUF_AT(&table->words, struct word, list), text, key))
			return list;
	}
	return new_list(table, text, slot, key);
}

static bool is_ready(struct word_table *table)
{
	if (!table->slot_count && !table->failed)
		table->failed = !grow(table);
	return !table->failed;
}

uint32_t word_table_find(struct word_table *table, struct span text)
{
	uint64_t key = word_key(text);

	return is_ready(table) ? find(table, text, key, slot_of(table, key, text.n)) : WORD_NONE;
}

/* Counts one more in a field, up to what a pattern can say. */
static inline void count(uint64_t *pattern, enum channel field)
{
	if ((*pattern >> 8 * field & 255) < PATTERN_FREQUENCY_MAX)
		*pattern += (uint64_t)1 << 8 * field;
}

/* One of several words that begin with the same eight bytes. */
struct tie {
	struct span text;
	uint32_t list;
};

static int compare_ties(const void *a, const void *b)
{
	const struct tie *x = a;
	const struct tie *y = b;

	return span_compare(x->text, y->text);
}

/* Orders items[0, count), whose words begin alike, by all their bytes. */
static bool sort_ties(const struct word_table *table, uint64_t *items, size_t count)
{
	struct tie *ties = mem_resize(NULL, count, sizeof *ties);

	if (!ties)
		return false;
	for (size_t i = 0; i < count; i++) {
		uint32_t list = (uint32_t)items[i];

		ties[i] = (struct tie){text_of(table, &BUF_AT(&table->words, struct word, list)), list};
	}
	qsort(ties, count, sizeof *ties, compare_ties);
	for (size_t i = 0; i < count; i++)
		items[i] = ties[i].list;
	mem_free(ties);
	return true;
}

static uint64_t list_key(const struct word_table *table, uint64_t item)
{
	return run_word_key(text_of(table, &BUF_AT(&table->words, struct word, (uint32_t)item)));
}

/* The numbers of all lists with records, in the order of their words, in the lower halves of the items; NULL without memory.
 * Sorted in two rounds: by the bytes 4 to 7 of each word, then by the first four. */
static uint64_t *sorted_lists(struct word_table *table, size_t *count)
{
	size_t all = BUF_COUNT(&table->words, struct word);
	uint64_t *items;
	uint64_t *spare;
	size_t n = 0;

	buf_reset(&table->items);
	items = (void *)buf_reserve(&table->items, (2 * all + 1) * sizeof *items);
	if (!items)
		return NULL;
	for (size_t i = 0; i < all; i++)
		if (BUF_AT(&table->words, struct word, i).count)
			items[n++] = list_key(table, i) << 32 | i;
	spare = items + n;
	for (unsigned round = 0; round < 2; round++) {
		uint64_t *sorted = radix_sort(items, spare, n, 32, 64, 8);

		spare = sorted == items ? spare : items;
		items = sorted;
		for (size_t i = 0; i < n && round == 0; i++)
			items[i] = list_key(table, items[i]) >> 32 << 32 | (uint32_t)items[i];
	}
	*count = n;
	for (size_t i = 0; i < n;) {
		uint64_t key = list_key(table, items[i]);
		size_t end = i + 1;

		while (end < n && items[end] >> 32 == items[i] >> 32 && list_key(table, items[end]) == key)
			end++;
		if (end - i > 1 && !sort_ties(table, items + i, end - i))
			return NULL;
		i = end;
	}
	return items;
}

/* Places each record with its list, the lists in the order of `items`: a counting sort. word.record becomes where the list
 * ends. */
static struct posting *postings_by_list(struct word_table *table, const uint64_t *items, size_t n)
{
	size_t records = BUF_COUNT(&table->records, struct word_record);
	struct posting *postings;
	uint32_t sum = 0;

	buf_reset(&table->postings);
	postings = (void *)buf_reserve(&table->postings, (records + 1) * sizeof *postings);
	if (!postings)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		struct word *word = &BUF_AT(&table->words, struct word, (uint32_t)items[i]);

		word->record = sum;
		sum += word->count;
	}
	for (size_t i = 0; i < records; i++) {
		const struct word_record *record = &BUF_AT(&table->records, struct word_record, i);
		struct word *word = &BUF_AT(&table->words, struct word, record->list);

		postings[word->record++] =
			(struct posting){record->section, pattern_table_add(table->patterns, record->pattern, 1)};
	}
	return postings;
}

void word_table_flush(struct word_table *table)
{
	size_t n = 0;
	uint64_t *items = table->failed ? NULL : sorted_lists(table, &n);
	struct posting *postings = items ? postings_by_list(table, items, n) : NULL;

	table->failed |= !postings;
	run_begin(table->run);
	for (size_t i = 0; i < n && postings; i++) {
		struct word *word = &BUF_AT(&table->words, struct word, (uint32_t)items[i]);
		struct span text = text_of(table, word);

		run_add(table->run, run_word_key(text), text, postings, word->count);
		postings += word->count;
		word->count = 0;
	}
	run_end(table->run);
	buf_reset(&table->records);
}

/* Forgets all words without records but those of `lists`, which become their new ones. */
static void forget_words(struct word_table *table)
{
	struct buf text = table->text;
	struct buf words = table->words;
	size_t kept = table->lists ? BUF_COUNT(table->lists, uint32_t) : 0;

	table->text = table->words = (struct buf){0};
	memset(table->slots, 0, table->slot_count * sizeof *table->slots);
	for (size_t i = 0; i < kept; i++) {
		uint32_t *list = &BUF_AT(table->lists, uint32_t, i);
		const struct word *word = &BUF_AT(&words, struct word, *list);

		*list = word_table_find(table, (struct span){text.data + word->text, word->length});
	}
	buf_release(&text);
	buf_release(&words);
}

static void make_room(struct word_table *table)
{
	word_table_flush(table);
	table->first = 0;
	if (!table->failed && BUF_COUNT(&table->words, struct word) >= WORD_RECORDS)
		forget_words(table);
}

static inline void add(struct word_table *table, uint32_t list, uint32_t section, enum channel field)
{
	struct word *word = &BUF_AT(&table->words, struct word, list);
	struct word_record *record;

	if (word->count && word->section == section) {
		count(&BUF_AT(&table->records, struct word_record, word->record).pattern, field);
		return;
	}
	record = (void *)buf_reserve(&table->records, sizeof *record);
	if (!record) {
		table->failed = true;
		return;
	}
	*record = (struct word_record){(uint64_t)1 << 8 * field, list, section};
	word->count++;
	word->section = section;
	word->record = (uint32_t)BUF_COUNT(&table->records, struct word_record);
	table->records.n += sizeof *record;
	if (BUF_COUNT(&table->records, struct word_record) - table->first >= WORD_RECORDS)
		make_room(table);
}

/* Begins a section: between two of them records may go to a run. */
static void enter(struct word_table *table, uint32_t section)
{
	if (section == table->section)
		return;
	if (BUF_COUNT(&table->records, struct word_record) >= WORD_RECORDS)
		make_room(table);
	table->section = section;
	table->first = BUF_COUNT(&table->records, struct word_record);
}

void word_table_add(struct word_table *table, uint32_t list, uint32_t section, enum channel field)
{
	enter(table, section);
	if (!table->failed && list != WORD_NONE)
		add(table, list, section, field);
}

const uint64_t *word_table_keys(struct word_table *table, const struct token *tokens, size_t count)
{
	uint64_t *keys;

	buf_reset(&table->keys);
	keys = (void *)buf_reserve(&table->keys, (count + 1) * sizeof *keys);
	for (size_t i = 0; i < count && keys; i++)
		keys[i] = word_key_near(tokens[i].text);
	return keys;
}

/* The table is larger than the nearest caches: what the words of some tokens need is asked for before it is needed. */
static void prefetch(const struct word_table *table, const struct token *tokens, const uint64_t *keys, size_t count,
		     uint64_t *hashes)
{
	size_t mask = table->slot_count - 1;

	for (size_t i = 0; i < count; i++) {
		hashes[i] = word_hash_mix(keys[i], tokens[i].text.n);
		__builtin_prefetch(&table->slots[hashes[i] & mask]);
	}
	for (size_t i = 0; i < count; i++) {
		uint32_t list = table->slots[hashes[i] & mask];

		__builtin_prefetch(&BUF_AT(&table->words, struct word, list ? list - 1 : 0));
	}
}

void word_table_add_tokens(struct word_table *table, const struct token *tokens, const uint64_t *keys, size_t count,
			   uint32_t section, enum channel field)
{
	enter(table, section);
	while (count && is_ready(table)) {
		size_t n = count < AHEAD ? count : AHEAD;
		uint64_t hashes[AHEAD];

		prefetch(table, tokens, keys, n, hashes);
		for (size_t i = 0; i < n && !table->failed; i++) {
			/* the table may have grown since */
			uint32_t list = find(table, tokens[i].text, keys[i], hashes[i] & (table->slot_count - 1));

			if (list != WORD_NONE)
				add(table, list, section, field);
		}
		tokens += n;
		keys += n;
		count -= n;
	}
}

void word_table_reset(struct word_table *table)
{
	buf_reset(&table->text);
	buf_reset(&table->words);
	buf_reset(&table->records);
	if (table->slots)
		memset(table->slots, 0, table->slot_count * sizeof *table->slots);
	table->section = 0;
	table->first = 0;
	table->failed = false;
}

void word_table_release(struct word_table *table)
{
	buf_release(&table->text);
	buf_release(&table->words);
	buf_release(&table->records);
	buf_release(&table->keys);
	buf_release(&table->items);
	buf_release(&table->postings);
	mem_free(table->slots);
	*table = (struct word_table){0};
}
