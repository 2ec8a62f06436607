#include "json.h"
#include "json_check.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void places_commas_and_nests(void **state)
{
	struct buf out = {0};
	struct json json = {.out = &out};

	(void)state;
	json_open_object(&json);
	json_name(&json, "a");
	json_integer(&json, UINT64_MAX);
	json_name(&json, "b");
	json_open_array(&json);
	json_text(&json, span_of("x"));
	json_open_array(&json);
	json_close_array(&json);
	json_open_object(&json);
	json_close_object(&json);
	json_boolean(&json, false);
	json_close_array(&json);
	json_name(&json, "c");
	json_boolean(&json, true);
	json_close_object(&json);
	assert_string_equal(buf_string(&out), "{\"a\":18446744073709551615,\"b\":[\"x\",[],{},false],\"c\":true}");
	assert_true(json_check(buf_span(&out)));
	buf_release(&out);
}

static void writes_text(void **state)
{
	static const struct {
		const char *text;
		size_t n;
		const char *json;
	} table[] = {
		{NULL, 0, "\"\""},
		{"商业模式", 12, "\"商业模式\""},
		{"a\"b\\c/", 6, "\"a\\\"b\\\\c/\""},
		{"\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\""},
		{"\0\x1b\x1f\x7f", 4, "\"\\u0000\\u001b\\u001f\\u007f\""},
		{"\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa", 9, "\"\\u2028\\u2029\xe2\x80\xaa\""},
		{"\xc2\x85", 2, "\"\xc2\x85\""},
		{"a\xff"
		 "b",
		 3,
		 "\"a\xef\xbf\xbd"
		 "b\""},
		{"\xe5\x95", 2, "\"\xef\xbf\xbd\""},
		{"\xed\xa0\x80", 3, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
		{"\xf0\x9f\x98\x80", 4, "\"\xf0\x9f\x98\x80\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct buf out = {0};
		struct json json = {.out = &out};

		json_text(&json, (struct span){table[i].text, table[i].n});
		assert_string_equal(buf_string(&out), table[i].json);
		assert_true(json_check(buf_span(&out)));
		buf_release(&out);
	}
}

static void writes_any_bytes_as_valid_json(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct buf out = {0};
		struct json json = {.out = &out};
		char bytes[40];
		size_t n = random_below(&seed, sizeof(bytes) + 1);

		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)random_below(&seed, 256);
		json_text(&json, (struct span){bytes, n});
		assert_true(json_check(buf_span(&out)));
		buf_release(&out);
	}
}

static void writes_reals(void **state)
{
	static const struct {
		double value;
		const char *json;
	} table[] = {
		{0, "0.0"},
		{-0.0, "0.0"},
		{1, "1.0"},
		{-2.5, "-2.5"},
		{0.1, "0.1"},
		{1.0 / 3, "0.333333"},
		{2.0 / 3, "0.666667"},
		{0.9999996, "1.0"},
		{0.0000004, "0.0"},
		{-0.0000004, "0.0"},
		{0.000001, "0.000001"},
		{12.050000, "12.05"},
		{123456.789012, "123456.789012"},
		{1e300, "1000000000000.0"},
		{INFINITY, "1000000000000.0"},
		{-INFINITY, "-1000000000000.0"},
		{NAN, "0.0"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct buf out = {0};
		struct json json = {.out = &out};

		json_real(&json, table[i].value);
		assert_string_equal(buf_string(&out), table[i].json);
		assert_true(json_check(buf_span(&out)));
		buf_release(&out);
	}
}

/* What the other tests rely on. */
static void the_checker_refuses(void **state)
{
	static const char *const wrong[] = {"",     "{",        "[1,]",   "{\"a\"}",   "{\"a\":1,}",
					    "[01]", "[1.]",     "\"\n\"", "\"\\x\"",   "nul",
					    "[1]x", "\"\xff\"", "\"a",    "[\"a\" 1]", "\"\\u12\""};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(json_check(span_of(wrong[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_commas_and_nests),
		cmocka_unit_test(writes_text),
		cmocka_unit_test(writes_any_bytes_as_valid_json),
		cmocka_unit_test(writes_reals),
		cmocka_unit_test(the_checker_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
