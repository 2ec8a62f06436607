#include "user_words.h"

#include "random.h"
#include "unit.h"

static void encode(struct buf *list, const char *const *texts)
{
	struct span words[64];
	size_t count = 0;

	while (texts[count]) {
		words[count] = span_of(texts[count]);
		count++;
	}
	buf_reset(list);
	user_words_encode(list, words, count);
}

static void sorts_and_keeps_one_of_each(void **state)
{
	static const char *const typed[] = {"碳中和", "ai大模型", "大模型", "碳中和", "大模型库", NULL};
	static const char *const sorted[] = {"ai大模型", "大模型", "大模型库", "碳中和"};
	struct user_words words;
	struct buf list = {0};

	(void)state;
	encode(&list, typed);
	assert_true(user_words_open(&words, buf_span(&list)));
	assert_true(user_words_check(&words));
	assert_int_equal(words.count, 4);
	for (uint32_t i = 0; i < words.count; i++)
		assert_true(span_equal(user_words_at(&words, i), span_of(sorted[i])));
	assert_int_equal(user_words_seek(&words, 0, span_of("大")), 1);
	assert_int_equal(user_words_seek(&words, 1, span_of("大模型")), 1);
	assert_int_equal(user_words_seek(&words, 1, span_of("大模型库")), 2);
	assert_int_equal(user_words_seek(&words, 0, span_of("鿿")), 4);
	user_words_release(&words);
	buf_release(&list);
}

static void no_words_are_no_bytes(void **state)
{
	static const char *const none[] = {NULL};
	struct user_words words;
	struct buf list = {0};

	(void)state;
	encode(&list, none);
	assert_int_equal(list.n, 0);
	assert_true(user_words_open(&words, buf_span(&list)));
	assert_true(user_words_check(&words));
	user_words_index(&words);
	assert_false(user_words_may_begin(&words, span_of("大模型")));
	user_words_release(&words);
}

/* Passes over nothing that a word begins, and over most of the rest. */
static void the_filter_leaves_no_word_out(void **state)
{
	static const char *const few[] = {"5g", "大模型", "区块链", "ai", NULL};
	struct user_words words;
	struct buf list = {0};
	uint64_t seed = 1;
	unsigned passed = 0;

	(void)state;
	encode(&list, few);
	assert_true(user_words_open(&words, buf_span(&list)));
	assert_true(user_words_may_begin(&words, span_of("x")));
	user_words_index(&words);
	for (uint32_t i = 0; i < words.count; i++)
		assert_true(user_words_may_begin(&words, user_words_at(&words, i)));
	assert_true(user_words_may_begin(&words, span_of("5g网")));
	assert_false(user_words_may_begin(&words, span_of("5")));
	for (unsigned i = 0; i < 1000; i++) {
		char text[3] = {(char)random_below(&seed, 256), (char)random_below(&seed, 256), 0};

		passed += user_words_may_begin(&words, (struct span){text, 2});
	}
	assert_true(passed < 100);
	user_words_release(&words);
	buf_release(&list);
}

static void the_fingerprint_names_the_words(void **state)
{
	static const char *const one[] = {"大模型", NULL};
	static const char *const other[] = {"区块链", NULL};
	struct checksum_128 analysis = {{1, 2, 3}};
	struct checksum_128 plain = user_words_fingerprint(&analysis, (struct span){NULL, 0});
	struct checksum_128 a;
	struct checksum_128 b;
	struct buf list = {0};

	(void)state;
	assert_memory_equal(&plain, &analysis, sizeof analysis);
	encode(&list, one);
	a = user_words_fingerprint(&analysis, buf_span(&list));
	encode(&list, other);
	b = user_words_fingerprint(&analysis, buf_span(&list));
	assert_memory_not_equal(&a, &analysis, sizeof analysis);
	assert_memory_not_equal(&a, &b, sizeof a);
	buf_release(&list);
}

#define BYTES(text)                                                                                                    \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}

static void lists_that_lie_are_told(void **state)
{
	static const struct {
		struct span list;
		bool opens;
	} table[] = {
		{BYTES("\1\0\0"), false},                            /* cut short */
		{BYTES("\2\0\0\0\1\0\0\0a"), false},                 /* more words than ends */
		{BYTES("\xFF\xFF\xFF\xFF\1\0\0\0a"), false},         /* many more */
		{BYTES("\0\0\0\0"), true},                           /* a list of nothing */
		{BYTES("\0\0\0\0a"), true},                          /* bytes of no word */
		{BYTES("\1\0\0\0\1\0\0\0"), true},                   /* ends behind the bytes */
		{BYTES("\1\0\0\0\1\0\0\0ab"), true},                 /* or before them */
		{BYTES("\1\0\0\0\0\0\0\0"), true},                   /* an empty word */
		{BYTES("\2\0\0\0\2\0\0\0\1\0\0\0ab"), true},         /* ends fall */
		{BYTES("\2\0\0\0\1\0\0\0\2\0\0\0ba"), true},         /* words fall */
		{BYTES("\2\0\0\0\1\0\0\0\2\0\0\0aa"), true},         /* a word twice */
		{BYTES("\1\0\0\0\1\0\0\0\xE5"), true},               /* no text */
		{BYTES("\1\0\0\0\xFF\xFF\xFF\xFF\x61\x62"), true},   /* a word without end */
		{BYTES("\2\0\0\0\xFF\xFF\xFF\xFF\1\0\0\0aa"), true}, /* and one that begins there */
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct user_words words;

		assert_int_equal(user_words_open(&words, table[i].list), table[i].opens);
		if (!table[i].opens)
			continue;
		assert_false(user_words_check(&words));
		user_words_index(&words);
		for (uint32_t k = 0; k < words.count; k++)
			assert_true(user_words_at(&words, k).n <= words.text.n);
		user_words_may_begin(&words, span_of("ab"));
		assert_true(user_words_seek(&words, 0, span_of("a")) <= words.count);
		user_words_release(&words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorts_and_keeps_one_of_each),   cmocka_unit_test(no_words_are_no_bytes),
		cmocka_unit_test(the_filter_leaves_no_word_out), cmocka_unit_test(the_fingerprint_names_the_words),
		cmocka_unit_test(lists_that_lie_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
