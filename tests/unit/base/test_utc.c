#include "utc.h"

#include "unit.h"

#include <time.h>

enum { DAY = 86400 };

static void check(int64_t seconds)
{
	char text[UTC_BYTES];
	char expected[32];
	time_t t = (time_t)seconds;
	struct tm tm;
	size_t n = utc_format(text, seconds);

	assert_non_null(gmtime_r(&t, &tm));
	strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &tm);
	assert_string_equal(text, expected);
	assert_int_equal(n, UTC_BYTES - 1);
}

/* As gmtime_r(3) has it: a moment of every day of 800 years. */
static void formats_as_the_library_does(void **state)
{
	(void)state;
	for (int64_t day = 0; day < 800 * 366; day++)
		check(day * DAY + day * 7919 % DAY - INT64_C(11644473600)); /* from 1601 on */
	for (int64_t s = -3; s <= 3; s++)
		check(s);
	check(INT64_C(253402300799));
}

static void says_nothing_of_other_years(void **state)
{
	static const int64_t moments[] = {INT64_MIN, INT64_C(-62167219201), INT64_C(253402300800), INT64_MAX};
	char text[UTC_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
		assert_int_equal(utc_format(text, moments[i]), 0);
		assert_string_equal(text, "");
	}
	assert_int_equal(utc_format(text, INT64_C(-62167219200)), 20);
	assert_string_equal(text, "0000-01-01T00:00:00Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_as_the_library_does),
		cmocka_unit_test(says_nothing_of_other_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
