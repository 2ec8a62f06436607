#include "property_table.h"

#include "image.h"
#include "random.h"
#include "unit.h"

enum { KIND = CONTAINER_NAME('T', 'E', 'S', 'T'), NAME = CONTAINER_NAME('P', 'R', 'O', 'P'), DOCUMENTS = 300 };

static struct container container;
static struct buf image;

static void open_table(struct property_table *table, struct span bytes)
{
	const struct image_chunk chunk = {NAME, bytes};
	struct err err = {0};

	image_make(&image, KIND, &chunk, 1);
	assert_int_equal(container_open(&container, buf_span(&image), KIND, "f", &err), 0);
	assert_int_equal(property_table_open(table, &container, NAME, DOCUMENTS, &err), 0);
}

static int close_table(void **state)
{
	(void)state;
	container_close(&container);
	buf_release(&image);
	container = (struct container){0};
	return 0;
}

static int describe_documents(const struct property_table *table, struct cursor *documents, struct buf *out,
			      struct err *err)
{
	uint32_t next = 0;
	int got;

	while ((got = property_table_document(table, documents, &next, err)) > 0) {
		assert_true(next - 1 < DOCUMENTS);
		buf_printf(out, " %u", next - 1);
	}
	return got;
}

/* "key=value 1 2;", all of them. */
static int describe(const struct property_table *table, struct buf *out, struct err *err)
{
	struct cursor keys;
	struct cursor values;
	struct cursor documents;
	struct span key;
	struct span value;
	int got;

	buf_reset(out);
	if (property_table_keys(table, &keys, err) < 0)
		return -1;
	while ((got = property_table_next(table, &keys, &key, &values, err)) > 0) {
		while ((got = property_table_next(table, &values, &value, &documents, err)) > 0) {
			buf_printf(out, "%.*s=%.*s", (int)key.n, key.p, (int)value.n, value.p);
			if (describe_documents(table, &documents, out, err) < 0)
				return -1;
			buf_add_byte(out, ';');
		}
		if (got < 0)
			return -1;
	}
	return got;
}

static void add(struct buf *entries, uint32_t document, const char *key, const char *value)
{
	property_table_add(entries, document, span_of(key), span_of(value));
}

static void keeps_what_was_added(void **state)
{
	struct property_table table;
	struct buf entries = {0};
	struct buf later = {0};
	struct buf bytes = {0};
	struct buf out = {0};
	struct err err = {0};

	(void)state;
	add(&entries, 3, "tag", "乙");
	add(&entries, 0, "tag", "甲");
	add(&entries, 1, "by", "甲");
	add(&entries, 3, "tag", "乙"); /* twice */
	add(&later, 0, "tag", "乙");
	add(&later, 9, "tags", "乙");
	property_table_move(&entries, buf_span(&later), 200);
	property_table_encode(&bytes, buf_span(&entries));
	open_table(&table, buf_span(&bytes));
	assert_int_equal(property_table_check(&table, &err), 0);
	assert_int_equal(describe(&table, &out, &err), 0);
	assert_string_equal(buf_string(&out), "by=甲 1;tag=乙 3 200;tag=甲 0;tags=乙 209;");
	buf_release(&entries);
	buf_release(&later);
	buf_release(&bytes);
	buf_release(&out);
}

static void is_empty_without_front_matter(void **state)
{
	struct property_table table;
	struct buf bytes = {0};
	struct buf out = {0};
	struct err err = {0};

	(void)state;
	property_table_encode(&bytes, buf_span(&bytes));
	assert_int_equal(bytes.n, 0);
	open_table(&table, buf_span(&bytes));
	assert_int_equal(property_table_check(&table, &err), 0);
	assert_int_equal(describe(&table, &out, &err), 0);
	assert_int_equal(out.n, 0);
	buf_release(&out);
}

