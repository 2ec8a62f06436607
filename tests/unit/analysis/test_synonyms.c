#include "synonyms.h"

#include "unit.h"

static void note(void *context, unsigned line, const char *why, struct span word)
{
	buf_printf(context, "%u %.*s %s;", line, (int)word.n, word.p, why);
}

/* Each group of the table, its members in order with blanks between, and a semicolon. */
static void describe(const struct synonyms *synonyms, struct buf *out)
{
	for (uint32_t i = 0; i < synonyms->members.count; i++) {
		uint32_t group = synonyms_group(synonyms, i);

		if (synonyms_next(synonyms, group, 0) != i)
			continue;
		for (uint32_t k = i; k < synonyms->members.count; k = synonyms_next(synonyms, group, k + 1)) {
			buf_add_span(out, user_words_at(&synonyms->members, k));
			buf_add_byte(out, ' ');
		}
		buf_add_byte(out, ';');
	}
}

static void assert_table(const char *text, const char *groups, const char *told)
{
	struct synonyms synonyms;
	struct buf table = {0};
	struct buf out = {0};
	struct buf notes = {0};
	struct err err = {0};

	assert_int_equal(synonyms_encode(&table, span_of(text), note, &notes, &err), 0);
	assert_true(synonyms_open(&synonyms, buf_span(&table)));
	assert_true(synonyms_check(&synonyms));
	describe(&synonyms, &out);
	assert_string_equal(buf_string(&out), groups);
	assert_string_equal(buf_string(&notes), told);
	buf_release(&table);
	buf_release(&out);
	buf_release(&notes);
}

static void lines_are_groups(void **state)
{
	(void)state;
	assert_table("", "", "");
	assert_table("# 没有\n\n", "", "");
	assert_table("软件 軟體\n", "软件 软体 ;", "");
	assert_table("鼠标\t滑鼠  \r\n番茄 西红柿", "滑鼠 鼠标 ;番茄 西红柿 ;", "");
	assert_table("ＡＩ 人工智能\n", "ai 人工智能 ;", "");
	/* what folds to the same is one member */
	assert_table("软件 軟件 軟體\n", "软件 软体 ;", "");
}

static void what_cannot_be_taken_is_told(void **state)
{
	(void)state;
	assert_table("软件\n", "", "1  a group of one word;");
	assert_table("软件 軟體\n程序 軟件\n", "程序 ;软件 软体 ;", "2 软件 in another group already;");
	assert_table("软件 \xFF 軟體\n", "软件 软体 ;", "1  not UTF-8 text;");
}

static void no_groups_are_no_bytes(void **state)
{
	struct synonyms synonyms;
	struct buf table = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(synonyms_encode(&table, span_of("# 没有"), NULL, NULL, &err), 0);
	assert_int_equal(table.n, 0);
	assert_true(synonyms_open(&synonyms, buf_span(&table)));
	assert_int_equal(synonyms.members.count, 0);
}

static void the_shipped_vocabulary_is_sound(void **state)
{
	struct synonyms synonyms;
	uint32_t groups = 0;
	uint32_t software;
	uint32_t other;

	(void)state;
	assert_true(synonyms_open(&synonyms, synonyms_regional));
	assert_true(synonyms_check(&synonyms));
	for (uint32_t i = 0; i < synonyms.members.count; i++) {
		uint32_t group = synonyms_group(&synonyms, i);
		uint32_t first = synonyms_next(&synonyms, group, 0);

		groups += first == i;
		/* every member has another one */
		assert_true(first < i || synonyms_next(&synonyms, group, i + 1) < synonyms.members.count);
	}
	assert_true(groups >= 300);
	software = user_words_seek(&synonyms.members, 0, span_of("软件"));
	other = user_words_seek(&synonyms.members, 0, span_of("软体"));
	assert_true(span_equal(user_words_at(&synonyms.members, other), span_of("软体")));
	assert_int_equal(synonyms_group(&synonyms, software), synonyms_group(&synonyms, other));
}

#define BYTES(text)                                                                                                    \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}

static void tables_that_lie_are_told(void **state)
{
	static const struct span none[] = {
		BYTES("\1\0\0"),                                     /* cut short */
		BYTES("\2\0\0\0\1\0\0\0"),                           /* more members than groups */
		BYTES("\1\0\0\0\1\0\0\0"),                           /* no list */
		BYTES("\1\0\0\0\1\0\0\0\2\0\0\0\1\0\0\0\2\0\0\0ab"), /* a list of more */
		BYTES("\0\0\0\0\1\0\0\0\1\0\0\0a"),                  /* and one of something */
		BYTES("\xFF\xFF\xFF\xFF\1\0\0\0\1\0\0\0a"),
	};
	static const struct span bad = BYTES("\1\0\0\0\1\0\0\0\1\0\0\0\2\0\0\0a");
	struct synonyms synonyms;

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(synonyms_open(&synonyms, none[i]));
	assert_true(synonyms_open(&synonyms, bad));
	assert_false(synonyms_check(&synonyms));
	assert_int_equal(user_words_at(&synonyms.members, 0).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_groups),         cmocka_unit_test(what_cannot_be_taken_is_told),
		cmocka_unit_test(no_groups_are_no_bytes),   cmocka_unit_test(the_shipped_vocabulary_is_sound),
		cmocka_unit_test(tables_that_lie_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
