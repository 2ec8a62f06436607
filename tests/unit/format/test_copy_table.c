#include "copy_table.h"

#include "image.h"
#include "random.h"
#include "unit.h"

enum { KIND = CONTAINER_NAME('T', 'E', 'S', 'T'), NAME = CONTAINER_NAME('C', 'O', 'P', 'Y'), SECTIONS = 100 };

/* A table of these bytes, opened; the image must outlive it. */
static int open_table(struct copy_table *table, struct container *container, struct buf *image, struct span bytes,
		      struct err *err)
{
	const struct image_chunk chunk = {NAME, bytes};

	*err = (struct err){0};
	image_make(image, KIND, &chunk, 1);
	assert_int_equal(container_open(container, buf_span(image), KIND, "f", err), 0);
	return copy_table_open(table, container, NAME, SECTIONS, err);
}

/* Each section's next one; UINT32_MAX for none. */
static void read_all(const struct copy_table *table, uint32_t next[SECTIONS])
{
	struct err err = {0};

	for (uint32_t i = 0; i < SECTIONS; i++) {
		int found = copy_table_next(table, i, &next[i], &err);

		assert_true(found >= 0);
		if (!found)
			next[i] = UINT32_MAX;
	}
}

static void names_the_next_one(void **state)
{
	static const uint64_t texts[SECTIONS] = {[2] = 7, [3] = 9, [5] = 7, [40] = 7, [41] = 9, [50] = 8};
	struct container container;
	struct copy_table table;
	uint32_t next[SECTIONS];
	struct buf bytes = {0};
	struct buf image = {0};
	struct err err;

	(void)state;
	copy_table_encode(&bytes, texts, SECTIONS);
	assert_int_equal(bytes.n, 5 * COPY_TABLE_ENTRY);
	assert_int_equal(open_table(&table, &container, &image, buf_span(&bytes), &err), 0);
	assert_int_equal(copy_table_check(&table, &err), 0);
	read_all(&table, next);
	for (uint32_t i = 0; i < SECTIONS; i++)
		assert_int_equal(next[i], i == 2    ? 5
					  : i == 5  ? 40
					  : i == 40 ? 2
					  : i == 3  ? 41
					  : i == 41 ? 3
						    : UINT32_MAX);
	container_close(&container);
	buf_release(&bytes);
	buf_release(&image);
}

static void is_empty_without_copies(void **state)
{
	static const uint64_t texts[3] = {1, 0, 2};
	struct buf bytes = {0};

	(void)state;
	copy_table_encode(&bytes, texts, 3);
	copy_table_encode(&bytes, texts, 0);
	assert_int_equal(bytes.n, 0);
	assert_false(bytes.failed);
}

/* Whatever the texts: those that come after each other round a ring are those that are equal. */
static void agrees_with_comparing_all(void **state)
{
	uint64_t seed = 4;

	(void)state;
	for (int round = 0; round < 200; round++) {
		uint32_t kinds = 1 + random_below(&seed, 80);
		uint64_t texts[SECTIONS];
		struct container container;
		struct copy_table table;
		uint32_t next[SECTIONS];
		struct buf bytes = {0};
		struct buf image = {0};
		struct err err;

		for (uint32_t i = 0; i < SECTIONS; i++)
			texts[i] = random_below(&seed, kinds) * UINT64_C(0x123456789ABCDEF);
		copy_table_encode(&bytes, texts, SECTIONS);
		assert_int_equal(open_table(&table, &container, &image, buf_span(&bytes), &err), 0);
		assert_int_equal(copy_table_check(&table, &err), 0);
		read_all(&table, next);
		for (uint32_t i = 0; i < SECTIONS; i++) {
			uint32_t expected = UINT32_MAX;

			for (uint32_t k = 1; k < SECTIONS && texts[i] && expected == UINT32_MAX; k++)
				if (texts[(i + k) % SECTIONS] == texts[i])
					expected = (i + k) % SECTIONS;
			assert_int_equal(next[i], expected);
		}
		container_close(&container);
		buf_release(&bytes);
		buf_release(&image);
	}
}

/* `check`: only a full check sees it. */
static void refuses(void **state)
{
	static const struct {
		const char *what;
		uint32_t numbers[8];
		size_t bytes;
		bool check;
	} table[] = {
		{"half an entry", {1, 2, 2}, 12, false},
		{"more entries than sections", {0}, 8 * (SECTIONS + 1), false},
		{"a section that is not there", {1, 2, SECTIONS, 1}, 16, true},
		{"a next one that is not there", {1, SECTIONS, 2, 1}, 16, true},
		{"a next one without an entry", {1, 3, 2, 1}, 16, true},
		{"sections that do not rise", {2, 1, 1, 2}, 16, true},
		{"a section twice", {1, 2, 1, 2}, 16, true},
		{"a ring of one", {1, 1}, 8, true},
		{"a ring that does not close", {1, 2, 2, 3, 3, 2}, 24, true},
		{"a ring that falls before its end", {1, 3, 2, 1, 3, 2}, 24, true},
		{"two rings with one end", {1, 2, 2, 1, 3, 1}, 24, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct container container;
		struct copy_table copies;
		struct buf bytes = {0};
		struct buf image = {0};
		struct err err;
		int status;

		for (size_t k = 0; k < table[i].bytes / 4; k++)
			buf_add_u32(&bytes, k < 8 ? table[i].numbers[k] : 0);
		status = open_table(&copies, &container, &image, buf_span(&bytes), &err);
		assert_int_equal(status, table[i].check ? 0 : -1);
		if (table[i].check && copy_table_check(&copies, &err) == 0)
			fail_msg("%s: not told", table[i].what);
		assert_int_equal(err.kind, ERR_DAMAGED);
		container_close(&container);
		buf_release(&bytes);
		buf_release(&image);
	}
}

/* Any bytes: what comes out is a section, and looking ends. */
static void takes_any_bytes(void **state)
{
	uint64_t seed = 8;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct container container;
		struct copy_table table;
		struct buf bytes = {0};
		struct buf image = {0};
		struct err err;

		for (uint32_t n = random_below(&seed, 20) * 2; n; n--)
			buf_add_u32(&bytes, random_below(&seed, 3) ? random_below(&seed, SECTIONS)
								   : random_below(&seed, UINT32_MAX));
		assert_int_equal(open_table(&table, &container, &image, buf_span(&bytes), &err), 0);
		copy_table_check(&table, &err);
		for (uint32_t i = 0; i < SECTIONS; i++) {
			uint32_t next = 0;

			if (copy_table_next(&table, i, &next, &err) > 0)
				assert_true(next < SECTIONS);
		}
		container_close(&container);
		buf_release(&bytes);
		buf_release(&image);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_the_next_one),        cmocka_unit_test(is_empty_without_copies),
		cmocka_unit_test(agrees_with_comparing_all), cmocka_unit_test(refuses),
		cmocka_unit_test(takes_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