/* Whatever order they come in, and in however many batches. */
static void the_order_does_not_matter(void **state)
{
	static const char *const words[] = {"a", "ab", "b", "标签", "标"};
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 100; round++) {
		bool has[DOCUMENTS / 10][5][5] = {{{false}}};
		struct buf forth = {0};
		struct buf back = {0};
		struct buf one = {0};
		struct buf other = {0};

		for (unsigned n = random_below(&seed, 200); n; n--)
			has[random_below(&seed, DOCUMENTS / 10)][random_below(&seed, 5)][random_below(&seed, 5)] = true;
		for (unsigned i = 0; i < DOCUMENTS / 10 * 25; i++) {
			unsigned k = DOCUMENTS / 10 * 25 - 1 - i;

			if (has[i / 25][i / 5 % 5][i % 5])
				add(&forth, i / 25, words[i / 5 % 5], words[i % 5]);
			if (has[k / 25][k / 5 % 5][k % 5])
				add(&back, k / 25, words[k / 5 % 5], words[k % 5]);
		}
		property_table_encode(&one, buf_span(&forth));
		property_table_encode(&other, buf_span(&back));
		assert_true(span_equal(buf_span(&one), buf_span(&other)));
		buf_release(&forth);
		buf_release(&back);
		buf_release(&one);
		buf_release(&other);
	}
}

/* `check`: only a full check sees it. */
static void refuses(void **state)
{
	static const struct {
		const char *what;
		const char *bytes;
		size_t n;
		bool check;
	} table[] = {
		{"a key that passes the end", "\x09k", 2, false},
		{"a key without values", "\x01k", 2, false},
		{"a key with none", "\x01k\x00", 3, false},
		{"an empty key", "\x00\x05\x01v\x01\x01", 6, false},
		{"values that pass the end", "\x01k\x05\x01v\x01\x01", 7, false},
		{"an empty value", "\x01k\x03\x00\x01\x01", 6, false},
		{"a value without documents", "\x01k\x03\x01v\x00", 6, false},
		{"documents that pass their key", "\x01k\x04\x01v\x02\x01\x01k", 9, false},
		{"a document that is not there", "\x01k\x05\x01v\x02\xac\x02", 8, false},
		{"a number that ends early", "\x01k\x04\x01v\x01\xac", 7, false},
		{"one that is not there, later", "\x01k\x06\x01v\x03\x01\xaa\x02", 9, false},
		{"keys that do not rise", "\x01k\x04\x01v\x01\x01\x01k\x04\x01v\x01\x01", 14, true},
		{"values that do not rise", "\x01k\x08\x01v\x01\x01\x01u\x01\x01", 11, true},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct property_table properties;
		struct err err = {0};

		open_table(&properties, (struct span){table[i].bytes, table[i].n});
		if (describe(&properties, &out, &err) != (table[i].check ? 0 : -1))
			fail_msg("%s: read", table[i].what);
		if (property_table_check(&properties, &err) == 0)
			fail_msg("%s: not told", table[i].what);
		assert_int_equal(err.kind, ERR_DAMAGED);
		close_table(NULL);
	}
	buf_release(&out);
}

/* Any bytes: documents are below the count, and reading ends. */
static void takes_any_bytes(void **state)
{
	uint64_t seed = 6;
	struct buf out = {0};

	(void)state;
	for (int round = 0; round < 5000; round++) {
		char bytes[40];
		struct property_table table;
		struct err err = {0};
		size_t n = random_below(&seed, sizeof bytes);

		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)random_below(&seed, random_below(&seed, 8) ? 6 : 256);
		open_table(&table, (struct span){bytes, n});
		if (describe(&table, &out, &err) < 0)
			assert_int_equal(property_table_check(&table, &err), -1);
		close_table(NULL);
	}
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(keeps_what_was_added, close_table),
		cmocka_unit_test_teardown(is_empty_without_front_matter, close_table),
		cmocka_unit_test(the_order_does_not_matter),
		cmocka_unit_test(refuses),
		cmocka_unit_test(takes_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
