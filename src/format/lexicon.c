#include "lexicon.h"

#include <assert.h>

/* The header of an entry. */
enum {
	REST_BITS = 3,
	REST_MORE = 8, /* what a byte of rest counts from; written as 0 */
	SHARED_BITS = 3,
	SHARED_MORE = 7,
	KIND_SHIFT = REST_BITS + SHARED_BITS,
};

enum kind { KIND_ONE, KIND_ONE_ZERO, KIND_SHORT, KIND_LONG };

enum { LEAF_HEAD = 10, SHORT_LEAST = 2, SHORT_MOST = 17 };

/* What a list of so few postings takes at least, as measured: kind 2 counts from here. */
static uint64_t short_bytes(uint32_t count)
{
	return count + count / 2;
}

/* Byte order of terms is order of prefixes, but for terms of equal prefixes. */
static uint64_t prefix_of(struct span text)
{
	uint64_t prefix = 0;

	if (text.n >= 8)
		return __builtin_bswap64(load_u64((const unsigned char *)text.p));
	for (size_t i = 0; i < 8; i++)
		prefix = prefix << 8 | (i < text.n ? (unsigned char)text.p[i] : 0);
	return prefix;
}

static void end_leaf(struct lexicon_writer *writer)
{
	uint64_t bytes = LEAF_HEAD + writer->ends.n + writer->groups.n;

	/* With no memory for the first bytes of all, there are none. */
	writer->failed |= writer->groups.failed;
	if (!writer->groups.n)
		return;
	buf_add_u64(&writer->index, writer->prefix);
	buf_add_u32(&writer->index, (uint32_t)writer->offset);
	buf_add_u16(&writer->leaves, (uint16_t)(writer->ends.n / 2 + 1));
	buf_add_u64(&writer->leaves, writer->base);
	buf_add_span(&writer->leaves, buf_span(&writer->ends));
	buf_add_span(&writer->leaves, buf_span(&writer->groups));
	/* Emptying `leaves` forgets its failure. */
	writer->failed |= writer->leaves.failed || writer->ends.failed || writer->groups.failed;
	writer->offset += bytes;
	writer->failed |= writer->offset > UINT32_MAX;
	buf_reset(&writer->ends);
	buf_reset(&writer->groups);
	writer->group_left = 0;
}

/* A group, in a new leaf when the one before is full. */
static void begin_group(struct lexicon_writer *writer, struct span text)
{
	if (LEAF_HEAD + writer->ends.n + writer->groups.n >= LEXICON_LEAF)
		end_leaf(writer);
	if (writer->groups.n) {
		buf_add_u16(&writer->ends, (uint16_t)writer->groups.n);
	} else {
		writer->base = writer->postings;
		writer->prefix = prefix_of(text);
	}
	buf_add_varint(&writer->groups, writer->postings - writer->base);
	writer->group_left = LEXICON_GROUP;
	writer->length = 0;
}

static enum kind kind_of(const struct lexicon_entry *entry)
{
	if (entry->count == 1)
		return entry->list.p[entry->list.n - 1] == 0 ? KIND_ONE_ZERO : KIND_ONE;
	if (entry->count > SHORT_MOST || entry->bytes < short_bytes(entry->count) ||
	    entry->bytes - short_bytes(entry->count) > 15)
		return KIND_LONG;
	return KIND_SHORT;
}

static void add_text(struct lexicon_writer *writer, struct span text, enum kind kind)
{
	unsigned shared = 0;
	unsigned rest;
	unsigned header;

	while (shared < writer->length && shared < text.n && writer->text[shared] == text.p[shared])
		shared++;
	rest = (unsigned)text.n - shared;
	header = (unsigned)kind << KIND_SHIFT | (shared < SHARED_MORE ? shared : SHARED_MORE) << REST_BITS |
		 (rest < REST_MORE ? rest : 0);
	buf_add_byte(&writer->groups, (unsigned char)header);
	if (shared >= SHARED_MORE)
		buf_add_byte(&writer->groups, (unsigned char)(shared - SHARED_MORE));
	if (rest >= REST_MORE)
		buf_add_byte(&writer->groups, (unsigned char)(rest - REST_MORE));
	buf_add(&writer->groups, text.p + shared, rest);
	memcpy(writer->text + shared, text.p + shared, rest);
	writer->length = (unsigned)text.n;
}

