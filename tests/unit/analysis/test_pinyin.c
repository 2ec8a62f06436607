#include "pinyin.h"

#include "unicode.h"
#include "unit.h"
#include "utf8.h"

static uint32_t first_code(const char *text)
{
	uint32_t code;
	bool valid;

	utf8_next(text, strlen(text), &code, &valid);
	return code;
}

static bool is_read(const char *character, const char *syllable)
{
	uint16_t readings[PINYIN_READINGS];
	size_t n = pinyin_readings(first_code(character), readings);

	for (size_t i = 0; i < n; i++)
		if (strcmp(pinyin_syllables[readings[i]], syllable) == 0)
			return true;
	return false;
}

static void reads_characters(void **state)
{
	static const char *const table[][2] = {
		{"商", "shang"},
		{"业", "ye"},
		{"模", "mo"},
		{"式", "shi"},
		{"一", "yi"},
		{"装", "zhuang"},
		{"绿", "lv"},
		{"女", "nv"},
		{"略", "lve"},
		{"鱼", "yu"},
		{"而", "er"},
		{"安", "an"},
		{"行", "xing"},
		{"行", "hang"},
		{"长", "chang"},
		{"长", "zhang"},
		{"重", "zhong"},
		{"重", "chong"},
		{"乐", "le"},
		{"乐", "yue"},
		{"都", "dou"},
		{"都", "du"},
		{"还", "hai"},
		{"还", "huan"},
		{"大", "da"},
		{"大", "dai"},
		{"单", "dan"},
		{"单", "shan"},
		{"会", "hui"},
		{"会", "kuai"},
		{"调", "diao"},
		{"调", "tiao"},
		{"着", "zhe"},
		{"着", "zhao"},
		{"地", "de"},
		{"地", "di"},
		{"得", "de"},
		{"得", "dei"},
		{"了", "le"},
		{"了", "liao"},
		{"仇", "qiu"},
		{"解", "xie"},
		/* as folded: 沈 著 乾 彷 甚 */
		{"沉", "shen"},
		{"沉", "chen"},
		{"着", "zhu"},
		{"干", "qian"},
		{"仿", "pang"},
		{"什", "shen"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (!is_read(table[i][0], table[i][1]))
			fail_msg("%s is not read as %s", table[i][0], table[i][1]);
	assert_false(is_read("商", "shan"));
	assert_false(is_read("绿", "lue"));
}

static void leaves_the_rest_alone(void **state)
{
	static const uint32_t codes[] = {0, 'a', 0x33FF, 0xA000, 0x3042, 0x20000, UNICODE_LAST};
	uint16_t readings[PINYIN_READINGS];

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		assert_int_equal(pinyin_readings(codes[i], readings), 0);
}

/* Every list ends, every number is a syllable, no character has a reading twice. */
static void holds_only_syllables(void **state)
{
	size_t count = 0;

	(void)state;
	for (uint32_t code = PINYIN_FIRST; code <= PINYIN_LAST; code++) {
		uint16_t readings[PINYIN_READINGS];
		size_t n = pinyin_readings(code, readings);

		assert_true(n <= PINYIN_READINGS);
		count += n > 0;
		for (size_t i = 0; i < n; i++) {
			assert_true(readings[i] < pinyin_syllable_count);
			for (size_t k = 0; k < i; k++)
				assert_int_not_equal(readings[i], readings[k]);
		}
	}
	assert_true(count > 20000);
}

/* Both ways say the same. */
static void finds_characters_by_syllable(void **state)
{
	size_t both = 0;

	(void)state;
	for (unsigned i = 0; i < pinyin_syllable_count; i++) {
		assert_true(pinyin_starts[i] < pinyin_starts[i + 1]);
		for (unsigned k = pinyin_starts[i]; k < pinyin_starts[i + 1]; k++) {
			uint16_t readings[PINYIN_READINGS];
			size_t n = pinyin_readings(pinyin_characters[k], readings);
			bool found = false;

			for (size_t r = 0; r < n; r++)
				found |= readings[r] == i;
			assert_true(found);
			both++;
		}
	}
	for (uint32_t code = PINYIN_FIRST; code <= PINYIN_LAST; code++) {
		uint16_t readings[PINYIN_READINGS];

		both -= pinyin_readings(code, readings);
	}
	assert_int_equal(both, 0);
}

static void syllables_are_sorted(void **state)
{
	(void)state;
	assert_true(pinyin_syllable_count > 400 && pinyin_syllable_count <= PINYIN_SYLLABLES);
	for (unsigned i = 0; i < pinyin_syllable_count; i++) {
		const char *text = pinyin_syllables[i];

		assert_true(i == 0 || strcmp(pinyin_syllables[i - 1], text) < 0);
		assert_int_equal(strspn(text, "abcdefghijklmnopqrstuvwxyz"), strlen(text));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_characters),     cmocka_unit_test(leaves_the_rest_alone),
		cmocka_unit_test(holds_only_syllables), cmocka_unit_test(finds_characters_by_syllable),
		cmocka_unit_test(syllables_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
