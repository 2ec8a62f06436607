#include "span.h"
#include "unfold.h"
#include "unit.h"
#include "utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_surrogate(uint32_t code)
{
	return code >= 0xD800 && code <= 0xDFFF;
}

static void classes(void **state)
{
	static const struct {
		enum char_class class;
		const char *characters;
	} table[] = {
		{CLASS_SYMBOL, "\x01\x7f.,-_#+'’“”「」《》，。！？、；：（）—…·@℃€😀\xEF\xBF\xBD\xE2\x83\xA3\xC2\xAD"},
		{CLASS_SPACE, " \t\n\r\xC2\xA0\xE3\x80\x80\xE2\x80\xA8"},
		{CLASS_DIGIT, "0123456789０９٣५"},
		{CLASS_LETTER, "azAZéßΩжאبकաⅫªａ"},
		{CLASS_MARK, "\xCC\x81\xE2\x80\x8D\xE3\x82\x99\xEF\xB8\x8Fिัំ"},
		{CLASS_HAN, "一二龥㐀𠀀々〇〆〡豈⼀灣湾"},
		{CLASS_SCRIPT, "あアーｱ한ㄅꀀกລមမ々"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct span text = span_of(table[i].characters);
		uint32_t code;
		bool valid;

		for (size_t at = 0; at < text.n;) {
			at += utf8_next(text.p + at, text.n - at, &code, &valid);
			/* the iteration mark is a Han character, whatever stands beside it */
			if (unicode_class(code) != (code == 0x3005 ? CLASS_HAN : table[i].class))
				fail_msg("U+%04X has class %d, not %d", code, unicode_class(code), table[i].class);
		}
	}
}

/* Against ICU, for every code point: what the generator made of it must have come through. */
static void classes_and_width_of_all(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= UNICODE_LAST; code++) {
		uint32_t category = U_GET_GC_MASK((UChar32)code);
		int width = u_getIntPropertyValue((UChar32)code, UCHAR_EAST_ASIAN_WIDTH);
		enum char_class class = unicode_class(code);

		assert_int_equal(unicode_is_wide(code), width == U_EA_WIDE || width == U_EA_FULLWIDTH);
		assert_int_equal(class == CLASS_DIGIT, category == U_GC_ND_MASK);
		assert_int_equal(class == CLASS_SPACE, u_isUWhiteSpace((UChar32)code));
		if (category & U_GC_L_MASK)
			assert_true(class == CLASS_LETTER || class == CLASS_HAN || class == CLASS_SCRIPT);
		if (category & (U_GC_P_MASK | U_GC_SC_MASK | U_GC_CN_MASK | U_GC_CO_MASK))
			assert_int_equal(class, CLASS_SYMBOL);
		if (u_hasBinaryProperty((UChar32)code, UCHAR_UNIFIED_IDEOGRAPH))
			assert_int_equal(class, CLASS_HAN);
	}
}

static void tells_han_by_its_first_bytes(void **state)
{
	(void)state;
	for (uint32_t code = 0x80; code <= UNICODE_LAST; code++) {
		char bytes[4];
		bool begins;

		if (code - 0xD800 < 0x800)
			continue;
		utf8_put(bytes, code);
		begins = unicode_begins_han(bytes);
		assert_int_equal(begins, code >= 0x4E00 && code <= 0x9FFF);
		assert_true(!begins || unicode_class(code) == CLASS_HAN);
	}
}

static size_t casefold(const UNormalizer2 *normalizer, uint32_t code, UChar32 to[UNICODE_FOLD_MAX])
{
	UErrorCode status = U_ZERO_ERROR;
	UChar32 source = (UChar32)code;
	UChar text[2];
	UChar folded[2 * UNICODE_FOLD_MAX];
	int32_t n;

	u_strFromUTF32(text, 2, &n, &source, 1, &status);
	n = unorm2_normalize(normalizer, text, n, folded, 2 * UNICODE_FOLD_MAX, &status);
	u_strToUTF32(to, UNICODE_FOLD_MAX, &n, folded, n, &status);
	assert_true(U_SUCCESS(status));
	return (size_t)n;
}

/* The fold is NFKC_Casefold, but for Han, where a character may become another one; and it is final. */
static void folds_all(void **state)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);

	(void)state;
	assert_true(U_SUCCESS(status));
	for (uint32_t code = 0; code <= UNICODE_LAST; code++) {
		uint32_t folded[UNICODE_FOLD_MAX];
		uint32_t again[UNICODE_FOLD_MAX];
		UChar32 expected[UNICODE_FOLD_MAX];
		size_t n = unicode_fold(code, folded);

		if (is_surrogate(code)) {
			assert_int_equal(n, 1);
			assert_int_equal(folded[0], code);
			continue;
		}
		assert_int_equal(n, casefold(normalizer, code, expected));
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(unicode_fold(folded[i], again), 1);
			assert_int_equal(again[0], folded[i]);
			if (folded[i] != (uint32_t)expected[i] && (unicode_class(folded[i]) != CLASS_HAN ||
								   unicode_class((uint32_t)expected[i]) != CLASS_HAN))
				fail_msg("U+%04X folds to U+%04X", code, folded[i]);
		}
	}
}

