#include "run.h"

#include "checksum.h"
#include "mem.h"
#include "posting.h"

#include <stdlib.h>

struct run_list {
	uint32_t text; /* offset in run.text */
	uint32_t length;
	uint32_t channel;
	uint32_t count;       /* records */
	uint32_t last_number; /* of the newest record */
	uint32_t last_record; /* its index in run.records */
};

struct run_record {
	uint32_t list;
	uint32_t number;
	uint32_t frequency;
};

enum { FIRST_SLOTS = 1 << 16 };

static struct span list_text(const struct run *run, const struct run_list *list)
{
	return (struct span){run->text.data + list->text, list->length};
}

static size_t slot_of(const struct run *run, struct span term, enum channel channel)
{
	uint64_t hash = checksum_64(term) + (uint64_t)channel * 0x9E3779B97F4A7C15u;

	return (size_t)(hash ^ hash >> 32) & (run->slot_count - 1);
}

static bool grow_slots(struct run *run)
{
	size_t count = run->slot_count ? run->slot_count * 2 : FIRST_SLOTS;
	uint32_t *slots = mem_zero(count, sizeof *slots);

	if (!slots)
		return false;
	mem_free(run->slots);
	run->slots = slots;
	run->slot_count = count;
	for (size_t i = 0; i < BUF_COUNT(&run->lists, struct run_list); i++) {
		const struct run_list *list = &BUF_AT(&run->lists, struct run_list, i);
		size_t slot = slot_of(run, list_text(run, list), list->channel);

		while (slots[slot])
			slot = (slot + 1) & (count - 1);
		slots[slot] = (uint32_t)i + 1;
	}
	return true;
}

static uint32_t new_list(struct run *run, struct span term, enum channel channel, size_t slot)
{
	struct run_list list = {.text = (uint32_t)run->text.n, .length = (uint32_t)term.n, .channel = channel};
	size_t index = BUF_COUNT(&run->lists, struct run_list);

	if (run->text.n > UINT32_MAX - term.n || index >= UINT32_MAX - 1)
		run->failed = true;
	buf_add_span(&run->text, term);
	buf_add(&run->lists, &list, sizeof list);
	run->failed |= run->text.failed || run->lists.failed;
	if (run->failed)
		return RUN_NO_LIST;
	run->slots[slot] = (uint32_t)index + 1;
	return (uint32_t)index;
}

uint32_t run_list(struct run *run, struct span term, enum channel channel)
{
	size_t slot;

	if (run->failed)
		return RUN_NO_LIST;
	if (BUF_COUNT(&run->lists, struct run_list) >= run->slot_count / 2 && !grow_slots(run)) {
		run->failed = true;
		return RUN_NO_LIST;
	}
	for (slot = slot_of(run, term, channel); run->slots[slot]; slot = (slot + 1) & (run->slot_count - 1)) {
		uint32_t index = run->slots[slot] - 1;
		const struct run_list *list = &BUF_AT(&run->lists, struct run_list, index);

		if (list->channel == (uint32_t)channel && span_equal(list_text(run, list), term))
			return index;
	}
	return new_list(run, term, channel, slot);
}

void run_add(struct run *run, uint32_t list, uint32_t number)
{
	struct run_record record = {list, number, 1};
	struct run_list *owner;

	if (run->failed || list == RUN_NO_LIST)
		return;
	owner = &BUF_AT(&run->lists, struct run_list, list);
	if (owner->count && owner->last_number == number) {
		BUF_AT(&run->records, struct run_record, owner->last_record).frequency++;
		return;
	}
	owner->count++;
	owner->last_number = number;
	owner->last_record = (uint32_t)BUF_COUNT(&run->records, struct run_record);
	buf_add(&run->records, &record, sizeof record);
	run->failed |= run->records.failed || owner->last_record == UINT32_MAX;
}

