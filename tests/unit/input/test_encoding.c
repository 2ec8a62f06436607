#include "encoding.h"

#include "legacy.h"
#include "unit.h"

#define BYTES(literal)                                                                                                 \
	{                                                                                                              \
		literal, sizeof literal - 1                                                                            \
	}

#define TEXT_GB18030                                                                                                   \
	"\xC9\xCC\xD2\xB5\xC4\xA3\xCA\xBD\xA3\xAC\xD2\xBB\xC7\xD0\xBF\xAA\xCA\xBC\n" /* 商业模式，一切开始 */
#define TEXT_BIG5 "\xB0\xD3\xB7\x7E\xBC\xD2\xA6\xA1\xA1\x41\xA4\x40\xA4\xC1\xB6\x7D\xA9\x6C\n" /* 商業模式，一切開始 */

static void bytes_are_told(void **state)
{
	static const struct {
		struct span bytes;
		size_t damaged;
		enum encoding encoding;
	} table[] = {
		{BYTES(""), 0, ENCODING_UTF8},
		{BYTES("plain"), 0, ENCODING_UTF8},
		{BYTES("\xFF\xFE"), 2, ENCODING_UTF16LE},
		{BYTES("\xFE\xFF"), 2, ENCODING_UTF16BE},
		{BYTES("\xFF"), 1, ENCODING_UTF8},
		{BYTES(TEXT_GB18030), 16, ENCODING_GB18030},
		{BYTES(TEXT_BIG5), 16, ENCODING_BIG5},
		/* Traditional characters are in GB18030 too; 𠮷 there has four bytes. */
		{BYTES("\x89\xD3\xC4\xA3\xCA\xBD\xA3\xAC"), 8, ENCODING_GB18030},
		{BYTES("\x95\x34\xB2\x35" TEXT_GB18030), 20, ENCODING_GB18030},
		/* So little is no UTF-8 that the rest must be. */
		{BYTES(TEXT_GB18030), 4, ENCODING_UTF8},
		{BYTES(TEXT_GB18030), 5, ENCODING_GB18030},
		/* No text, in whatever encoding: a control, half of a character, letters of Latin-1 */
		{BYTES(TEXT_GB18030 "\x01"), 17, ENCODING_UTF8},
		{BYTES(TEXT_GB18030 "\xC9"), 17, ENCODING_UTF8},
		{BYTES("\xE9t\xE9, \xE0 la fa\xE7on d'un \xE9l\xE8ve"), 7, ENCODING_UTF8},
		{BYTES("\xFF\xFF\xFF\xFF"), 4, ENCODING_UTF8},
		{BYTES("25\xB0"
		       "C"),
		 1, ENCODING_UTF8},
		{BYTES("caf\xC3\xA9 at 25\xB0"
		       "C, 30\xB0"
		       "C, 35\xB0"
		       "C and 40\xB0"
		       "C"),
		 4, ENCODING_UTF8},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (encoding_of(table[i].bytes, table[i].damaged) != table[i].encoding)
			fail_msg("line %zu is %s", i, encoding_name(encoding_of(table[i].bytes, table[i].damaged)));
}

/* Of a long text one character in a hundred may be none. */
static void a_cut_file_is_told(void **state)
{
	struct buf bytes = {0};

	(void)state;
	for (int i = 0; i < 11; i++)
		buf_add_text(&bytes, TEXT_GB18030);
	buf_add_byte(&bytes, 0xC9);
	assert_int_equal(encoding_of(buf_span(&bytes), bytes.n), ENCODING_UTF8);
	buf_add_text(&bytes, "\xCC" TEXT_GB18030 TEXT_GB18030 "\xC9");
	assert_int_equal(encoding_of(buf_span(&bytes), bytes.n), ENCODING_GB18030);
	buf_release(&bytes);
}

static void utf16_becomes_text(void **state)
{
	static const struct {
		struct span bytes;
		enum encoding encoding;
		const char *text;
	} table[] = {
		{BYTES("\xFF\xFE"), ENCODING_UTF16LE, ""},
		{BYTES("\xFF\xFE#\0-N\x87\x65\n\0"), ENCODING_UTF16LE, "#中文\n"},
		{BYTES("\xFE\xFF\0#N-\x65\x87\0\n"), ENCODING_UTF16BE, "#中文\n"},
		/* 𠮷; then halves of one, and of a unit */
		{BYTES("\xFE\xFF\xD8\x42\xDF\xB7"), ENCODING_UTF16BE, "𠮷"},
		{BYTES("\xFF\xFE\x42\xD8\xB7\xDF"), ENCODING_UTF16LE, "𠮷"},
		{BYTES("\xFE\xFF\xD8\x42"), ENCODING_UTF16BE, "\xFF"},
		{BYTES("\xFE\xFF\xD8\x42\0a"), ENCODING_UTF16BE,
		 "\xFF"
		 "a"},
		{BYTES("\xFE\xFF\xDF\xB7\xD8\x42"), ENCODING_UTF16BE, "\xFF\xFF"},
		{BYTES("\xFE\xFF\0ab"), ENCODING_UTF16BE, "a\xFF"},
		{BYTES("\xFE\xFF\xFF\xFD\xD7\xFF\xE0\0"), ENCODING_UTF16BE, "\uFFFD\uD7FF\uE000"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf text = {0};

		encoding_add_utf16(&text, table[i].bytes, table[i].encoding);
		assert_string_equal(buf_string(&text), table[i].text);
		buf_release(&text);
	}
}

static void legacy_bytes_become_text(void **state)
{
	static const struct {
		struct span bytes;
		enum encoding encoding;
		const char *text;
	} table[] = {
		{BYTES(TEXT_GB18030), ENCODING_GB18030, "商业模式，一切开始\n"},
		{BYTES(TEXT_BIG5), ENCODING_BIG5, "商業模式，一切開始\n"},
		{BYTES("\x95\x34\xB2\x35"), ENCODING_GB18030, "𠮷"},
		{BYTES("a\xFF"
		       "b"),
		 ENCODING_GB18030,
		 "a\xFF"
		 "b"},
		{BYTES(""), ENCODING_GB18030, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf text = {0};
		struct err err = {0};

		buf_add_text(&text, "before ");
		assert_int_equal(legacy_add(&text, table[i].bytes, table[i].encoding, "f.md", &err), 0);
		assert_memory_equal(text.data, "before ", 7);
		assert_string_equal(buf_string(&text) + 7, table[i].text);
		buf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_told),
		cmocka_unit_test(a_cut_file_is_told),
		cmocka_unit_test(utf16_becomes_text),
		cmocka_unit_test(legacy_bytes_become_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
