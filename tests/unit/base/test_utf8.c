#include "utf8.h"

#include "unit.h"

static void every_code_point_makes_the_round_trip(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		bool surrogate = code >= 0xD800 && code <= 0xDFFF;
		char bytes[4];
		size_t n = utf8_put(bytes, code);
		uint32_t back;
		bool valid;

		assert_int_equal(n, surrogate ? 3 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
		assert_int_equal(utf8_next(bytes, n, &back, &valid), n);
		assert_true(valid);
		assert_int_equal(back, surrogate ? UTF8_REPLACEMENT : code);
	}
}

static void past_the_last_code_point_is_none(void **state)
{
	char bytes[4];

	(void)state;
	assert_int_equal(utf8_put(bytes, 0x110000), 3);
	assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
	assert_int_equal(utf8_put(bytes, UINT32_MAX), 3);
	assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

/* A decoder written from the ranges of table 3-7, the long way: how many bytes the maximal subpart at s[0..n) has, and
 * whether it is a whole character. */
static size_t model(const unsigned char *s, size_t n, bool *whole)
{
	static const struct {
		unsigned char low[4];
		unsigned char high[4];
		size_t n;
	} rows[] = {
		{{0x00}, {0x7F}, 1},
		{{0xC2, 0x80}, {0xDF, 0xBF}, 2},
		{{0xE0, 0xA0, 0x80}, {0xE0, 0xBF, 0xBF}, 3},
		{{0xE1, 0x80, 0x80}, {0xEC, 0xBF, 0xBF}, 3},
		{{0xED, 0x80, 0x80}, {0xED, 0x9F, 0xBF}, 3},
		{{0xEE, 0x80, 0x80}, {0xEF, 0xBF, 0xBF}, 3},
		{{0xF0, 0x90, 0x80, 0x80}, {0xF0, 0xBF, 0xBF, 0xBF}, 4},
		{{0xF1, 0x80, 0x80, 0x80}, {0xF3, 0xBF, 0xBF, 0xBF}, 4},
		{{0xF4, 0x80, 0x80, 0x80}, {0xF4, 0x8F, 0xBF, 0xBF}, 4},
	};
	size_t best = 1;

	*whole = false;
	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
		size_t i = 0;

		while (i < n && i < rows[row].n && s[i] >= rows[row].low[i] && s[i] <= rows[row].high[i])
			i++;
		if (i == rows[row].n)
			*whole = true;
		best = i > best ? i : best;
	}
	return best;
}

static void compare_with_model(const unsigned char *s, size_t n)
{
	uint32_t code;
	bool valid;
	bool whole;
	size_t expected = model(s, n, &whole);

	assert_int_equal(utf8_next((const char *)s, n, &code, &valid), expected);
	assert_int_equal(valid, whole);
	if (!whole)
		assert_int_equal(code, UTF8_REPLACEMENT);
}

static void malformed_sequences_are_cut_as_unicode_says(void **state)
{
	/* What matters of a second, third and fourth byte is which side of a range's edge it is on. */
	static const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF};
	enum { EDGES = sizeof edges };

	(void)state;
	for (unsigned first = 0; first < 256; first++) {
		for (size_t i = 0; i < EDGES * EDGES * EDGES; i++) {
			unsigned char s[4] = {(unsigned char)first, edges[i % EDGES], edges[i / EDGES % EDGES],
					      edges[i / EDGES / EDGES]};

			for (size_t n = 1; n <= 4; n++)
				compare_with_model(s, n);
		}
	}
}

static void a_replacement_character_in_the_text_is_no_damage(void **state)
{
	uint32_t code;
	bool valid;

	(void)state;
	assert_int_equal(utf8_next("\xEF\xBF\xBD", 3, &code, &valid), 3);
	assert_int_equal(code, UTF8_REPLACEMENT);
	assert_true(valid);
}

static void characters_are_counted(void **state)
{
	(void)state;
	assert_int_equal(utf8_count((struct span){NULL, 0}), 0);
	assert_int_equal(utf8_count(span_of("abc")), 3);
	assert_int_equal(utf8_count(span_of("中文a\U00020000")), 4);
	assert_int_equal(utf8_count(span_of("\xE4\xB8"
					    "中\xFF\xFF")),
			 4);
}

