#include "section_table.h"

#include "image.h"
#include "random.h"
#include "store.h"
#include "unit.h"

static const uint32_t names[4] = {1, 2, 3, 4};

struct model {
	uint32_t count;
	uint32_t document_count;
	uint64_t text_bytes;
	struct section_record *records;
};

static uint64_t rarely(uint64_t *seed, uint32_t limit)
{
	return random_below(seed, 9) ? 0 : random_below(seed, limit);
}

/* A section after `before` (NULL: the first of its document, which begins with section `first`). */
static void random_record(struct section_record *record, const struct section_record *before, uint32_t number,
			  uint32_t first, uint64_t *seed)
{
	uint64_t line = before ? before->line_end + 1ull : 1;

	if (line > 3000000000u || random_below(seed, 12) == 0)
		line = random_below(seed, random_below(seed, 2) ? 10 : 2000000000);
	record->line_first = (uint32_t)line;
	record->line_start = record->line_first + (uint32_t)(random_below(seed, 2) + rarely(seed, 100000));
	record->line_end = record->line_start + random_below(seed, 60) + (uint32_t)rarely(seed, 1000000);
	record->parent = SECTION_RECORD_NO_PARENT;
	if (number > first && random_below(seed, 3))
		record->parent = number - 1 - random_below(seed, number - first);
	record->level = (uint16_t)random_below(seed, SECTION_LEVEL_MAX + 1);
	record->flags = (uint16_t)rarely(seed, 65536);
	record->occurrence = (uint32_t)rarely(seed, UINT32_MAX);
}

/* Sections in documents, some of which have none; long texts only when `wide`. */
static void make_model(struct model *model, uint32_t count, bool wide, uint64_t *seed)
{
	uint32_t first = 0;
	uint32_t document = rarely(seed, 4) != 0;
	uint64_t head = 0;

	*model = (struct model){.count = count, .records = test_malloc((count + 1) * sizeof *model->records)};
	for (uint32_t i = 0; i < count; i++) {
		struct section_record *record = &model->records[i];
		bool begins = i == 0 || random_below(seed, 7) == 0;

		*record = (struct section_record){.start = model->text_bytes, .head = head};
		if (begins) {
			first = i;
			document += (i > 0) + (uint32_t)rarely(seed, 50);
		}
		random_record(record, begins ? NULL : record - 1, i, first, seed);
		record->document = document;
		/* one in five has a head that stands before */
		if (i && random_below(seed, 5) == 0)
			record->head = model->records[random_below(seed, i)].head;
		model->text_bytes += wide && random_below(seed, 9) == 0 ? STORE_FRAME_MAX : random_below(seed, 4000);
		head += wide && random_below(seed, 9) == 0 ? 1ull << 40 : random_below(seed, 60);
	}
	model->document_count = count ? document + 1 + (uint32_t)rarely(seed, 5) : (uint32_t)rarely(seed, 5);
}

struct written {
	struct buf chunks[4];
	struct buf image;
	struct container container;
	struct section_table table;
};

/* The groups are taken out whenever some are finished, as a writer of large indexes does. */
static void write_model(struct written *w, const struct model *model)
{
	struct section_table_writer writer = {0};
	const struct buf *rest[4] = {NULL, &writer.index, &writer.bare, &writer.documents};

	*w = (struct written){0};
	for (uint32_t i = 0; i < model->count; i++) {
		section_table_add(&writer, &model->records[i]);
		buf_add_span(&w->chunks[0], buf_span(&writer.groups));
		buf_reset(&writer.groups);
	}
	section_table_finish(&writer, model->document_count, model->text_bytes);
	assert_false(writer.failed);
	assert_int_equal(writer.count, model->count);
	buf_add_span(&w->chunks[0], buf_span(&writer.groups));
	for (unsigned i = 1; i < 4; i++)
		buf_add_span(&w->chunks[i], buf_span(rest[i]));
	section_table_writer_release(&writer);
}

static int open_written(struct written *w, const struct model *model, struct err *err)
{
	struct image_chunk chunks[4];

	for (unsigned i = 0; i < 4; i++)
		chunks[i] = (struct image_chunk){names[i], buf_span(&w->chunks[i])};
	image_make(&w->image, IMAGE_KIND, chunks, 4);
	assert_int_equal(container_open(&w->container, buf_span(&w->image), IMAGE_KIND, "f", err), 0);
	return section_table_open(&w->table, &w->container, names, model->count, model->document_count, err);
}

static void release(struct written *w)
{
	container_close(&w->container);
	buf_release(&w->image);
	for (unsigned i = 0; i < 4; i++)
		buf_release(&w->chunks[i]);
}

