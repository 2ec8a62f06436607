#include "function_word.h"

#include "unit.h"

static void knows_words_that_say_how(void **state)
{
	static const char *const words[] = {"a",  "the", "of",   "your", "how",  "的",   "了",   "是",   "什么",
					    "在", "和",  "如何", "哪些", "为何", "一些", "怎么", "需要", "与"};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (!is_function_word(span_of(words[i])))
			fail_msg("%s", words[i]);
}

static void leaves_words_that_say_what(void **state)
{
	static const char *const words[] = {"",     "商业", "模式", "gpt",    "thesis",   "ofa",  "th",   "什", "的的",
					    "目的", "了解", "是非", "如何谈", "\xE7\x9A", "需求", "它山", "c",  "The"};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (is_function_word(span_of(words[i])))
			fail_msg("%s", words[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_words_that_say_how),
		cmocka_unit_test(leaves_words_that_say_what),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
