#include "lexicon.h"

static void begin_block(struct lexicon_writer *writer, struct span text)
{
	buf_add_u32(&writer->index, (uint32_t)writer->keys.n);
	buf_add_u64(&writer->index, writer->blocks.n);
	buf_add_span(&writer->keys, text);
	buf_add_varint(&writer->blocks, writer->postings);
	buf_reset(&writer->previous);
}

void lexicon_add(struct lexicon_writer *writer, const struct lexicon_entry *entry)
{
	struct span previous;
	size_t shared = 0;
	uint32_t channels = 0;

	if (writer->count++ % LEXICON_BLOCK == 0)
		begin_block(writer, entry->text);
	previous = buf_span(&writer->previous);
	while (shared < previous.n && shared < entry->text.n && previous.p[shared] == entry->text.p[shared])
		shared++;
	buf_add_varint(&writer->blocks, shared);
	buf_add_varint(&writer->blocks, entry->text.n - shared);
	buf_add(&writer->blocks, entry->text.p + shared, entry->text.n - shared);
	buf_add_varint(&writer->blocks, entry->df);
	for (unsigned i = 0; i < CHANNEL_COUNT; i++)
		if (entry->lists[i].count)
			channels |= 1u << i;
	buf_add_varint(&writer->blocks, channels);
	for (unsigned i = 0; i < CHANNEL_COUNT; i++) {
		if (!entry->lists[i].count)
			continue;
		buf_add_varint(&writer->blocks, entry->lists[i].count);
		buf_add_varint(&writer->blocks, entry->lists[i].bytes);
		writer->postings += entry->lists[i].bytes;
	}
	buf_reset(&writer->previous);
	buf_add_span(&writer->previous, entry->text);
}

void lexicon_finish(struct lexicon_writer *writer)
{
	buf_add_u32(&writer->index, (uint32_t)writer->keys.n);
	buf_add_u64(&writer->index, writer->blocks.n);
}

void lexicon_writer_release(struct lexicon_writer *writer)
{
	buf_release(&writer->blocks);
	buf_release(&writer->keys);
	buf_release(&writer->index);
	buf_release(&writer->previous);
}

int lexicon_open(struct lexicon *lexicon, struct container *container, const uint32_t names[3], struct err *err)
{
	*lexicon = (struct lexicon){.container = container};
	if (container_find(container, names[0], &lexicon->blocks, err) < 0 ||
	    container_find(container, names[1], &lexicon->keys, err) < 0 ||
	    container_find(container, names[2], &lexicon->index, err) < 0)
		return -1;
	if (lexicon->index.length % LEXICON_INDEX_BYTES || lexicon->index.length < LEXICON_INDEX_BYTES ||
	    lexicon->index.length / LEXICON_INDEX_BYTES > UINT32_MAX)
		return container_damaged(container, lexicon->index.offset, "size of the lexicon", err);
	lexicon->block_count = (uint32_t)(lexicon->index.length / LEXICON_INDEX_BYTES - 1);
	return 0;
}

void lexicon_close(struct lexicon *lexicon)
{
	buf_release(&lexicon->text);
}

