/* Patterns against texts, and against a model that tries every way. */
#include "wildcard.h"

#include "buf.h"
#include "random.h"
#include "unit.h"

static const struct {
	const char *pattern;
	const char *text;
	bool matches;
} table[] = {
	{"", "", true},
	{"", "a", false},
	{"*", "", true},
	{"?", "", false},
	{"a", "ab", false},
	{"*a*b", "xaxxbxb", true},
	{"*a*b", "xaxxbxbx", false},
	/* Sets. */
	{"[]a]", "]", true},
	{"[!]a]", "]", false},
	{"[^a]", "b", true},
	{"[a-c]", "b", true},
	{"[a-c]", "d", false},
	{"[c-a]", "b", false},
	{"[a-]", "-", true},
	{"[一-龥]", "中", true},
	{"[一-龥]", "a", false},
	{"[\\]]", "]", true},
	{"[\\a-c]", "b", true},
	{"[[:digit:]x]", "7", true},
	{"[[:digit:]x]", "x", true},
	{"[[:digit:]]", "a", false},
	{"[![:digit:]]", "a", true},
	{"[[:alpha:]]", "中", true},
	{"[[:upper:]]", "中", false},
	{"[[:nothing:]]", "n]", true},
	/* What nothing closes is itself. */
	{"[a", "[a", true},
	{"[", "[", true},
	{"[!", "[!", true},
	{"[]", "[]", true},
	{"*[a", "xx[a", true},
	{"\\", "\\", true},
	{"\\[a]", "[a]", true},
	/* Characters; bytes that are none. */
	{"?", "中", true},
	{"??", "中", false},
	{"*??", "中", false},
	{"*?", "中", true},
	{"a?b",
	 "a\xFF"
	 "b",
	 true},
	{"\xFF*", "\xFFx", true},
	{"\xFF*", "\xFEx", false},
	{"中*", "丮", false},
};

static void patterns_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (wildcard_match(span_of(table[i].pattern), span_of(table[i].text), true) != table[i].matches)
			fail_msg("%s on %s", table[i].pattern, table[i].text);
}

static void what_does_not_cross_stops_at_a_slash(void **state)
{
	static const char *const patterns[] = {"a*c", "a?c", "a[!x]c", "*c"};

	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		assert_true(wildcard_match(span_of(patterns[i]), span_of("a/c"), true));
		assert_false(wildcard_match(span_of(patterns[i]), span_of("a/c"), false));
	}
	assert_true(wildcard_match(span_of("*/*"), span_of("a/c"), false));
	assert_false(wildcard_match(span_of("*/*"), span_of("a/b/c"), false));
}

static const char *const letters[] = {"a", "b", "中", "*", "/"};

enum { SLASH = 4, STAR = 0 };

/* Pieces of patterns, and the letters that each fits, by number. (fnmatch(3) of glibc 2.36 is no model: its b[!a]*? fits b中.) */
static const struct {
	const char *piece;
	const char *fits;
} pieces[] = {
	{"*", ""},        {"?", "01234"}, {"[ab]", "01"}, {"[!a]", "1234"}, {"[[:alpha:]]", "012"},
	{"[一-龥]", "2"}, {"a", "0"},     {"中", "2"},    {"\\*", "3"},     {"/", "4"},
};

enum { MOST = 6 };

/* Does the pattern of pieces fit the text of letters? Every way is tried. */
static bool model(const int *pattern, const int *text, bool crosses)
{
	const char *fits = pattern[0] < 0 ? NULL : pieces[pattern[0]].fits;
	bool closed = text[0] == SLASH && !crosses && fits && strcmp(fits, "4") != 0;

	if (!fits)
		return text[0] < 0;
	if (pattern[0] == STAR && model(pattern + 1, text, crosses))
		return true;
	if (text[0] < 0 || closed)
		return false;
	if (pattern[0] == STAR)
		return model(pattern, text + 1, crosses);
	return strchr(fits, '0' + text[0]) && model(pattern + 1, text + 1, crosses);
}

/* Up to MOST numbers below `limit`, and -1. */
static void draw(int *out, uint32_t limit, uint64_t *seed)
{
	for (uint32_t n = random_below(seed, MOST + 1); n; n--)
		*out++ = (int)random_below(seed, limit);
	*out = -1;
}

static void agrees_with_a_model(void **state)
{
	struct buf pattern = {0};
	struct buf text = {0};
	uint64_t seed = 1;
	unsigned matching = 0;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		int of[MOST + 1];
		int in[MOST + 1];
		bool crosses = random_below(&seed, 2);
		bool matches;

		draw(of, sizeof pieces / sizeof *pieces, &seed);
		draw(in, sizeof letters / sizeof *letters, &seed);
		buf_reset(&pattern);
		buf_reset(&text);
		for (const int *p = of; *p >= 0; p++)
			buf_add_text(&pattern, pieces[*p].piece);
		for (const int *p = in; *p >= 0; p++)
			buf_add_text(&text, letters[*p]);
		matches = model(of, in, crosses);
		matching += matches;
		if (wildcard_match(buf_span(&pattern), buf_span(&text), crosses) != matches)
			fail_msg("%s on %s, %d", buf_string(&pattern), buf_string(&text), crosses);
	}
	assert_true(matching > 1000);
	buf_release(&pattern);
	buf_release(&text);
}

/* Stars that could be spread in 2^60 ways: the test ends because each is tried in few. */
static void many_stars_end(void **state)
{
	struct buf pattern = {0};
	struct buf text = {0};

	(void)state;
	for (int i = 0; i < 2000; i++)
		buf_add_text(&text, "a");
	for (int i = 0; i < 100; i++)
		buf_add_text(&pattern, "*[a]");
	assert_true(wildcard_match(buf_span(&pattern), buf_span(&text), true));
	buf_add_text(&pattern, "b");
	assert_false(wildcard_match(buf_span(&pattern), buf_span(&text), true));
	buf_release(&pattern);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match),
		cmocka_unit_test(what_does_not_cross_stops_at_a_slash),
		cmocka_unit_test(agrees_with_a_model),
		cmocka_unit_test(many_stars_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