static void the_floor_is_where_a_character_begins(void **state)
{
	struct span text = span_of("a中\U00020000");
	static const size_t floors[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8};

	(void)state;
	for (size_t at = 0; at < sizeof floors / sizeof *floors; at++)
		assert_int_equal(utf8_floor(text, at), floors[at]);
	assert_int_equal(utf8_floor((struct span){NULL, 0}, 5), 0);
	assert_int_equal(utf8_floor(span_of("\x80\x80\x80"), 2), 0);
}

static void characters_are_appended(void **state)
{
	struct buf buf = {0};

	(void)state;
	utf8_add(&buf, 'a');
	utf8_add(&buf, 0x4E2D);
	utf8_add(&buf, 0xD800);
	assert_string_equal(buf_string(&buf), "a中\xEF\xBF\xBD");
	buf_release(&buf);
}

/* utf8_is_text(), a character at a time. */
static bool is_text(struct span text)
{
	uint32_t code;
	bool valid = true;

	for (size_t i = 0; i < text.n && valid;) {
		i += utf8_next(text.p + i, text.n - i, &code, &valid);
		valid = valid && code;
	}
	return valid;
}

enum { LONG_TEXT = 200 };

static const char *const fillings[] = {"x", "é", "中", "𠀀", "中a", "é中x", "한", "ह", "😀文"};

/* Of `n` bytes; the last character may be cut. */
static void fill(char *to, size_t n, const char *filling)
{
	size_t length = strlen(filling);

	for (size_t i = 0; i < n; i++)
		to[i] = filling[i % length];
}

static void text_of_any_length_is_text_unless_cut(void **state)
{
	char text[LONG_TEXT];

	(void)state;
	for (size_t f = 0; f < sizeof fillings / sizeof *fillings; f++) {
		fill(text, sizeof text, fillings[f]);
		for (size_t n = 0; n <= sizeof text; n++)
			assert_int_equal(utf8_is_text((struct span){text, n}), is_text((struct span){text, n}));
		assert_true(utf8_is_text((struct span){text, sizeof text / strlen(fillings[f]) * strlen(fillings[f])}));
	}
}

static void any_byte_anywhere_is_judged_as_by_the_decoder(void **state)
{
	char text[LONG_TEXT];

	(void)state;
	for (size_t f = 0; f < sizeof fillings / sizeof *fillings; f++) {
		for (size_t i = 0; i < sizeof text; i++) {
			fill(text, sizeof text, fillings[f]);
			for (unsigned byte = 0; byte <= 0xFF; byte++) {
				text[i] = (char)byte;
				assert_int_equal(utf8_is_text((struct span){text, sizeof text}),
						 is_text((struct span){text, sizeof text}));
			}
		}
	}
}

static void any_two_bytes_at_the_edge_of_a_step_are_judged_so(void **state)
{
	char text[LONG_TEXT];

	(void)state;
	for (size_t i = 58; i <= 72; i++) {
		for (unsigned pair = 0; pair <= 0xFFFF; pair++) {
			fill(text, sizeof text, "中");
			text[i] = (char)(pair >> 8);
			text[i + 1] = (char)pair;
			fill(text + i + 2, sizeof text - i - 2, "\x80\x80xyz");
			assert_int_equal(utf8_is_text((struct span){text, 130}), is_text((struct span){text, 130}));
			text[i + 3] = 'x';
			assert_int_equal(utf8_is_text((struct span){text, 130}), is_text((struct span){text, 130}));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_makes_the_round_trip),
		cmocka_unit_test(past_the_last_code_point_is_none),
		cmocka_unit_test(malformed_sequences_are_cut_as_unicode_says),
		cmocka_unit_test(a_replacement_character_in_the_text_is_no_damage),
		cmocka_unit_test(characters_are_counted),
		cmocka_unit_test(the_floor_is_where_a_character_begins),
		cmocka_unit_test(characters_are_appended),
		cmocka_unit_test(text_of_any_length_is_text_unless_cut),
		cmocka_unit_test(any_byte_anywhere_is_judged_as_by_the_decoder),
		cmocka_unit_test(any_two_bytes_at_the_edge_of_a_step_are_judged_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
