#include "records.h"

#include "image.h"
#include "unit.h"

#define NAME CONTAINER_NAME('R', 'E', 'C', 'S')

static void fill(struct buf *bytes, uint32_t count)
{
	buf_reset(bytes);
	for (uint32_t i = 0; i < count; i++)
		buf_add_u64(bytes, i * UINT64_C(0x9E3779B97F4A7C15));
}

/* The records between two other chunks, so that their groups are not the file's pages. */
static void make_image(struct buf *image, const struct buf *bytes)
{
	const struct image_chunk chunks[] = {{1, span_of("before")}, {NAME, buf_span(bytes)}, {2, span_of("after")}};

	image_make(image, IMAGE_KIND, chunks, 3);
}

static void every_record_is_where_it_was_put(void **state)
{
	static const uint32_t counts[] = {
		0,   1, RECORDS_GROUP - 1, RECORDS_GROUP, RECORDS_GROUP + 1, 8 * RECORDS_GROUP, 8 * RECORDS_GROUP + 1,
		5000};
	struct buf bytes = {0};
	struct buf image = {0};

	(void)state;
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		struct container container;
		struct records records;
		struct err err = {0};

		fill(&bytes, counts[i]);
		make_image(&image, &bytes);
		assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
		assert_int_equal(records_open(&records, &container, NAME, &err), 0);
		assert_int_equal(records.count, counts[i]);
		for (uint32_t k = 0; k < counts[i]; k++) {
			uint32_t number = (uint32_t)(k * UINT64_C(1237) % counts[i]);
			const unsigned char *at = records_at(&records, number, &err);

			assert_non_null(at);
			assert_memory_equal(at, bytes.data + (size_t)number * RECORD_BYTES, RECORD_BYTES);
			assert_true(records_checked(&records, number));
		}
		records_close(&records);
		container_close(&container);
	}
	buf_release(&bytes);
	buf_release(&image);
}

/* A group is looked at once, and as a whole: damage is told for each of its records, and for no other's that has no byte
 * on the same page. */
static void damage_is_told_where_it_is(void **state)
{
	enum { COUNT = 6 * RECORDS_GROUP + 9 };
	struct buf bytes = {0};
	struct buf image = {0};
	struct container container;
	struct records records;
	struct chunk chunk;
	struct err err = {0};
	size_t at;

	(void)state;
	fill(&bytes, COUNT);
	make_image(&image, &bytes);
	assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(container_find(&container, NAME, &chunk, &err), 0);
	assert_int_equal(records_open(&records, &container, NAME, &err), 0);
	at = (size_t)chunk.offset + (3 * RECORDS_GROUP + 40) * RECORD_BYTES;
	image.data[at] ^= 1;
	for (uint32_t i = 0; i < COUNT; i++) {
		size_t first = (size_t)chunk.offset + i / RECORDS_GROUP * (size_t)CONTAINER_PAGE;
		size_t page = at / CONTAINER_PAGE;
		size_t last = i / RECORDS_GROUP == COUNT / RECORDS_GROUP ? first + 9 * RECORD_BYTES - 1
									 : first + CONTAINER_PAGE - 1;
		bool told = first / CONTAINER_PAGE <= page && last / CONTAINER_PAGE >= page;

		err = (struct err){0};
		assert_int_equal(records_at(&records, i, &err) == NULL, told);
		assert_int_equal(err.kind, told ? ERR_DAMAGED : ERR_NONE);
	}
	records_close(&records);
	container_close(&container);
	buf_release(&bytes);
	buf_release(&image);
}

static void a_part_of_a_record_is_refused(void **state)
{
	struct buf bytes = {0};
	struct buf image = {0};

	(void)state;
	for (unsigned cut = 0; cut < RECORD_BYTES; cut++) {
		struct container container;
		struct records records;
		struct err err = {0};

		fill(&bytes, 3);
		bytes.n -= cut;
		make_image(&image, &bytes);
		assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
		assert_int_equal(records_open(&records, &container, NAME, &err), cut ? -1 : 0);
		assert_int_equal(err.kind, cut ? ERR_DAMAGED : ERR_NONE);
		records_close(&records);
		assert_int_equal(records_open(&records, &container, 99, &err), -1);
		records_close(&records);
		container_close(&container);
	}
	buf_release(&bytes);
	buf_release(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_record_is_where_it_was_put),
		cmocka_unit_test(damage_is_told_where_it_is),
		cmocka_unit_test(a_part_of_a_record_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