static void assert_record(const struct section_record *a, const struct section_record *b)
{
	assert_int_equal(a->start, b->start);
	assert_int_equal(a->head, b->head);
	assert_int_equal(a->document, b->document);
	assert_int_equal(a->parent, b->parent);
	assert_int_equal(a->line_first, b->line_first);
	assert_int_equal(a->line_start, b->line_start);
	assert_int_equal(a->line_end, b->line_end);
	assert_int_equal(a->occurrence, b->occurrence);
	assert_int_equal(a->level, b->level);
	assert_int_equal(a->flags, b->flags);
}

static void check_read(struct written *w, const struct model *model, uint32_t number)
{
	struct section_record record;
	struct err err = {0};
	uint64_t end;

	assert_int_equal(section_table_read(&w->table, number, &record, &end, &err), 0);
	assert_record(&record, &model->records[number]);
	assert_int_equal(end, number + 1 < model->count ? model->records[number + 1].start : model->text_bytes);
}

static void check_documents(struct written *w, const struct model *model)
{
	uint32_t next = 0;
	uint32_t first;
	uint32_t end;
	struct err err = {0};

	for (uint32_t i = 0; i < model->document_count; i++) {
		assert_int_equal(section_table_document(&w->table, i, &first, &end, &err), 0);
		assert_int_equal(first, next);
		while (next < model->count && model->records[next].document == i)
			next++;
		assert_int_equal(end, next);
	}
	assert_int_equal(next, model->count);
}

static void check_bare(struct written *w, const struct model *model)
{
	const unsigned char *bits;
	struct err err = {0};

	assert_int_equal(section_table_bare(&w->table, &bits, &err), 0);
	for (uint32_t i = 0; i < model->count; i++)
		assert_int_equal(bits[i / 8] >> i % 8 & 1, model->records[i].flags != 0);
}

static void check_model(uint32_t count, bool wide, uint64_t *seed)
{
	struct model model;
	struct written w;
	struct err err = {0};

	make_model(&model, count, wide, seed);
	write_model(&w, &model);
	assert_int_equal(open_written(&w, &model, &err), 0);
	assert_int_equal(w.table.text_bytes, model.text_bytes);
	for (uint32_t i = 0; i < count; i++)
		check_read(&w, &model, i);
	for (uint32_t i = count; i-- > 0;)
		check_read(&w, &model, i);
	for (uint32_t i = 0; i < 500 && count; i++)
		check_read(&w, &model, random_below(seed, count));
	check_documents(&w, &model);
	check_bare(&w, &model);
	release(&w);
	test_free(model.records);
}

static void what_is_added_is_read(void **state)
{
	static const uint32_t sizes[] = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 500, 3000};
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		for (int round = 0; round < 5; round++) {
			check_model(sizes[i], false, &seed);
			check_model(sizes[i], true, &seed);
		}
	}
}

static void largest_numbers_fit(void **state)
{
	struct section_record record = {.document = 6,
					.parent = SECTION_RECORD_NO_PARENT,
					.line_first = UINT32_MAX,
					.line_start = UINT32_MAX,
					.line_end = UINT32_MAX,
					.occurrence = UINT32_MAX,
					.level = SECTION_LEVEL_MAX,
					.flags = UINT16_MAX,
					.head = UINT64_MAX / 2};
	struct model model = {.count = 1, .document_count = 7, .text_bytes = STORE_FRAME_MAX, .records = &record};
	struct written w;
	struct err err = {0};

	(void)state;
	write_model(&w, &model);
	assert_int_equal(open_written(&w, &model, &err), 0);
	check_read(&w, &model, 0);
	release(&w);
	record.line_first = record.line_start = 0;
	write_model(&w, &model);
	assert_int_equal(open_written(&w, &model, &err), 0);
	check_read(&w, &model, 0);
	release(&w);
}

/* What every reader of the table relies on. */
static void assert_sound(const struct section_table *table, uint32_t number, const struct section_record *record,
			 uint64_t end)
{
	assert_true(record->document < table->document_count);
	assert_true(record->parent == SECTION_RECORD_NO_PARENT || record->parent < number);
	assert_true(record->line_first <= record->line_start && record->line_start <= record->line_end);
	assert_true(record->start <= end && end <= table->text_bytes && end - record->start <= STORE_FRAME_MAX);
}

