#include "occurrence.h"
#include "random.h"
#include "unit.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { NEEDLES_MAX = 3 };

/* Needles from one line, separated by '/': a leading '!' is whole_word, '=' exact, '~' weak. */
static size_t parse_needles(struct needle *needles, const char *list)
{
	size_t count = 0;

	while (*list) {
		struct needle *needle = &needles[count++];

		*needle = (struct needle){.weight = 1};
		for (; *list && strchr("!=~", *list); list++) {
			needle->whole_word = needle->whole_word || *list == '!';
			needle->exact = needle->exact || *list == '=';
			needle->weak = needle->weak || *list == '~';
		}
		needle->text = (struct span){list, strcspn(list, "/")};
		list += needle->text.n;
		list += *list == '/';
	}
	return count;
}

/* What was found, as "start-end:needle" with blanks between. */
static void describe(struct buf *out, const char *text, const char *list)
{
	struct needle needles[NEEDLES_MAX];
	struct buf found = {0};
	struct occurrence_space space = {0};

	occurrence_find(&found, span_of(text), needles, parse_needles(needles, list), &space);
	for (size_t i = 0; i < BUF_COUNT(&found, struct occurrence); i++) {
		struct occurrence o = BUF_AT(&found, struct occurrence, i);

		buf_printf(out, "%s%u-%u:%u", i ? " " : "", o.start, o.end, o.needle);
	}
	buf_release(&found);
	occurrence_release(&space);
}

static void finds(void **state)
{
	static const struct {
		const char *text;
		const char *needles;
		const char *found;
	} table[] = {
		{"", "a", ""},
		{"abc", "", ""},
		{"ab", "abc", ""},
		{"abcabc", "bc", "1-3:0 4-6:0"},
		{"aaaa", "aa", "0-2:0 2-4:0"},
		{"商业模式", "模式/商业/商业模式", "0-6:1 0-12:2 6-12:0"},
		/* as written: case, width, script */
		{"ＧＰＴ-3", "gpt-3", "0-11:0"},
		{"團隊建設", "团队", "0-6:0"},
		{"Node.JS", "=node", ""},
		{"Node.JS", "=Node", "0-4:0"},
		/* a part of a character's fold is the whole character: U+337F folds to 株式会社 */
		{"a\xe3\x8d\xbf"
		 "b",
		 "会", "1-4:0"},
		/* what folds to nothing inside */
		{"a\xe2\x80\x8b"
		 "b",
		 "ab", "0-5:0"},
		/* whole words */
		{"cat concat cats cat", "!cat", "0-3:0 16-19:0"},
		{"用cat做 cat_x cat2 cat", "!cat", "3-6:0 10-13:0 21-24:0"},
		{"cat\xcc\x81 cat", "!cat", "6-9:0"},
		{"xa-a-a", "!a-a", "3-6:0"},
		{"ＣＡＴＳ ＣＡＴ", "!cat", "13-22:0"},
		{"Cats Cat", "!=Cat", "5-8:0"},
		/* weak ones only beside others, through a chain as well, unless there is nothing else */
		{"的模式的 的", "模式/~的", "0-3:1 3-9:0 9-12:1"},
		{"我的模式 我的", "模式/~的/~我", "0-3:2 3-6:1 6-12:0"},
		{"我 的", "模式/~的/~我", "0-3:2 4-7:1"},
		{"模式中的式", "模式/~式", "0-6:0 3-6:1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct buf out = {0};

		describe(&out, table[i].text, table[i].needles);
		assert_string_equal(buf_string(&out), table[i].found);
		buf_release(&out);
	}
}

/* The bytes of `text` that a needle covers, by comparing at every place. */
static void cover_naively(bool *covered, struct span text, struct span needle)
{
	for (size_t at = 0; at + needle.n <= text.n;) {
		if (memcmp(text.p + at, needle.p, needle.n) == 0) {
			memset(covered + at, true, needle.n);
			at += needle.n;
		} else {
			at++;
		}
	}
}

static void covers_what_comparing_covers(void **state)
{
	static const char *const letters[] = {"a", "b", "模", "式", " "};
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char text[200] = "";
		char words[NEEDLES_MAX][20] = {"", "", ""};
		struct needle needles[NEEDLES_MAX];
		bool expected[200] = {false};
		bool covered[200] = {false};
		struct buf found = {0};
		struct occurrence_space space = {0};
		uint32_t last = 0;

		for (uint32_t i = random_below(&seed, 40); i > 0; i--)
			strcat(text, letters[random_below(&seed, 5)]);
		for (size_t i = 0; i < NEEDLES_MAX; i++) {
			for (uint32_t k = random_below(&seed, 3); k < 3; k++)
				strcat(words[i], letters[random_below(&seed, 4)]);
			needles[i] = (struct needle){.text = span_of(words[i]), .weight = 1};
			cover_naively(expected, span_of(text), span_of(words[i]));
		}
		occurrence_find(&found, span_of(text), needles, NEEDLES_MAX, &space);
		for (size_t i = 0; i < BUF_COUNT(&found, struct occurrence); i++) {
			struct occurrence o = BUF_AT(&found, struct occurrence, i);

			assert_true(o.start >= last && o.start < o.end && o.end <= strlen(text));
			memset(covered + o.start, true, o.end - o.start);
			last = o.start;
		}
		assert_memory_equal(covered, expected, sizeof(covered));
		buf_release(&found);
		occurrence_release(&space);
	}
}

/* Texts of few letters, where much begins alike, and needles of every length: as a search byte by byte has them. The text is a
 * block of its size: its end is an end for the sanitizer. */
static void searches_as_byte_by_byte(void **state)
{
	static const char *const letters[] = {"a", "b", "中", "丮"};
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct buf text = {0}, query = {0}, found = {0};
		struct occurrence_space space = {0};
		uint32_t kinds = 1 + (uint32_t)random_below(&seed, 4);
		size_t seen = 0;
		struct needle needle = {.weight = 1, .exact = round % 2};
		char *copy;

		for (size_t n = random_below(&seed, 50); n > 0; n--)
			buf_add_text(&text, letters[random_below(&seed, kinds)]);
		for (size_t n = 1 + random_below(&seed, 6); n > 0; n--)
			buf_add_text(&query, letters[random_below(&seed, kinds)]);
		copy = malloc(text.n + !text.n);
		if (text.n)
			memcpy(copy, text.data, text.n);
		needle.text = buf_span(&query);
		occurrence_find(&found, (struct span){copy, text.n}, &needle, 1, &space);
		for (size_t at = 0; at + query.n <= text.n;) {
			if (memcmp(text.data + at, query.data, query.n) != 0) {
				at++;
				continue;
			}
			assert_true(seen < BUF_COUNT(&found, struct occurrence));
			assert_int_equal(BUF_AT(&found, struct occurrence, seen).start, at);
			assert_int_equal(BUF_AT(&found, struct occurrence, seen).end, at + query.n);
			seen++;
			at += query.n;
		}
		assert_int_equal(seen, BUF_COUNT(&found, struct occurrence));
		free(copy);
		buf_release(&text);
		buf_release(&query);
		buf_release(&found);
		occurrence_release(&space);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(searches_as_byte_by_byte),
		cmocka_unit_test(finds),
		cmocka_unit_test(covers_what_comparing_covers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