struct sort_key {
	struct span text;
	uint32_t channel;
	uint32_t list;
};

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *x = a;
	const struct sort_key *y = b;
	int order = span_compare(x->text, y->text);

	return order ? order : (x->channel > y->channel) - (x->channel < y->channel);
}

static struct sort_key *sorted_keys(const struct run *run, size_t count)
{
	struct sort_key *keys = mem_resize(NULL, count, sizeof *keys);

	for (size_t i = 0; keys && i < count; i++) {
		const struct run_list *list = &BUF_AT(&run->lists, struct run_list, i);

		keys[i] = (struct sort_key){list_text(run, list), list->channel, (uint32_t)i};
	}
	if (keys)
		qsort(keys, count, sizeof *keys, compare_keys);
	return keys;
}

/* Indexes of records, list by list: a counting sort, stable, so numbers stay ascending. first[i] is where list i
 * begins. */
static uint32_t *records_by_list(const struct run *run, uint32_t *first, size_t lists)
{
	size_t count = BUF_COUNT(&run->records, struct run_record);
	uint32_t *order = mem_resize(NULL, count, sizeof *order);
	uint32_t sum = 0;

	if (!order)
		return NULL;
	for (size_t i = 0; i < lists; i++) {
		first[i] = sum;
		sum += BUF_AT(&run->lists, struct run_list, i).count;
	}
	for (size_t i = 0; i < count; i++)
		order[first[BUF_AT(&run->records, struct run_record, i).list]++] = (uint32_t)i;
	for (size_t i = 0; i < lists; i++)
		first[i] -= BUF_AT(&run->lists, struct run_list, i).count;
	return order;
}

static void encode_list(struct run *run, const struct sort_key *key, const uint32_t *order)
{
	uint32_t count = BUF_AT(&run->lists, struct run_list, key->list).count;
	int64_t before = -1;

	buf_add_varint(&run->sorted, key->text.n);
	buf_add_span(&run->sorted, key->text);
	buf_add_varint(&run->sorted, key->channel);
	buf_add_varint(&run->sorted, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct run_record *record = &BUF_AT(&run->records, struct run_record, order[i]);

		buf_add_varint(&run->sorted, (uint64_t)((int64_t)record->number - before - 1));
		buf_add_varint(&run->sorted, record->frequency);
		before = record->number;
	}
}

static void release_gathered(struct run *run)
{
	buf_release(&run->text);
	buf_release(&run->lists);
	buf_release(&run->records);
	mem_free(run->slots);
	run->slots = NULL;
	run->slot_count = 0;
}

int run_sort(struct run *run, struct err *err)
{
	size_t count = BUF_COUNT(&run->lists, struct run_list);
	struct sort_key *keys = run->failed ? NULL : sorted_keys(run, count);
	uint32_t *first = mem_zero(count, sizeof *first);
	uint32_t *order = run->failed || !first ? NULL : records_by_list(run, first, count);

	run->failed |= !keys || !order;
	/* A list without postings is the name of a blank document, or a heading above no other. */
	for (size_t i = 0; i < count && !run->failed; i++)
		if (BUF_AT(&run->lists, struct run_list, keys[i].list).count)
			encode_list(run, &keys[i], order + first[keys[i].list]);
	mem_free(keys);
	mem_free(first);
	mem_free(order);
	release_gathered(run);
	return run->failed || run->sorted.failed ? err_memory(err, "sort postings") : 0;
}

void run_release(struct run *run)
{
	release_gathered(run);
	buf_release(&run->sorted);
}

int run_read_list(struct cursor *c, struct run_list_head *out)
{
	if (cursor_left(c) == 0)
		return 0;
	out->term = cursor_text(c);
	out->channel = (enum channel)cursor_varint32(c);
	out->count = cursor_varint32(c);
	return 1;
}

void run_read_posting(struct cursor *c, int64_t *before, struct posting *out)
{
	*before += 1 + (int64_t)cursor_varint(c);
	out->number = (uint32_t)*before;
	out->frequency = cursor_varint32(c);
}
