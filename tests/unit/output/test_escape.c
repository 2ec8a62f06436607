#include "escape.h"
#include "random.h"
#include "unit.h"
#include "utf8.h"

static void shows_what_cannot_be_seen(void **state)
{
	static const struct {
		const char *text;
		const char *line;
		const char *lines;
	} table[] = {
		{"", "", ""},
		{"商业 mode", "商业 mode", "商业 mode"},
		{"a\tb\nc", "a\\x09b\\x0ac", "a\tb\nc"},
		{"a\r\nb\rc\r", "a\\x0d\\x0ab\\x0dc\\x0d", "a\nb\\x0dc\\x0d"},
		{"\33[2J\7\177", "\\x1b[2J\\x07\\x7f", "\\x1b[2J\\x07\\x7f"},
		{"\xc2\x80\xc2\x9b", "\\u0080\\u009b", "\\u0080\\u009b"},
		{"\x9b"
		 "31m\xff\xe5\x95",
		 "\\x9b31m\\xff\\xe5\\x95", "\\x9b31m\\xff\\xe5\\x95"},
		{"\xd8\x9c\xe2\x80\x8e\xe2\x80\x8f", "\\u061c\\u200e\\u200f", "\\u061c\\u200e\\u200f"},
		{"\xe2\x80\xaa\xe2\x80\xae\xe2\x81\xa6\xe2\x81\xa9", "\\u202a\\u202e\\u2066\\u2069",
		 "\\u202a\\u202e\\u2066\\u2069"},
		{"\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf", "\\u2028\\u2029\\ufeff", "\\u2028\\u2029\\ufeff"},
		{"\xf3\xa0\x80\x81\xf3\xa0\x81\xbf", "\\U000e0001\\U000e007f", "\\U000e0001\\U000e007f"},
		/* the neighbours of what is escaped */
		{"\xc2\xa0\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa",
		 "\xc2\xa0\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa",
		 "\xc2\xa0\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct buf line = {0};
		struct buf lines = {0};

		escape_line(&line, span_of(table[i].text));
		escape_text(&lines, span_of(table[i].text));
		assert_string_equal(buf_string(&line), table[i].line);
		assert_string_equal(buf_string(&lines), table[i].lines);
		buf_release(&line);
		buf_release(&lines);
	}
}

static bool is_harmless(uint32_t code)
{
	return code >= 0x20 && !(code >= 0x7F && code <= 0x9F) && code != 0x061C && code != 0x200E && code != 0x200F &&
	       !(code >= 0x2028 && code <= 0x202E) && !(code >= 0x2066 && code <= 0x2069) && code != 0xFEFF &&
	       !(code >= 0xE0000 && code <= 0xE007F);
}

static void assert_safe(struct span text, bool lines)
{
	uint32_t code;
	bool valid;

	for (size_t i = 0; i < text.n;) {
		i += utf8_next(text.p + i, text.n - i, &code, &valid);
		assert_true(valid);
		assert_true(is_harmless(code) || (lines && (code == '\n' || code == '\t')));
	}
}

static void check_both(struct span text)
{
	struct buf out = {0};

	escape_line(&out, text);
	assert_safe(buf_span(&out), false);
	buf_reset(&out);
	escape_text(&out, text);
	assert_safe(buf_span(&out), true);
	buf_release(&out);
}

static void every_code_point_is_safe(void **state)
{
	char bytes[4];

	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code += code < 0x3000 || code >= 0xE0000 ? 1 : 0x11)
		check_both((struct span){bytes, utf8_put(bytes, code)});
}

static void any_bytes_are_safe(void **state)
{
	uint64_t seed = 2;
	char bytes[60];

	(void)state;
	for (int round = 0; round < 2000; round++) {
		size_t n = random_below(&seed, sizeof(bytes) + 1);

		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)random_below(&seed, 256);
		check_both((struct span){bytes, n});
	}
}

static void counts_columns(void **state)
{
	static const struct {
		uint32_t code;
		unsigned columns;
	} table[] = {
		{'a', 1},     {' ', 1},     {0xE9, 1},   {0x301, 0},    {0x4E2D, 2}, {0x3002, 2},
		{0xFF21, 2},  {0xFF76, 1},  {0xAC00, 2}, {0x200D, 0},   {0x200B, 0}, {0xFE0F, 0},
		{0x1F600, 2}, {0x20000, 2}, {0x2026, 1}, {0x10FFFF, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_int_equal(escape_columns(table[i].code), table[i].columns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_what_cannot_be_seen),
		cmocka_unit_test(every_code_point_is_safe),
		cmocka_unit_test(any_bytes_are_safe),
		cmocka_unit_test(counts_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
