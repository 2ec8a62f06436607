#include "container.h"

#include "mem.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { HEAD_BYTES = 16, ENTRY_BYTES = 24, TAIL_BYTES = 64, SUM_BYTES = 4, PAGE_SUMS = CONTAINER_PAGE / SUM_BYTES };

static const char magic[8] = {'\x93', 'K', 'B', 'S', '\r', '\n', '\x1a', '\n'};

static void emit(struct container_writer *writer, struct span bytes)
{
	XXH3_64bits_update(writer->whole, bytes.p, bytes.n);
	out_add(writer->out, bytes);
}

static void end_page(struct container_writer *writer)
{
	buf_add_u32(&writer->sums, checksum_32(buf_span(&writer->page)));
	emit(writer, buf_span(&writer->page));
	buf_reset(&writer->page);
}

int container_begin(struct container_writer *writer, struct out *out, uint32_t kind, struct err *err)
{
	struct buf head = {0};

	*writer = (struct container_writer){.out = out, .whole = XXH3_createState()};
	if (!writer->whole)
		return err_memory(err, "write an index");
	XXH3_64bits_reset(writer->whole);
	buf_add(&head, magic, sizeof magic);
	buf_add_u32(&head, kind);
	buf_add_u32(&head, CONTAINER_VERSION);
	writer->failed = head.failed;
	container_add(writer, buf_span(&head));
	buf_release(&head);
	return 0;
}

static uint64_t position(const struct container_writer *writer)
{
	return writer->sums.n / SUM_BYTES * CONTAINER_PAGE + writer->page.n;
}

/* The length of the last chunk is known when the next thing begins. */
static void end_chunk(struct container_writer *writer)
{
	unsigned char *entry;
	uint64_t length;

	if (writer->table.failed || writer->table.n < ENTRY_BYTES)
		return;
	entry = (unsigned char *)writer->table.data + writer->table.n - ENTRY_BYTES;
	length = position(writer) - load_u64(entry + 8);
	store_u64(entry + 16, length);
}

void container_chunk(struct container_writer *writer, uint32_t name)
{
	end_chunk(writer);
	buf_add_u32(&writer->table, name);
	buf_add_u32(&writer->table, 0);
	buf_add_u64(&writer->table, position(writer));
	buf_add_u64(&writer->table, 0);
}

void container_add(struct container_writer *writer, struct span bytes)
{
	while (bytes.n && !writer->page.failed) {
		size_t room = CONTAINER_PAGE - writer->page.n;
		size_t n = bytes.n < room ? bytes.n : room;

		buf_add(&writer->page, bytes.p, n);
		bytes.p += n;
		bytes.n -= n;
		if (writer->page.n == CONTAINER_PAGE)
			end_page(writer);
	}
	writer->failed |= writer->page.failed;
}

void container_add_chunk(struct container_writer *writer, uint32_t name, const struct buf *bytes)
{
	container_chunk(writer, name);
	container_add(writer, buf_span(bytes));
	writer->failed |= bytes->failed;
}

static void emit_u64(struct container_writer *writer, uint64_t value)
{
	unsigned char bytes[8];

	store_u64(bytes, value);
	emit(writer, (struct span){(const char *)bytes, sizeof bytes});
}

/* The sums of the pages that the sums themselves fill. */
static void add_roots(struct buf *out, struct span sums)
{
	while (sums.n) {
		size_t n = sums.n < CONTAINER_PAGE ? sums.n : CONTAINER_PAGE;

		buf_add_u32(out, checksum_32((struct span){sums.p, n}));
		sums.p += n;
		sums.n -= n;
	}
}

static void add_tail(struct container_writer *writer, struct buf *end, uint64_t sums_offset,
		     const struct checksum_128 *id)
{
	buf_add_u32(end, 0);
	buf_add_u32(end, 0);
	buf_add_u32(end, (uint32_t)(writer->table.n / ENTRY_BYTES));
	buf_add_u32(end, 0);
	buf_add_u64(end, sums_offset);
	/* `end` holds roots, table and 24 bytes of the tail. */
	buf_add_u64(end, sums_offset + writer->sums.n + end->n - 24 + TAIL_BYTES);
	buf_add(end, id->bytes, sizeof id->bytes);
	buf_add_u64(end, checksum_64(buf_span(end)));
}

int container_finish(struct container_writer *writer, struct checksum_128 *id, struct err *err)
{
	struct buf end = {0};
	uint64_t sums_offset;

	end_chunk(writer);
	sums_offset = position(writer);
	if (writer->page.n)
		end_page(writer);
	*id = checksum_128(buf_span(&writer->sums));
	add_roots(&end, buf_span(&writer->sums));
	buf_add_span(&end, buf_span(&writer->table));
	add_tail(writer, &end, sums_offset, id);
	writer->failed |= end.failed || writer->sums.failed || writer->table.failed;
	emit(writer, buf_span(&writer->sums));
	emit(writer, buf_span(&end));
	emit_u64(writer, XXH3_64bits_digest(writer->whole));
	buf_release(&end);
	return writer->failed ? err_memory(err, "write an index") : 0;
}