/* Reads everything: how many sections could be read, -1 when even opening failed. */
static int64_t read_all(struct written *w, const struct model *model, struct err *err)
{
	struct section_record record;
	const unsigned char *bits;
	int64_t count = 0;
	uint32_t pair[2];
	uint64_t end;
	uint64_t next = 0;

	if (open_written(w, model, err) < 0)
		return -1;
	for (uint32_t i = 0; i < model->count; i++) {
		if (section_table_read(&w->table, i, &record, &end, err) < 0)
			continue;
		assert_sound(&w->table, i, &record, end);
		if (count == i)
			assert_int_equal(record.start, next);
		next = end;
		count++;
	}
	section_table_bare(&w->table, &bits, err);
	for (uint32_t i = 0; i < model->document_count; i++)
		if (section_table_document(&w->table, i, &pair[0], &pair[1], err) == 0)
			assert_true(pair[0] <= pair[1] && pair[1] <= model->count);
	assert_true(err->kind == ERR_NONE || err->kind == ERR_DAMAGED);
	return count;
}

/* One chunk with a changed copy; the count of read_all(). */
static int64_t judge(const struct written *w, const struct model *model, unsigned chunk, struct span changed,
		     struct err *err)
{
	struct written copy = {0};
	int64_t count;

	for (unsigned i = 0; i < 4; i++)
		buf_add_span(&copy.chunks[i], i == chunk ? changed : buf_span(&w->chunks[i]));
	*err = (struct err){0};
	count = read_all(&copy, model, err);
	release(&copy);
	return count;
}

static void every_cut_is_refused(void **state)
{
	uint64_t seed = 4;
	struct model model;
	struct written w;
	struct err err;

	(void)state;
	make_model(&model, 70, false, &seed);
	write_model(&w, &model);
	for (unsigned chunk = 0; chunk < 4; chunk++) {
		const struct buf *buf = &w.chunks[chunk];
		char longer[8] = {0};
		struct buf more = {0};

		for (size_t n = 0; n < buf->n; n++)
			assert_int_equal(judge(&w, &model, chunk, (struct span){buf->data, n}, &err), -1);
		assert_int_equal(judge(&w, &model, chunk, buf_span(buf), &err), 70);
		buf_add_span(&more, buf_span(buf));
		for (unsigned i = 0; i < sizeof longer; i++) {
			buf_add_byte(&more, 0);
			assert_int_equal(judge(&w, &model, chunk, buf_span(&more), &err), -1);
		}
		buf_release(&more);
	}
	release(&w);
	test_free(model.records);
}

static void every_flipped_bit_is_survived(void **state)
{
	uint64_t seed = 6;
	struct model model;
	struct written w;
	struct err err;

	(void)state;
	make_model(&model, 40, false, &seed);
	write_model(&w, &model);
	for (unsigned chunk = 0; chunk < 4; chunk++) {
		size_t n = w.chunks[chunk].n;

		for (size_t bit = 0; bit < n * 8; bit++) {
			char *exact = image_exact(buf_span(&w.chunks[chunk]));

			exact[bit / 8] ^= (char)(1 << bit % 8);
			judge(&w, &model, chunk, (struct span){exact, n}, &err);
			/* offsets and documents have no slack at all */
			if (chunk == 1)
				assert_int_equal(err.kind, ERR_DAMAGED);
			test_free(exact);
		}
	}
	release(&w);
	test_free(model.records);
}

static void damage_never_leads_astray(void **state)
{
	uint64_t seed = 8;
	struct model model;
	struct written w;
	struct err err;

	(void)state;
	make_model(&model, 100, true, &seed);
	write_model(&w, &model);
	for (int round = 0; round < 6000; round++) {
		unsigned chunk = random_below(&seed, 3) ? 0 : random_below(&seed, 4);
		char *exact = image_exact(buf_span(&w.chunks[chunk]));
		uint32_t n = (uint32_t)w.chunks[chunk].n;

		for (uint32_t i = random_below(&seed, 3); i < 3; i++)
			exact[random_below(&seed, n)] = (char)(random_below(&seed, 2) ? random_below(&seed, 256) : 255);
		judge(&w, &model, chunk, (struct span){exact, n}, &err);
		test_free(exact);
	}
	release(&w);
	test_free(model.records);
}

/* Two sections of one document whose second record is made of bytes as a case says. */
struct bytes {
	unsigned char b[48];
	size_t n;
};

#define BYTES(...)                                                                                                     \
	{                                                                                                              \
		{__VA_ARGS__}, sizeof((const unsigned char[]){__VA_ARGS__})                                            \
	}

struct hostile {
	const char *what;
	struct bytes groups;
};

#define TWO     2 << 5 /* a header of level 0, two lines before the section */
#define MAX32   255, 255, 255, 255, 15
#define ABOVE32 255, 255, 255, 255, 16