static void add_list(struct lexicon_writer *writer, const struct lexicon_entry *entry, enum kind kind)
{
	switch (kind) {
	case KIND_ONE: buf_add_span(&writer->groups, entry->list); return;
	case KIND_ONE_ZERO: buf_add(&writer->groups, entry->list.p, entry->list.n - 1); return;
	case KIND_SHORT:
		buf_add_byte(&writer->groups, (unsigned char)((entry->count - SHORT_LEAST) << 4 |
							      (entry->bytes - short_bytes(entry->count))));
		break;
	case KIND_LONG:
		buf_add_varint(&writer->groups, entry->count);
		buf_add_varint(&writer->groups, entry->bytes);
		break;
	}
	writer->postings += entry->bytes;
}

void lexicon_add(struct lexicon_writer *writer, const struct lexicon_entry *entry)
{
	enum kind kind;

	assert(entry->text.n && entry->text.n <= LEXICON_TERM_MAX && entry->count);
	kind = kind_of(entry);
	if (!writer->group_left)
		begin_group(writer, entry->text);
	add_text(writer, entry->text, kind);
	add_list(writer, entry, kind);
	writer->group_left--;
	writer->count++;
	writer->failed |= writer->postings > LEXICON_POSTINGS_MAX;
}

void lexicon_finish(struct lexicon_writer *writer)
{
	end_leaf(writer);
	writer->failed |= writer->index.failed;
}

void lexicon_writer_release(struct lexicon_writer *writer)
{
	buf_release(&writer->leaves);
	buf_release(&writer->index);
	buf_release(&writer->groups);
	buf_release(&writer->ends);
}

int lexicon_open(struct lexicon *lexicon, struct container *container, uint32_t leaves, uint32_t index, struct err *err)
{
	*lexicon = (struct lexicon){.container = container};
	if (container_find(container, leaves, &lexicon->leaves, err) < 0 ||
	    container_find(container, index, &lexicon->index, err) < 0)
		return -1;
	if (lexicon->index.length % LEXICON_INDEX_BYTES || lexicon->leaves.length > UINT32_MAX ||
	    lexicon->index.length / LEXICON_INDEX_BYTES > lexicon->leaves.length ||
	    (lexicon->index.length == 0) != (lexicon->leaves.length == 0))
		return container_damaged(container, lexicon->index.offset, "size of the lexicon", err);
	lexicon->leaf_count = (uint32_t)(lexicon->index.length / LEXICON_INDEX_BYTES);
	return 0;
}

static int damaged(const struct lexicon *lexicon, const char *what, struct err *err)
{
	return container_damaged(lexicon->container, lexicon->leaves.offset, what, err);
}

static int damaged_entry(const struct lexicon_scan *scan, struct err *err)
{
	return damaged(scan->lexicon, "an entry of the lexicon", err);
}

/* All of the index: it is small, and its pages are checked once. */
static int view_index(struct lexicon *lexicon, const unsigned char **out, struct err *err)
{
	struct span bytes;

	if (container_view(lexicon->container, &lexicon->index, 0, lexicon->index.length, &bytes, err) < 0)
		return -1;
	*out = (const unsigned char *)bytes.p;
	return 0;
}

static uint64_t index_prefix(const unsigned char *index, uint32_t leaf)
{
	return load_u64(index + (size_t)leaf * LEXICON_INDEX_BYTES);
}

/* Numbers of two bytes are the most frequent ones here. */
static inline uint64_t read_varint(struct cursor *c)
{
	const unsigned char *p = c->p;

	if (cursor_left(c) >= 2 && p[0] >= 0x80 && p[1] < 0x80 && p[1] > 0) {
		c->p += 2;
		return (p[0] & 0x7Fu) | (uint64_t)p[1] << 7;
	}
	return cursor_varint(c);
}

/* The bytes of an entry, up to its list: the term's rest, *shared and *kind. False when there is no such thing. */
static inline bool decode_text(struct cursor *c, uint32_t *shared, unsigned *kind, struct span *rest)
{
	unsigned header = cursor_u8(c);
	uint32_t n = header & ((1u << REST_BITS) - 1);

	*kind = header >> KIND_SHIFT;
	*shared = header >> REST_BITS & ((1u << SHARED_BITS) - 1);
	if (*shared == SHARED_MORE)
		*shared += cursor_u8(c);
	if (n == 0)
		n = REST_MORE + cursor_u8(c);
	*rest = cursor_bytes(c, n);
	return !c->failed && *shared <= LEXICON_TERM_MAX - n && n <= LEXICON_TERM_MAX;
}

