#include "property_list.h"

#include "cursor.h"
#include "unit.h"

/* Entries as property_table_add() makes them: "document key=value;". */
static void describe(struct buf *out, const char *matter)
{
	struct buf entries = {0};
	struct buf folded = {0};
	struct cursor c;

	property_list_add(&entries, 7, span_of(matter), &folded);
	assert_false(entries.failed);
	c = cursor_of(buf_span(&entries));
	buf_reset(out);
	while (cursor_left(&c)) {
		unsigned document = cursor_varint32(&c);
		struct span key = cursor_text(&c);
		struct span value = cursor_text(&c);

		buf_printf(out, "%u %.*s=%.*s;", document, (int)key.n, key.p, (int)value.n, value.p);
	}
	assert_false(c.failed);
	buf_release(&entries);
	buf_release(&folded);
}

static void folds_and_leaves_out_fields(void **state)
{
	struct buf out = {0};

	(void)state;
	describe(&out, "---\nTitle: 甲\npath: 乙\nTAGS: [資料庫, ＧＰＴ]\n---\n");
	assert_string_equal(buf_string(&out), "7 tags=资料库;7 tags=gpt;");
	describe(&out, "");
	assert_string_equal(buf_string(&out), "");
	buf_release(&out);
}

/* Lengths of a key and a value of so many letters, and whether they are kept. */
static void bounds_keys_and_values(void **state)
{
	static const struct {
		unsigned key;
		unsigned value;
		bool kept;
	} table[] = {
		{PROPERTY_KEY, PROPERTY_VALUE, true}, {PROPERTY_KEY + 1, 1, false},   {1, PROPERTY_VALUE + 1, false},
		{5 * PROPERTY_KEY, 1, false},         {1, 5 * PROPERTY_VALUE, false},
	};
	struct buf matter = {0};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		buf_reset(&matter);
		buf_printf(&matter, "---\n%0*d: %0*d\n---\n", (int)table[i].key, 0, (int)table[i].value, 0);
		describe(&out, buf_string(&matter));
		assert_int_equal(out.n > 0, table[i].kept);
	}
	buf_release(&matter);
	buf_release(&out);
}

static void bounds_their_number(void **state)
{
	struct buf matter = {0};
	struct buf out = {0};
	unsigned count = 0;

	(void)state;
	buf_add_text(&matter, "---\ntags:\n");
	for (unsigned i = 0; i < PROPERTY_COUNT + 9; i++)
		buf_printf(&matter, "  - %u\n", i);
	buf_add_text(&matter, "---\n");
	describe(&out, buf_string(&matter));
	for (size_t i = 0; i < out.n; i++)
		count += out.data[i] == ';';
	assert_int_equal(count, PROPERTY_COUNT);
	buf_release(&matter);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_and_leaves_out_fields),
		cmocka_unit_test(bounds_keys_and_values),
		cmocka_unit_test(bounds_their_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
