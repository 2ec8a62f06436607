#include "gram.h"

#include "fold.h"
#include "unicode.h"
#include "unit.h"

#include <string.h>

static void add_kind(struct buf *out, enum gram_kind kind)
{
	buf_add_byte(out, (unsigned char)"hpts1+e"[kind]);
}

/* The grams of a folded text, one after the other: kind, text, blank. */
static void list_grams(struct span folded, struct buf *out)
{
	struct gram_scan scan = gram_scan_of(folded);
	struct gram gram;

	buf_reset(out);
	while (gram_next(&scan, &gram)) {
		add_kind(out, gram.kind);
		buf_add_span(out, gram.text);
		buf_add_byte(out, ' ');
	}
}

static void assert_grams(const char *text, const char *expected)
{
	struct buf folded = {0};
	struct buf grams = {0};

	fold_text(span_of(text), &folded, NULL);
	list_grams(buf_span(&folded), &grams);
	assert_string_equal(buf_string(&grams), expected);
	buf_release(&folded);
	buf_release(&grams);
}

static void are_characters_pairs_and_threes(void **state)
{
	(void)state;
	assert_grams("", "");
	assert_grams(" \n- -", "");
	assert_grams("商", "h商 ");
	assert_grams("商业模式", "h商 h业 p商业 h模 p业模 h式 p模式 ");
	assert_grams("商业，模式", "h商 h业 p商业 h模 h式 p模式 ");
	assert_grams("abcd 123", "tabc tbcd t123 ");
	assert_grams("v2x用abc", "tv2x h用 ex用 e用a tabc ");
	assert_grams("abc_bcd", "tabc ec_ e_b tbcd ");
}

static void are_short_words_whole(void **state)
{
	(void)state;
	assert_grams("a", "sa ");
	assert_grams("ab 12.c", "sab s12 e2. e.c sc ");
	assert_grams("用a1商v2x", "h用 e用a sa1 h商 e1商 e商v tv2x ");
	assert_grams("a b\nc", "sa sb sc ");
}

static void are_foreign_characters_by_themselves(void **state)
{
	(void)state;
	assert_grams("a⟶b", "sa 1⟶ sb ");
	assert_grams("，。", "1。 ");
	assert_grams("Ünï", "1ü 1ï tünï ");
	assert_grams("é", "1é sé ");
	assert_grams("カタカ", "1カ 1タ 1カ tカタカ ");
}

static void are_pairs_of_signs(void **state)
{
	(void)state;
	assert_grams("->", "+-> ");
	assert_grams("(b) :::", "e(b sb eb) +:: +:: ");
	assert_grams("！？", "+!? ");
	assert_grams("-。>", "1。 ");
	assert_grams("-\n>", "");
	assert_grams("-\u00AD>", "+-> ");
}

/* Of different kinds, no matter which Han character. */
static void are_letters_and_what_is_beside_them(void **state)
{
	(void)state;
	assert_grams("x[0]", "sx ex[ e[0 s0 e0] ");
	assert_grams("在x上", "h在 e在x sx h上 ex上 ");
	assert_grams("a b 商 c, d", "sa sb h商 sc ec, sd ");
	assert_grams("Ｘ［", "sx ex[ ");
	/* only of ASCII: these are characters by themselves */
	assert_grams("é(商é", "1é sé h商 1é sé ");
	assert_grams("a。商(", "sa 1。 h商 ");
}

/* More text before or behind makes another gram of these. */
static void are_cut_at_the_ends(void **state)
{
	struct gram_scan scan = gram_scan_of(span_of("ab->cd->e"));
	struct gram gram;
	struct buf whole = {0};

	(void)state;
	while (gram_next(&scan, &gram))
		if (!gram_is_cut(&scan, &gram))
			buf_add_span(&whole, gram.text);
	assert_string_equal(buf_string(&whole), "b-->>ccdd-->>e");
	buf_release(&whole);
}