void container_writer_release(struct container_writer *writer)
{
	buf_release(&writer->page);
	buf_release(&writer->sums);
	buf_release(&writer->table);
	XXH3_freeState(writer->whole);
	writer->whole = NULL;
}

int container_damaged(const struct container *container, uint64_t offset, const char *what, struct err *err)
{
	return err_set(err, ERR_DAMAGED, "%s: damaged (%s, at byte %llu); rebuild it with kbindex --force",
		       container->path, what, (unsigned long long)offset);
}

static int check_head(const struct container *container, uint32_t kind, struct err *err)
{
	struct cursor c = cursor_of(container->bytes);
	struct span start = cursor_bytes(&c, sizeof magic);
	uint32_t found_kind = cursor_u32(&c);
	uint32_t version = cursor_u32(&c);

	if (c.failed || memcmp(start.p, magic, sizeof magic) != 0 || found_kind != kind)
		return err_set(err, ERR_FOREIGN, "%s: not a file of a kbsearch index; rebuild it with kbindex --force",
			       container->path);
	if (version != CONTAINER_VERSION)
		return err_set(err, ERR_VERSION,
			       "%s: index format %u, this program reads %u; index its directories again: kbindex DIR",
			       container->path, version, CONTAINER_VERSION);
	return 0;
}

/* Fills the chunk table; every chunk must begin where the one before ended. */
static int read_table(struct container *container, struct cursor *c, uint32_t count, struct err *err)
{
	uint64_t offset = HEAD_BYTES;

	if (count > CONTAINER_CHUNKS)
		return container_damaged(container, container->sums_offset, "too many chunks", err);
	for (unsigned i = 0; i < count; i++) {
		struct chunk *chunk = &container->chunks[i];
		uint32_t zero;

		chunk->name = cursor_u32(c);
		zero = cursor_u32(c);
		chunk->offset = cursor_u64(c);
		chunk->length = cursor_u64(c);
		if (c->failed || zero || chunk->offset != offset ||
		    chunk->length > container->sums_offset - chunk->offset)
			return container_damaged(container, offset, "chunk table", err);
		for (unsigned k = 0; k < i; k++)
			if (container->chunks[k].name == chunk->name)
				return container_damaged(container, offset, "chunk named twice", err);
		offset += chunk->length;
	}
	container->chunk_count = count;
	return offset == container->sums_offset ? 0 : container_damaged(container, offset, "chunk table", err);
}

/* Everything but the checksums. `tail` stands at its first byte; *count: chunks. */
static int read_tail(struct container *container, struct cursor *tail, uint32_t *required, uint32_t *count,
		     struct err *err)
{
	uint64_t n = container->bytes.n;
	uint64_t length;
	uint64_t rest; /* after the sums and their roots */
	uint32_t zero;
	struct span id;

	*required = cursor_u32(tail);
	cursor_u32(tail);
	*count = cursor_u32(tail);
	zero = cursor_u32(tail);
	container->sums_offset = cursor_u64(tail);
	length = cursor_u64(tail);
	id = cursor_bytes(tail, sizeof container->id.bytes);
	memcpy(container->id.bytes, id.p, id.n);
	if (length != n)
		return container_damaged(container, n, "cut short or grown", err);
	if (zero || container->sums_offset < HEAD_BYTES || container->sums_offset > n)
		return container_damaged(container, n - TAIL_BYTES, "tail", err);
	container->page_count = (container->sums_offset + CONTAINER_PAGE - 1) / CONTAINER_PAGE;
	container->roots_offset = container->sums_offset + container->page_count * SUM_BYTES;
	rest = (uint64_t)*count * ENTRY_BYTES + TAIL_BYTES;
	if (container->roots_offset + (container->page_count + PAGE_SUMS - 1) / PAGE_SUMS * SUM_BYTES + rest != n)
		return container_damaged(container, n - TAIL_BYTES, "tail", err);
	return 0;
}