/* Where a group of the leaf begins. */
static inline size_t group_start(const struct lexicon_scan *scan, uint32_t group)
{
	const unsigned char *end = scan->ends + (size_t)group * 2;

	return group ? (size_t)(end[-2] | end[-1] << 8) : 0;
}

/* The first term of a group: it stands there in full. */
static int group_term(const struct lexicon_scan *scan, uint32_t group, struct span *out, struct err *err)
{
	size_t from = group_start(scan, group);
	struct cursor c;
	uint32_t shared;
	unsigned kind;

	*out = (struct span){NULL, 0}; /* gcc does not know that damaged() is negative */
	if (from >= scan->groups.n)
		return damaged(scan->lexicon, "groups of the lexicon", err);
	c = cursor_of((struct span){scan->groups.p + from, scan->groups.n - from});
	read_varint(&c);
	if (!decode_text(&c, &shared, &kind, out) || shared)
		return damaged_entry(scan, err);
	return 0;
}

/* Views leaf `leaf` of the index; its first term must be the one that led here, else a search would miss terms. */
static int enter_leaf(struct lexicon_scan *scan, const unsigned char *index, uint32_t leaf, struct err *err)
{
	struct lexicon *lexicon = scan->lexicon;
	const unsigned char *record = index + (size_t)leaf * LEXICON_INDEX_BYTES;
	uint64_t from = load_u32(record + 8);
	uint64_t to =
		leaf + 1 < lexicon->leaf_count ? load_u32(record + LEXICON_INDEX_BYTES + 8) : lexicon->leaves.length;
	struct span bytes;
	struct span first;
	struct cursor c;

	if (from >= to || to - from > LEXICON_LEAF_MAX || (leaf == 0 && from))
		return container_damaged(lexicon->container, lexicon->index.offset, "order of the lexicon", err);
	if (container_view(lexicon->container, &lexicon->leaves, from, to - from, &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	scan->leaf = leaf;
	scan->group_count = cursor_u16(&c);
	scan->base = cursor_u64(&c);
	scan->ends = c.p;
	if (scan->group_count)
		cursor_take(&c, (size_t)(scan->group_count - 1) * 2);
	scan->groups = (struct span){(const char *)c.p, cursor_left(&c)};
	if (c.failed || !scan->group_count || scan->base > LEXICON_POSTINGS_MAX)
		return damaged(lexicon, "a leaf of the lexicon", err);
	if (group_term(scan, 0, &first, err) < 0)
		return -1;
	return prefix_of(first) == load_u64(record) ? 0 : damaged(lexicon, "a leaf of the lexicon", err);
}

/* `known`: the group follows what was decoded last. */
static int enter_group(struct lexicon_scan *scan, uint32_t group, bool known, struct err *err)
{
	size_t from = group_start(scan, group);
	size_t to = group + 1 < scan->group_count ? group_start(scan, group + 1) : scan->groups.n;
	uint64_t offset;

	if (from >= to || to > scan->groups.n)
		return damaged(scan->lexicon, "groups of the lexicon", err);
	scan->c = cursor_of((struct span){scan->groups.p + from, to - from});
	offset = read_varint(&scan->c);
	if (scan->c.failed || offset > LEXICON_POSTINGS_MAX - scan->base || cursor_left(&scan->c) == 0 ||
	    (group == 0 && offset) || (known && scan->base + offset != scan->postings))
		return damaged_entry(scan, err);
	scan->group = group;
	scan->postings = scan->base + offset;
	scan->left = LEXICON_GROUP;
	scan->known = known;
	return 0;
}

static inline bool pass_one(struct lexicon_scan *scan, unsigned kind)
{
	uint64_t number = read_varint(&scan->c);
	uint64_t value = kind == KIND_ONE ? read_varint(&scan->c) : 0;

	return !scan->c.failed && number <= UINT32_MAX && value <= UINT32_MAX;
}

/* One posting: its list is kept, with the value that kind 1 leaves out. */
static bool decode_one(struct lexicon_scan *scan, unsigned kind)
{
	const char *start = (const char *)scan->c.p;
	size_t n;

	if (!pass_one(scan, kind))
		return false;
	n = (size_t)((const char *)scan->c.p - start);
	memcpy(scan->list, start, n);
	if (kind == KIND_ONE_ZERO)
		scan->list[n++] = 0;
	scan->entry.count = 1;
	scan->entry.list = (struct span){scan->list, n};
	scan->entry.offset = scan->entry.bytes = 0;
	return true;
}

static bool decode_many(struct lexicon_scan *scan, unsigned kind)
{
	struct lexicon_entry *entry = &scan->entry;

	if (kind == KIND_SHORT) {
		unsigned size = cursor_u8(&scan->c);

		entry->count = SHORT_LEAST + (size >> 4);
		entry->bytes = short_bytes(entry->count) + (size & 15);
	} else {
		entry->count = cursor_varint32(&scan->c);
		entry->bytes = cursor_varint(&scan->c);
	}
	if (scan->c.failed || entry->count < 2 || entry->bytes > LEXICON_POSTINGS_MAX ||
	    entry->bytes < (entry->count + 7ull) / 8 || entry->bytes > LEXICON_POSTINGS_MAX - scan->postings)
		return false;
	entry->list = (struct span){NULL, 0};
	entry->offset = scan->postings;
	scan->postings += entry->bytes;
	return true;
}

static bool decode_list(struct lexicon_scan *scan, unsigned kind)
{
	return kind <= KIND_ONE_ZERO ? decode_one(scan, kind) : decode_many(scan, kind);
}

static inline bool pass_list(struct lexicon_scan *scan, unsigned kind)
{
	return kind <= KIND_ONE_ZERO ? pass_one(scan, kind) : decode_many(scan, kind);
}

/* That the term which shares so much with the one before and goes on with `rest` comes after it. */
static bool rises(const struct lexicon_scan *scan, uint32_t shared, struct span rest)
{
	if (scan->left == LEXICON_GROUP)
		return shared == 0 && (!scan->known || span_compare((struct span){scan->text, scan->length}, rest) < 0);
	return shared == scan->length ||
	       (shared < scan->length && (unsigned char)rest.p[0] > (unsigned char)scan->text[shared]);
}

/* The next entry of the group. */
static int decode_entry(struct lexicon_scan *scan, struct err *err)
{
	uint32_t shared;
	unsigned kind;
	struct span rest;

	if (!scan->left || !decode_text(&scan->c, &shared, &kind, &rest) || !rises(scan, shared, rest) ||
	    !decode_list(scan, kind))
		return damaged_entry(scan, err);
	memcpy(scan->text + shared, rest.p, rest.n);
	scan->length = shared + (uint32_t)rest.n;
	scan->entry.text = (struct span){scan->text, scan->length};
	scan->left--;
	scan->known = true;
	return 1;
}

/* On to the next group, or leaf: 1, or 0 at the end. Only the last group of a leaf may be short. */
static int next_group(struct lexicon_scan *scan, struct err *err)
{
	const unsigned char *index;

	if (scan->group + 1 < scan->group_count) {
		if (scan->left)
			return damaged_entry(scan, err);
		return enter_group(scan, scan->group + 1, true, err) < 0 ? -1 : 1;
	}
	if (scan->leaf + 1 >= scan->lexicon->leaf_count)
		return 0;
	if (view_index(scan->lexicon, &index, err) < 0 || enter_leaf(scan, index, scan->leaf + 1, err) < 0 ||
	    enter_group(scan, 0, true, err) < 0)
		return -1;
	return 1;
}

int lexicon_scan_next(struct lexicon_scan *scan, struct lexicon_entry *out, struct err *err)
{
	int status = 1;

	if (!scan->pending) {
		if (!scan->lexicon->leaf_count)
			return 0;
		if (cursor_left(&scan->c) == 0)
			status = next_group(scan, err);
		if (status > 0)
			status = decode_entry(scan, err);
	}
	scan->pending = false;
	if (status > 0)
		*out = scan->entry;
	return status;
}

/* The first leaf whose prefix is above (or, `equal`: not below) the one given. */
static uint32_t search_index(const unsigned char *index, uint32_t leaf_count, uint64_t prefix, bool equal)
{
	uint32_t low = 0;
	uint32_t high = leaf_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		uint64_t found = index_prefix(index, middle);

		if (found < prefix || (!equal && found == prefix))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The last leaf whose first term is not above `text`, or the first leaf; terms of equal prefixes are compared in full. */
static int seek_leaf(struct lexicon_scan *scan, struct span text, struct err *err)
{
	uint64_t prefix = prefix_of(text);
	const unsigned char *index;
	uint32_t low; /* every leaf before begins before `text` */
	uint32_t high;

	if (view_index(scan->lexicon, &index, err) < 0)
		return -1;
	high = search_index(index, scan->lexicon->leaf_count, prefix, false);
	low = high && index_prefix(index, high - 1) == prefix ? search_index(index, high, prefix, true) : high;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct span first;

		if (enter_leaf(scan, index, middle, err) < 0 || group_term(scan, 0, &first, err) < 0)
			return -1;
		if (span_compare(first, text) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return enter_leaf(scan, index, low ? low - 1 : 0, err);
}

/* The last group of the leaf whose first term is not above `text`, or the first group. */
static int seek_group(struct lexicon_scan *scan, struct span text, struct err *err)
{
	uint32_t low = 0;
	uint32_t high = scan->group_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		struct span first;

		if (group_term(scan, middle, &first, err) < 0)
			return -1;
		if (span_compare(first, text) <= 0)
			low = middle;
		else
			high = middle;
	}
	return enter_group(scan, low, false, err);
}

/* To the group that would hold `text`: 1, or 0 in a lexicon without terms. */
static int seek(struct lexicon_scan *scan, struct lexicon *lexicon, struct span text, struct err *err)
{
	scan->lexicon = lexicon;
	scan->pending = false;
	if (lexicon->leaf_count == 0)
		return 0;
	return seek_leaf(scan, text, err) < 0 || seek_group(scan, text, err) < 0 ? -1 : 1;
}

/* The text and `list` of the entry that was sought. */
static int take_found(struct lexicon_scan *scan, struct span text, unsigned kind, struct err *err)
{
	if (!decode_list(scan, kind))
		return damaged_entry(scan, err);
	memcpy(scan->text, text.p, text.n);
	scan->entry.text = (struct span){scan->text, text.n};
	return 1;
}

/* Without building the terms passed by: an entry that shares more with the one before than that one with `text` is on the
 * same side of `text`, one that shares less is behind it. */
static int find_in_group(struct lexicon_scan *scan, struct span text, struct err *err)
{
	size_t matched = 0; /* bytes that `text` shares with the entry before */
	size_t length = 0;  /* of that entry */

	while (cursor_left(&scan->c)) {
		uint32_t shared;
		unsigned kind;
		struct span rest;
		size_t i = 0;

		if (!scan->left-- || !decode_text(&scan->c, &shared, &kind, &rest) || shared > length)
			return damaged_entry(scan, err);
		length = shared + rest.n;
		if (shared == matched) {
			while (i < rest.n && matched < text.n && rest.p[i] == text.p[matched]) {
				i++;
				matched++;
			}
			if (i == rest.n && matched == text.n)
				return take_found(scan, text, kind, err);
			if (matched == text.n ||
			    (i < rest.n && (unsigned char)rest.p[i] > (unsigned char)text.p[matched]))
				return 0;
		} else if (shared < matched) {
			return (unsigned char)rest.p[0] > (unsigned char)text.p[shared] ? 0 : damaged_entry(scan, err);
		}
		if (!pass_list(scan, kind))
			return damaged_entry(scan, err);
	}
	return 0;
}

int lexicon_find(struct lexicon *lexicon, struct span text, struct lexicon_entry *out, struct err *err)
{
	int status = seek(&lexicon->found, lexicon, text, err);

	if (status > 0)
		status = find_in_group(&lexicon->found, text, err);
	if (status > 0)
		*out = lexicon->found.entry;
	return status;
}

int lexicon_scan_start(struct lexicon_scan *scan, struct lexicon *lexicon, struct span from, struct err *err)
{
	int status;

	*scan = (struct lexicon_scan){0};
	status = seek(scan, lexicon, from, err);
	while (status > 0 && !scan->pending && cursor_left(&scan->c)) {
		status = decode_entry(scan, err);
		scan->pending = status > 0 && span_compare(scan->entry.text, from) >= 0;
	}
	return status < 0 ? -1 : 0;
}