static void folds_past_the_last(void **state)
{
	uint32_t folded[UNICODE_FOLD_MAX];

	(void)state;
	assert_int_equal(unicode_fold(UNICODE_LAST + 1, folded), 1);
	assert_int_equal(folded[0], UNICODE_LAST + 1);
	assert_int_equal(unicode_fold(UINT32_MAX, folded), 1);
	assert_int_equal(folded[0], UINT32_MAX);
}

static uint32_t fold_of(const char *character)
{
	uint32_t folded[UNICODE_FOLD_MAX];
	uint32_t code;
	bool valid;

	utf8_next(character, strlen(character), &code, &valid);
	assert_true(valid);
	assert_int_equal(unicode_fold(code, folded), 1);
	return folded[0];
}

/* Three-byte characters two by two: the second is what the first folds to. */
static void assert_pairs(const char *pairs)
{
	for (const char *p = pairs; *p; p += 6) {
		uint32_t code;
		bool valid;

		utf8_next(p + 3, 3, &code, &valid);
		if (fold_of(p) != code)
			fail_msg("%.3s folds to U+%04X, not %.3s", p, fold_of(p), p + 3);
	}
}

static void simplifies(void **state)
{
	(void)state;
	assert_pairs(
		"商商業业團团隊队體体學学龍龙龜龟廣广東东麼么裡里裏里臺台為为爲为衆众眾众線线綫线羣群啓启啟启峯峰週周託托佈布"
		"傢家餘余鍾钟鐘钟複复閒闲鬥斗髮发發发製制係系隻只麵面錶表穫获闆板");
	/* in GB 2312, yet Traditional */
	assert_pairs("後后於于徵征摺折夥伙菸烟麽么谘咨");
	/* where ICU alone says something else, or nothing */
	assert_pairs("諮咨逕径龎庞鉅巨蔘参谿溪麴曲妳你牠它嶽岳甦苏揹背枴拐衞卫滙汇值值値值");
	/* variants, whatever they mean where they stand */
	assert_pairs("著着乾干瞭了藉借甚什覆复沈沉瀋沉彷仿姊姐俱具吒咤");
	/* compatibility forms take both steps */
	assert_pairs("龍龙車车⼀一⻳龟");
}

static void keeps_good_simplified(void **state)
{
	static const char kept[] = "阪苎跤氹祐飏邨喆镕后里面只台干发复准游向志表系";

	(void)state;
	for (const char *p = kept; *p; p += 3) {
		char pair[7] = {p[0], p[1], p[2], p[0], p[1], p[2], '\0'};

		assert_pairs(pair);
	}
	assert_int_equal(fold_of("「"), 0x300C);
	assert_int_equal(fold_of("”"), 0x201D);
}

static bool has_all_that_fold_to(const struct unfold_set *set, uint32_t target)
{
	uint32_t to[UNICODE_FOLD_MAX];

	for (uint32_t code = 0; code <= UNICODE_LAST; code++) {
		size_t n = unicode_fold(code, to);

		for (size_t i = 0; i < n; i++)
			if (to[i] == target && !unfold_set_has(set, code))
				return false;
	}
	return true;
}

static size_t size_of(const struct unfold_set *set)
{
	size_t count = 0;

	for (uint32_t code = 0; code < UNFOLD_BUCKETS; code++)
		count += unfold_set_has(set, code);
	return count;
}

static void unfolds(void **state)
{
	static const uint32_t targets[] = U"a1s,中体会社é한ア😀ω\U0010FFFF";

	(void)state;
	for (const uint32_t *target = targets; *target; target++) {
		struct unfold_set set = {{0}};

		unfold(&set, *target);
		assert_true(has_all_that_fold_to(&set, *target));
		assert_true(size_of(&set) < (*target < 0x80 ? 100 : 20));
	}
}

/* Each that folds to something else is in the sets of all it folds to. */
static void unfolds_all(void **state)
{
	uint32_t to[UNICODE_FOLD_MAX];

	(void)state;
	for (uint32_t code = 0; code <= UNICODE_LAST; code++) {
		size_t n = unicode_fold(code, to);

		for (size_t i = 0; i < n && (n > 1 || to[0] != code); i++) {
			struct unfold_set set = {{0}};

			unfold(&set, to[i]);
			assert_true(unfold_set_has(&set, code));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes),
		cmocka_unit_test(classes_and_width_of_all),
		cmocka_unit_test(folds_all),
		cmocka_unit_test(folds_past_the_last),
		cmocka_unit_test(simplifies),
		cmocka_unit_test(keeps_good_simplified),
		cmocka_unit_test(unfolds),
		cmocka_unit_test(unfolds_all),
		cmocka_unit_test(tells_han_by_its_first_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