static int read_end(struct container *container, struct err *err)
{
	const char *base = container->bytes.p;
	size_t n = container->bytes.n;
	struct cursor tail = cursor_of((struct span){base + n - TAIL_BYTES, TAIL_BYTES});
	struct cursor table;
	uint32_t required;
	uint32_t count;
	size_t table_bytes;

	if (read_tail(container, &tail, &required, &count, err) < 0)
		return -1;
	if (checksum_64((struct span){base + container->roots_offset, n - 16 - (size_t)container->roots_offset}) !=
	    cursor_u64(&tail))
		return container_damaged(container, container->roots_offset, "checksum of the tail", err);
	if (required)
		return err_set(err, ERR_VERSION, "%s: needs features of a newer kbsearch", container->path);
	table_bytes = (size_t)count * ENTRY_BYTES;
	table = cursor_of((struct span){base + n - TAIL_BYTES - table_bytes, table_bytes});
	return read_table(container, &table, count, err);
}

int container_open(struct container *container, struct span bytes, uint32_t kind, const char *path, struct err *err)
{
	uint64_t pages;

	*container = (struct container){.bytes = bytes, .path = path};
	if (check_head(container, kind, err) < 0)
		return -1;
	if (bytes.n < HEAD_BYTES + TAIL_BYTES)
		return container_damaged(container, bytes.n, "cut short", err);
	if (read_end(container, err) < 0)
		return -1;
	pages = container->page_count + (container->page_count + PAGE_SUMS - 1) / PAGE_SUMS;
	container->checked = mem_zero((size_t)pages / 8 + 1, 1);
	return container->checked ? 0 : err_memory(err, "open an index");
}

void container_close(struct container *container)
{
	mem_free(container->checked);
	*container = (struct container){0};
}

bool container_has(const struct container *container, uint32_t name, struct chunk *out)
{
	for (unsigned i = 0; i < container->chunk_count; i++) {
		if (container->chunks[i].name == name) {
			*out = container->chunks[i];
			return true;
		}
	}
	return false;
}

int container_find(const struct container *container, uint32_t name, struct chunk *out, struct err *err)
{
	if (container_has(container, name, out))
		return 0;
	return container_damaged(container, container->sums_offset, "a chunk is missing", err);
}

static bool is_checked(const struct container *container, uint64_t bit)
{
	return container->checked[bit / 8] >> bit % 8 & 1;
}

/* Page `page` of the bytes [start, end) has the sum that stands at `sums`. */
static int check_sum(struct container *container, uint64_t start, uint64_t end, uint64_t page, uint64_t sums,
		     const char *what, struct err *err)
{
	const char *base = container->bytes.p;

	start += page * CONTAINER_PAGE;
	if (end - start > CONTAINER_PAGE)
		end = start + CONTAINER_PAGE;
	if (checksum_32((struct span){base + start, (size_t)(end - start)}) !=
	    load_u32((const unsigned char *)base + sums + page * SUM_BYTES))
		return container_damaged(container, start, what, err);
	return 0;
}

static int check_page(struct container *container, uint64_t page, struct err *err)
{
	uint64_t sums = page / PAGE_SUMS;
	uint64_t bit = container->page_count + sums;

	if (!is_checked(container, bit) && check_sum(container, container->sums_offset, container->roots_offset, sums,
						     container->roots_offset, "checksum of the sums", err) < 0)
		return -1;
	container->checked[bit / 8] |= (unsigned char)(1u << bit % 8);
	if (check_sum(container, 0, container->sums_offset, page, container->sums_offset, "checksum of a page", err) <
	    0)
		return -1;
	container->checked[page / 8] |= (unsigned char)(1u << page % 8);
	return 0;
}

int container_view(struct container *container, const struct chunk *chunk, uint64_t offset, uint64_t length,
		   struct span *out, struct err *err)
{
	uint64_t start;

	if (offset > chunk->length || length > chunk->length - offset)
		return container_damaged(container, chunk->offset, "a reference outside its chunk", err);
	start = chunk->offset + offset;
	*out = (struct span){container->bytes.p + start, (size_t)length};
	if (length == 0)
		return 0;
	for (uint64_t page = start / CONTAINER_PAGE; page <= (start + length - 1) / CONTAINER_PAGE; page++)
		if (!is_checked(container, page) && check_page(container, page, err) < 0)
			return -1;
	return 0;
}

int container_check(struct container *container, struct err *err)
{
	struct span bytes = container->bytes;
	struct checksum_128 id;

	for (uint64_t page = 0; page < container->page_count; page++)
		if (check_page(container, page, err) < 0)
			return -1;
	id = checksum_128((struct span){bytes.p + container->sums_offset,
					(size_t)(container->roots_offset - container->sums_offset)});
	if (memcmp(&id, &container->id, sizeof id) != 0)
		return container_damaged(container, bytes.n - TAIL_BYTES, "id", err);
	if (checksum_64((struct span){bytes.p, bytes.n - 8}) != load_u64((const unsigned char *)bytes.p + bytes.n - 8))
		return container_damaged(container, bytes.n - 8, "checksum of the file", err);
	return 0;
}