static void see_through_script_width_and_case(void **state)
{
	(void)state;
	assert_grams("ＡＢＣ", "tabc ");
	assert_grams("商業", "h商 h业 p商业 ");
	/* one character that is two, and one that is nothing */
	assert_grams("a㎏", "takg ");
	assert_grams("㎏", "skg ");
	assert_grams("商\u00ADb\u00ADcd业", "h商 e商b tbcd h业 ed业 ");
	assert_grams("商\u00AD业", "h商 h业 p商业 ");
}

/* Names are written with Han of the planes above; other scripts there are not worth a longer key. */
static void tell_planes_apart(void **state)
{
	(void)state;
	assert_grams("\U00020BB7野", "h\U00020BB7 h野 p\U00020BB7野 ");
	assert_grams("\U00010330\U00010331\U00010332", "1\U00010330 1\U00010331 1\U00010332 ");
	assert_grams("ab\U00010330cd", "sab 1\U00010330 scd ");
}

static struct span key_of(enum gram_kind kind, const char *text, char to[8])
{
	struct gram gram = {kind, span_of(text)};

	return gram_key(&gram, to);
}

static void have_short_keys(void **state)
{
	char to[8];

	(void)state;
	assert_true(span_equal(key_of(GRAM_HAN, "商", to), (struct span){"\x55\x46", 2}));
	assert_true(span_equal(key_of(GRAM_PAIR, "商业", to), (struct span){"\x55\x46\x4E\x1A", 4}));
	assert_true(span_equal(key_of(GRAM_HAN, "\U00020BB7", to), (struct span){"\xD8\x42\xDF\xB7", 4}));
	assert_true(span_equal(key_of(GRAM_PAIR, "\U00020BB7\U0002A6D6", to),
			       (struct span){"\xD8\x42\xDF\xB7\xD8\x69\xDE\xD6", 8}));
	assert_true(span_equal(key_of(GRAM_THREE, "aé3", to), span_of("aé3")));
	assert_true(span_equal(key_of(GRAM_ONE, "⟶", to), span_of("⟶")));
	assert_true(span_equal(key_of(GRAM_EDGE, "[0", to), span_of("[0")));
	assert_true(span_equal(key_of(GRAM_EDGE, "在x", to), span_of("一x")));
	assert_true(span_equal(key_of(GRAM_EDGE, "x\U00020BB7", to), span_of("x一")));
}

/* Every Han character there is: numbers in the order of keys, and back. */
static void have_numbers_in_the_order_of_keys(void **state)
{
	static uint32_t codes[GRAM_HAN_LIMIT];
	size_t count = 0;

	(void)state;
	memset(codes, 0xFF, sizeof codes);
	for (uint32_t code = 0; code <= UNICODE_LAST; code++) {
		if (unicode_class(code) != CLASS_HAN)
			continue;
		assert_true(code < GRAM_HAN_LIMIT);
		assert_true(gram_order(code) > 0 && gram_order(code) < GRAM_HAN_LIMIT);
		assert_int_equal(gram_order_code(gram_order(code)), code);
		codes[gram_order(code)] = code;
		count++;
	}
	assert_true(count > 90000);
	for (uint32_t order = 0, before = UINT32_MAX; order < GRAM_HAN_LIMIT; order++) {
		char x[4];
		char y[4];

		if (codes[order] == UINT32_MAX)
			continue;
		if (before != UINT32_MAX)
			assert_true(span_compare((struct span){x, gram_put(x, before)},
						 (struct span){y, gram_put(y, codes[order])}) < 0);
		before = codes[order];
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(are_characters_pairs_and_threes),
		cmocka_unit_test(are_short_words_whole),
		cmocka_unit_test(are_foreign_characters_by_themselves),
		cmocka_unit_test(are_pairs_of_signs),
		cmocka_unit_test(are_letters_and_what_is_beside_them),
		cmocka_unit_test(are_cut_at_the_ends),
		cmocka_unit_test(see_through_script_width_and_case),
		cmocka_unit_test(tell_planes_apart),
		cmocka_unit_test(have_short_keys),
		cmocka_unit_test(have_numbers_in_the_order_of_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
