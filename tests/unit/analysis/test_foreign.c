/* The program that links analysis_plain: no ICU in it. */
#include "analyzer.h"
#include "foreign.h"
#include "unit.h"

static void refuses(void **state)
{
	struct foreign *foreign = NULL;
	struct buf ends = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(foreign_cut(&foreign, span_of("ไทย"), &ends, &err), -1);
	assert_int_equal(err.kind, ERR_SCRIPT);
	assert_string_equal(err_code(err.kind), "script");
	assert_int_equal(ends.n, 0);
	assert_null(foreign);
	foreign_free(foreign);
}

static int cut(const char *text, struct err *err)
{
	struct analyzer *analyzer = analyzer_new(err);
	struct buf tokens = {0};
	int result;

	assert_non_null(analyzer);
	result = analyzer_cut(analyzer, span_of(text), &tokens, err);
	if (result == 0)
		assert_true(tokens.n > 0);
	buf_release(&tokens);
	analyzer_free(analyzer);
	return result;
}

/* What the tables cover needs nothing else; the rest is refused, not cut in some other way. */
static void tables_need_no_icu(void **state)
{
	static const char *const covered[] = {
		"商業模式", "カタカナとひらがな", "GPT-3 を使う", "한국어 中文", "𠀀水", "㌀ｶﾞﾀﾞ",
		"〱",       "水\xCC\x81",         "Straße"};
	static const char *const foreign[] = {"ภาษาไทย", "ລາວ", "ខ្មែរ", "မြန်မာ", "水ไทย"};

	(void)state;
	for (size_t i = 0; i < sizeof covered / sizeof *covered; i++) {
		struct err err = {0};

		assert_int_equal(cut(covered[i], &err), 0);
	}
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		struct err err = {0};

		assert_int_equal(cut(foreign[i], &err), -1);
		assert_int_equal(err.kind, ERR_SCRIPT);
	}
}

/* An argument says that this build has no tables: then everything is foreign. */
int main(int argc, char **argv)
{
	const struct CMUnitTest seam[] = {cmocka_unit_test(refuses)};
	const struct CMUnitTest tables[] = {cmocka_unit_test(tables_need_no_icu)};
	int failed = cmocka_run_group_tests(seam, NULL, NULL);

	(void)argv;
	return argc > 1 ? failed : failed + cmocka_run_group_tests(tables, NULL, NULL);
}
