#include "unit.h"
#include "utf8.h"
#include "variant.h"

static void assert_meant(const char *text, const char *meant)
{
	struct buf shown = {0};

	variant_show(span_of(text), &shown);
	assert_string_equal(buf_string(&shown), meant);
	buf_release(&shown);
}

/* Where Simplified text has them they are left alone, listed or not. */
static void means_itself_in_simplified_text(void **state)
{
	static const char *const texts[] = {
		"著名作家鲁迅著有名著",
		"乾隆年间乾坤倒转",
		"李乾说",
		"登高瞭望",
		"聊以慰藉与狼藉",
		"甚至欺人太甚",
		"覆盖前车之覆",
		"沈从文",
		"彷徨",
		"万事俱备的俱乐部",
		"哪吒姊妹",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_meant(texts[i], texts[i]);
}

static void means_another_beside_traditional_text(void **state)
{
	(void)state;
	assert_meant("隨著時間", "随着时间");
	assert_meant("張三著書", "张三著书");
	assert_meant("餅乾很乾，環境", "饼干很干,环境");
	assert_meant("一目瞭然於心", "一目了然于心");
	assert_meant("憑藉實力", "凭借实力");
}

/* Words that are one thing in either script. */
static void lists_decide_first(void **state)
{
	(void)state;
	assert_meant("顯著的編著，執著", "显著的编著,执着");
	assert_meant("乾隆與餅乾", "乾隆与饼干");
	assert_meant("慰藉與憑藉", "慰藉与凭借");
	assert_meant("瞭望與瞭解", "瞭望与了解");
	assert_meant("為甚麼甚至", "为什么甚至");
	assert_meant("答覆說覆蓋", "答复说覆盖");
	assert_meant("沈先生沈默，沈沈睡去", "沈先生沉默,沉沉睡去");
	assert_meant("彷彿彷徨", "仿佛彷徨");
	assert_meant("家俱與面面俱到", "家具与面面俱到");
	assert_meant("看著", "看着");
	assert_meant("藉由", "借由");
}

static void near_is_eight_characters(void **state)
{
	(void)state;
	assert_meant("他喊著一二三四五六七時", "他喊着一二三四五六七时");
	assert_meant("他喊著一二三四五六七八時", "他喊著一二三四五六七八时");
	assert_meant("時一二三四五六七著", "时一二三四五六七着");
	assert_meant("時一二三四五六七八著", "时一二三四五六七八著");
	/* a variant shows nothing of its neighbour */
	assert_meant("喊著乾瞭藉", "喊著乾瞭藉");
}

static void stands_at_the_ends(void **state)
{
	(void)state;
	assert_meant("", "");
	assert_meant("著", "著");
	assert_meant("名著", "名著");
	assert_meant("著名", "著名");
	assert_meant("麼甚", "么甚");
	assert_meant("甚麼", "什么");
	assert_meant("\xFF著\xE5\x95", "\xEF\xBF\xBD著\xEF\xBF\xBD");
}

/* The table of the generator and the rules name the same characters: alone, each means itself, in Simplified letters. */
static void all_variants_have_rules(void **state)
{
	size_t count = 0;

	(void)state;
	for (uint32_t code = 0; code <= UNICODE_LAST; code++) {
		struct buf text = {0};
		struct buf shown = {0};
		uint32_t folded[UNICODE_FOLD_MAX];
		uint32_t seen;
		bool valid;

		if (!unicode_is_variant(code))
			continue;
		count++;
		assert_int_equal(unicode_fold(code, folded), 1);
		assert_false(unicode_is_variant(folded[0]));
		utf8_add(&text, code);
		variant_show(buf_span(&text), &shown);
		assert_int_equal(utf8_next(shown.data, shown.n, &seen, &valid), 3);
		assert_int_not_equal(seen, folded[0]);
		assert_true(unicode_is_variant(seen));
		buf_release(&shown);
		buf_release(&text);
	}
	assert_int_equal(count, 13);
}

static void show_appends(void **state)
{
	struct buf shown = {0};

	(void)state;
	buf_add_text(&shown, "> ");
	variant_show(span_of("瀋陽著名的ＡＰＩ㎏甚麼"), &shown);
	assert_string_equal(buf_string(&shown), "> 沈阳著名的apikg什么");
	buf_release(&shown);
}

static void spells_what_was_folded(void **state)
{
	static const char *const table[][2] = {
		{"", ""},
		{"沉阳的着名景点", "沈阳的著名景点"},
		{"什至复盖", "甚至覆盖"},
		{"干隆与饼干", "乾隆与饼干"},
		{"什么 Ｃ++ ㎏ 看着 答复 沉默", "什么 Ｃ++ ㎏ 看着 答复 沉默"},
		{"著名 名\xFF着", "著名 名\xFF着"},
		{"名着", "名著"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		buf_reset(&out);
		buf_add_text(&out, "> ");
		variant_spell(span_of(table[i][0]), &out);
		assert_string_equal(buf_string(&out) + 2, table[i][1]);
	}
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(means_itself_in_simplified_text),
		cmocka_unit_test(means_another_beside_traditional_text),
		cmocka_unit_test(lists_decide_first),
		cmocka_unit_test(near_is_eight_characters),
		cmocka_unit_test(stands_at_the_ends),
		cmocka_unit_test(all_variants_have_rules),
		cmocka_unit_test(show_appends),
		cmocka_unit_test(spells_what_was_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
