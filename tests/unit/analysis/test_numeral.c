#include "numeral.h"

#include "unit.h"

/* What is read of the text, and how many bytes of it; -1 for no number. */
static void assert_read(const char *text, int wanted, size_t bytes)
{
	unsigned number = 0;
	size_t end = numeral_read(span_of(text), 0, &number);

	if (end != (wanted < 0 ? 0 : bytes) || (wanted >= 0 && number != (unsigned)wanted))
		fail_msg("%s: %u in %zu bytes", text, number, end);
}

static void reads_numbers(void **state)
{
	static const struct {
		const char *text;
		int number;
	} table[] = {
		{"零", 0},
		{"〇", 0},
		{"一", 1},
		{"九", 9},
		{"两", 2},
		{"十", 10},
		{"十二", 12},
		{"二十", 20},
		{"九十九", 99},
		{"一百", 100},
		{"一百零三", 103},
		{"一百〇三", 103},
		{"一百一十", 110},
		{"一百一十一", 111},
		{"两百", 200},
		{"一千", 1000},
		{"一千零一", 1001},
		{"一千零一十", 1010},
		{"一千一百", 1100},
		{"两千零二十四", 2024},
		{"一万", 10000},
		{"一万零一", 10001},
		{"一万零一百", 10100},
		{"九万九千九百九十九", 99999},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_read(table[i].text, table[i].number, strlen(table[i].text));
	assert_read("十二条", 12, 6);
	assert_read("四", 4, 3);
}

static void leaves_what_is_no_number(void **state)
{
	static const char *const texts[] = {"",
					    "条",
					    "4",
					    "百",
					    "一百二",
					    "二〇二四",
					    "一二",
					    "十百",
					    "零一",
					    "百万",
					    "一百零",
					    "一百零一十",
					    "一十二",
					    "十万",
					    "一千一零",
					    "一百一百",
					    "\xE4\xB8",
					    "九九九九九九",
					    "十十十十十十十十十十十十"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_read(texts[i], -1, 0);
}

/* All that is written is read, from the middle of a text too. */
static void reads_what_it_writes(void **state)
{
	char text[3 + NUMERAL_BYTES_MAX + 3] = "第";

	(void)state;
	for (unsigned number = 0; number <= NUMERAL_MAX; number++) {
		size_t n = numeral_write(number, text + 3);
		unsigned again = NUMERAL_MAX + 1;

		memcpy(text + 3 + n, "条", 3);
		assert_int_equal(numeral_read((struct span){text, 3 + n + 3}, 3, &again), 3 + n);
		assert_int_equal(again, number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_numbers),
		cmocka_unit_test(leaves_what_is_no_number),
		cmocka_unit_test(reads_what_it_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