/* Where block `i` and its key are: two neighbouring records of the index. */
static int read_index(struct lexicon *lexicon, uint32_t i, uint32_t key[2], uint64_t block[2], struct err *err)
{
	struct span bytes;
	struct cursor c;

	if (container_view(lexicon->container, &lexicon->index, (uint64_t)i * LEXICON_INDEX_BYTES,
			   2 * LEXICON_INDEX_BYTES, &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	for (unsigned k = 0; k < 2; k++) {
		key[k] = cursor_u32(&c);
		block[k] = cursor_u64(&c);
	}
	if (key[0] > key[1] || block[0] > block[1])
		return container_damaged(lexicon->container, lexicon->index.offset, "order of the lexicon", err);
	return 0;
}

static int read_key(struct lexicon *lexicon, uint32_t i, struct span *key, struct err *err)
{
	uint32_t at[2];
	uint64_t block[2];

	if (read_index(lexicon, i, at, block, err) < 0)
		return -1;
	return container_view(lexicon->container, &lexicon->keys, at[0], at[1] - at[0], key, err);
}

/* The last block whose key is not above `text`, or 0. */
static int find_block(struct lexicon *lexicon, struct span text, uint32_t *out, struct err *err)
{
	uint32_t low = 0;
	uint32_t high = lexicon->block_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		struct span key;

		if (read_key(lexicon, middle, &key, err) < 0)
			return -1;
		if (span_compare(key, text) <= 0)
			low = middle;
		else
			high = middle;
	}
	*out = low;
	return 0;
}

static int damaged_block(struct lexicon *lexicon, struct err *err)
{
	return container_damaged(lexicon->container, lexicon->blocks.offset, "an entry of the lexicon", err);
}

static int enter_block(struct lexicon_scan *scan, struct err *err)
{
	struct lexicon *lexicon = scan->lexicon;
	uint32_t key[2];
	uint64_t block[2];
	struct span bytes;

	if (read_index(lexicon, scan->block, key, block, err) < 0 ||
	    container_view(lexicon->container, &lexicon->blocks, block[0], block[1] - block[0], &bytes, err) < 0)
		return -1;
	scan->c = cursor_of(bytes);
	scan->postings = cursor_varint(&scan->c);
	scan->left = LEXICON_BLOCK;
	buf_reset(&lexicon->text);
	return scan->c.failed || cursor_left(&scan->c) == 0 ? damaged_block(lexicon, err) : 0;
}

static int decode_lists(struct lexicon_scan *scan, struct lexicon_entry *out)
{
	uint64_t channels = cursor_varint(&scan->c);

	if (channels == 0 || channels >> CHANNEL_COUNT)
		return -1;
	for (unsigned i = 0; i < CHANNEL_COUNT; i++) {
		out->lists[i] = (struct lexicon_list){0};
		if (!(channels >> i & 1))
			continue;
		out->lists[i].count = cursor_varint32(&scan->c);
		out->lists[i].bytes = cursor_varint(&scan->c);
		out->lists[i].offset = scan->postings;
		if (scan->c.failed || out->lists[i].count == 0 || out->lists[i].bytes < out->lists[i].count ||
		    __builtin_add_overflow(scan->postings, out->lists[i].bytes, &scan->postings))
			return -1;
	}
	return 0;
}

/* The first entry must be the key that led here: else a search in the keys would miss terms that are there. */
static int check_key(const struct lexicon_scan *scan, struct span text, struct err *err)
{
	struct span key;

	if (read_key(scan->lexicon, scan->block, &key, err) < 0)
		return -1;
	return span_equal(key, text) ? 0 : damaged_block(scan->lexicon, err);
}

static int decode_entry(struct lexicon_scan *scan, struct lexicon_entry *out, struct err *err)
{
	struct lexicon *lexicon = scan->lexicon;
	uint64_t shared = cursor_varint(&scan->c);
	struct span rest = cursor_text(&scan->c);

	if (scan->c.failed || shared > lexicon->text.n)
		return damaged_block(lexicon, err);
	lexicon->text.n = (size_t)shared;
	buf_add_span(&lexicon->text, rest);
	if (lexicon->text.failed)
		return err_memory(err, "read an index");
	out->text = buf_span(&lexicon->text);
	if (scan->left == LEXICON_BLOCK && check_key(scan, out->text, err) < 0)
		return -1;
	out->df = cursor_varint32(&scan->c);
	scan->left--;
	return decode_lists(scan, out) < 0 ? damaged_block(lexicon, err) : 1;
}

int lexicon_scan_next(struct lexicon_scan *scan, struct lexicon_entry *out, struct err *err)
{
	while (scan->left == 0 || cursor_left(&scan->c) == 0) {
		if (scan->left == 0 && cursor_left(&scan->c) != 0)
			return damaged_block(scan->lexicon, err);
		if (++scan->block >= scan->lexicon->block_count)
			return 0;
		if (enter_block(scan, err) < 0)
			return -1;
	}
	return decode_entry(scan, out, err);
}

/* Moves into the block that would hold `from`: 1, or 0 in a lexicon without terms. */
static int scan_to_block(struct lexicon_scan *scan, struct lexicon *lexicon, struct span from, struct err *err)
{
	*scan = (struct lexicon_scan){.lexicon = lexicon};
	if (lexicon->block_count == 0)
		return 0;
	if (find_block(lexicon, from, &scan->block, err) < 0)
		return -1;
	return enter_block(scan, err) < 0 ? -1 : 1;
}

int lexicon_find(struct lexicon *lexicon, struct span text, struct lexicon_entry *out, struct err *err)
{
	struct lexicon_scan scan;
	int status = scan_to_block(&scan, lexicon, text, err);

	while (status > 0 && scan.left && cursor_left(&scan.c)) {
		int order;

		status = decode_entry(&scan, out, err);
		order = status > 0 ? span_compare(out->text, text) : 0;
		if (status < 0 || order == 0)
			return status;
		if (order > 0)
			return 0;
	}
	return status < 0 ? -1 : 0;
}

int lexicon_scan_start(struct lexicon_scan *scan, struct lexicon *lexicon, struct err *err)
{
	return scan_to_block(scan, lexicon, (struct span){NULL, 0}, err) < 0 ? -1 : 0;
}