static void malformed_groups_are_refused(void **state)
{
	static const struct bytes sound = BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, 50, 10, 1, 5, 100);
	static const struct hostile table[] = {
		{"does not begin at 0", BYTES(1, 0, 0, TWO, 49, 0, 0, 5, 1, 50, 10, 1, 5, 100)},
		{"a document too many", BYTES(0, 0, 1, TWO, 50, 0, 0, 5, 1, 50, 10, 1, 5, 100)},
		{"a document far too many", BYTES(0, 0, ABOVE32, TWO, 50, 0, 0, 5, 1, 50, 10, 1, 5, 100)},
		{"texts end before", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, 49, 10, 1, 5, 100)},
		{"texts end after", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, 51, 10, 1, 5, 100)},
		{"a text beyond all", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, MAX32, 10, 1, 5, 100)},
		{"a text above 32 bits", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, ABOVE32, 10, 1, 5, 100)},
		{"a parent before the first", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, 50, 10, 2, 5, 100)},
		{"a first section with a parent", BYTES(0, 0, 0, TWO, 50, 0, 1, 5, 1, 50, 10, 1, 5, 100)},
		{"a head before all", BYTES(0, 2, 0, TWO, 50, 0, 0, 5, 1, 50, 7, 1, 5, 100)},
		{"a head above 64 bits",
		 BYTES(0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0, TWO, 50, 0, 0, 5, 1, 50, 2, 1, 5, 100)},
		{"a head far before all",
		 BYTES(0, 1, 0, TWO, 50, 0, 0, 5, 1, 50, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1, 5, 100)},
		{"lines above 32 bits", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, 50, 10, 1, MAX32, 100)},
		{"level above the last", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 7, 50, 10, 1, 5, 100)},
		{"flags above 16 bits", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1 << 3, 50, 10, 1, 5, 128, 128, 4, 100)},
		{"occurrence above 32 bits", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1 << 4, 50, 10, 1, 5, ABOVE32, 100)},
		{"gap above 32 bits", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 3 << 5, 50, 10, 1, 5, MAX32, 100)},
		{"line above 32 bits", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1 << 7, 50, 10, 1, 5, ABOVE32, 100)},
		{"last line above 32 bits", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1 << 7, 50, 10, 1, 5, MAX32, 100)},
		{"not the shortest varint", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, 50, 10, 1, 0x85, 0, 100)},
		{"bytes after the records", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 1, 50, 10, 1, 5, 0, 100)},
		{"no second record", BYTES(0, 0, 0, TWO, 50, 0, 0, 5, 100)},
	};
	struct model model = {.count = 2, .document_count = 1};

	(void)state;
	for (size_t i = 0; i <= sizeof table / sizeof table[0]; i++) {
		const struct bytes *groups = i ? &table[i - 1].groups : &sound;
		struct written w = {0};
		struct err err = {0};
		int64_t count;

		buf_add(&w.chunks[0], groups->b, groups->n);
		buf_add_u32(&w.chunks[1], 0);
		buf_add_u32(&w.chunks[1], (uint32_t)groups->n - 1);
		buf_add_byte(&w.chunks[2], 0);
		buf_add_u32(&w.chunks[3], 0);
		buf_add_u32(&w.chunks[3], 2);
		count = read_all(&w, &model, &err);
		if (i == 0 ? count != 2 : count == 2 || err.kind != ERR_DAMAGED)
			fail_msg("%s: %d", i ? table[i - 1].what : "sound", (int)count);
		release(&w);
	}
}

static void bits_without_sections_are_refused(void **state)
{
	uint64_t seed = 2;
	struct model model;
	struct written w;
	const unsigned char *bits;
	struct err err = {0};

	(void)state;
	make_model(&model, 10, false, &seed);
	write_model(&w, &model);
	w.chunks[2].data[1] |= 4;
	assert_int_equal(open_written(&w, &model, &err), 0);
	assert_int_equal(section_table_bare(&w.table, &bits, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	release(&w);
	test_free(model.records);
}

static void a_missing_chunk_is_refused(void **state)
{
	struct model model = {0};
	struct written w;
	struct err err = {0};

	(void)state;
	write_model(&w, &model);
	assert_int_equal(open_written(&w, &model, &err), 0);
	for (unsigned i = 0; i < 4; i++) {
		uint32_t other[4];

		memcpy(other, names, sizeof other);
		other[i] = 9;
		err = (struct err){0};
		assert_int_equal(section_table_open(&w.table, &w.container, other, 0, 0, &err), -1);
		assert_int_equal(err.kind, ERR_DAMAGED);
	}
	release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_added_is_read),
		cmocka_unit_test(largest_numbers_fit),
		cmocka_unit_test(every_cut_is_refused),
		cmocka_unit_test(every_flipped_bit_is_survived),
		cmocka_unit_test(damage_never_leads_astray),
		cmocka_unit_test(malformed_groups_are_refused),
		cmocka_unit_test(bits_without_sections_are_refused),
		cmocka_unit_test(a_missing_chunk_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
