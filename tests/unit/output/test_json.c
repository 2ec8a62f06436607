#include "json.h"
#include "json_check.h"
#include "random.h"
#include "unit.h"
#include "utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void places_commas_and_nests(void **state)
{
	struct buf out = {0};
	struct json json = {.out = &out};

	(void)state;
	json_open_object(&json);
	json_member_integer(&json, "a", UINT64_MAX);
	json_member_array(&json, "b");
	json_text(&json, span_of("x"));
	json_open_array(&json);
	json_close_array(&json);
	json_open_object(&json);
	json_close_object(&json);
	json_close_array(&json);
	json_member_boolean(&json, "c", true);
	json_member_boolean(&json, "d", false);
	json_member_object(&json, "e");
	json_close_object(&json);
	json_close_object(&json);
	assert_string_equal(buf_string(&out),
			    "{\"a\":18446744073709551615,\"b\":[\"x\",[],{}],\"c\":true,\"d\":false,\"e\":{}}");
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

/* What json_text() must give, said code point by code point. */
static void add_slowly(struct buf *out, struct span text)
{
	buf_add_byte(out, '"');
	for (size_t i = 0; i < text.n;) {
		uint32_t code;
		bool valid;
		char c;

		i += utf8_next(text.p + i, text.n - i, &code, &valid);
		c = code < 0x80 ? (char)code : 'x';
		if (code == '"' || code == '\\')
			buf_printf(out, "\\%c", c);
		else if (c && strchr("\b\f\n\r\t", c))
			buf_printf(out, "\\%c", "bfnrt"[strchr("\b\f\n\r\t", c) - "\b\f\n\r\t"]);
		else if (code < 0x20 || code == 0x7F || code == 0x2028 || code == 0x2029)
			buf_printf(out, "\\u%04x", (unsigned)code);
		else
			utf8_add(out, code);
	}
	buf_add_byte(out, '"');
}

static void check_text(struct span text)
{
	struct buf out = {0};
	struct buf expected = {0};
	struct json json = {.out = &out};

	json_text(&json, text);
	add_slowly(&expected, text);
	assert_int_equal(out.n, expected.n);
	assert_memory_equal(out.data, expected.data, out.n);
	buf_release(&out);
	buf_release(&expected);
}

/* Text goes eight bytes or three at a time: each special piece at each place of each length around that. */
static void writes_pieces_at_every_place(void **state)
{
	static const char *const pieces[] = {"\"",
					     "\\",
					     "\x01",
					     "\x1f",
					     " ",
					     "~",
					     "\x7f",
					     "\x80",
					     "\xbf",
					     "\xc2",
					     "\xc2\x85",
					     "\xe3",
					     "\xe3\x80",
					     "\xe4\xb8\xad",
					     "\xe4\xb8\x41",
					     "\xe4\x41\xad",
					     "\xed\xa0\x80",
					     "\xed\x9f\xbf",
					     "\xee\x80\x80",
					     "\xef\xbf\xbd",
					     "\xe0\x80\x80",
					     "\xe2\x80\xa8",
					     "\xe2\x80\xa9",
					     "\xf0\x9f\x98\x80",
					     "\xf4\x90\x80\x80",
					     "\xff"};
	static const char *const fills[] = {"abcdefghijklmnopqrstuvwx", "中文字符中文字符"};

	(void)state;
	for (size_t f = 0; f < 2; f++) {
		for (size_t k = 0; k < sizeof(pieces) / sizeof(pieces[0]); k++) {
			for (size_t at = 0; at <= 24; at++) {
				for (size_t rest = 0; rest <= 24 - at; rest++) {
					char *text = malloc(32); /* its end is an end for the sanitizer */
					size_t n = strlen(pieces[k]);

					memcpy(text, fills[f], at);
					memcpy(text + at, pieces[k], n);
					memcpy(text + at + n, fills[f] + at, rest);
					text = realloc(text, at + n + rest);
					check_text((struct span){text, at + n + rest});
					free(text);
				}
			}
		}
	}
}

static void writes_integers(void **state)
{
	uint64_t value = 1;

	(void)state;
	for (int digits = 0; digits < 20; digits++, value = digits < 20 ? value * 10 : value) {
		for (int d = -1; d <= 1; d++) {
			struct buf out = {0};
			struct json json = {.out = &out};
			char expected[32];

			snprintf(expected, sizeof(expected), "%" PRIu64, value + (uint64_t)d);
			json_integer(&json, value + (uint64_t)d);
			assert_string_equal(buf_string(&out), expected);
			buf_release(&out);
		}
	}
}

/* As printf has them, but for halves of a millionth, which printf rounds to even. */
static void writes_reals_as_printf(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 200000; round++) {
		double size = (double[]){1, 100, 1e4, 1e6}[random_below(&seed, 4)];
		double value = size * (double)random_below(&seed, 1u << 30) / (1u << 30) - (round % 2 ? size / 2 : 0);
		double part = fabs(value) * 1e6 - floor(fabs(value) * 1e6);
		struct buf out = {0};
		struct json json = {.out = &out};
		char expected[64];
		size_t n;

		if (fabs(part - 0.5) < 1e-3)
			continue;
		n = (size_t)snprintf(expected, sizeof(expected), "%.6f", value);
		while (expected[n - 1] == '0' && expected[n - 2] != '.')
			expected[--n] = '\0';
		json_real(&json, value);
		assert_string_equal(buf_string(&out), strcmp(expected, "-0.0") == 0 ? "0.0" : expected);
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
		{0.5, "0.5"},
		{0.0078125, "0.007813"}, /* a half exactly: up */
		{1e12, "1000000000000.0"},
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
		cmocka_unit_test(writes_pieces_at_every_place),
		cmocka_unit_test(writes_integers),
		cmocka_unit_test(writes_reals),
		cmocka_unit_test(writes_reals_as_printf),
		cmocka_unit_test(the_checker_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
