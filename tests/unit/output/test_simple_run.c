#include "simple_run.h"

#include "random.h"
#include "unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What texts are made of, and where each is simple; a blank is told by its text. */
static const struct sample {
	const char *text;
	unsigned where;
} samples[] = {
	{"a", SIMPLE_RAW | SIMPLE_LINE},
	{"7", SIMPLE_RAW | SIMPLE_LINE},
	{"#", SIMPLE_RAW | SIMPLE_LINE},
	{"^", SIMPLE_RAW | SIMPLE_LINE},
	{"中", SIMPLE_RAW | SIMPLE_LINE},
	{"一", SIMPLE_RAW | SIMPLE_LINE},
	{"龥", SIMPLE_RAW | SIMPLE_LINE},
	{"、", SIMPLE_RAW | SIMPLE_LINE},
	{"。", SIMPLE_RAW | SIMPLE_LINE},
	{"：", SIMPLE_RAW | SIMPLE_LINE},
	{"é", SIMPLE_RAW | SIMPLE_LINE},
	{"😀", SIMPLE_RAW | SIMPLE_LINE},
	{" ", 0},
	{"*", SIMPLE_RAW},
	{"_", SIMPLE_RAW},
	{"`", SIMPLE_RAW},
	{"[", SIMPLE_RAW},
	{"\\", SIMPLE_RAW},
	{"]", SIMPLE_RAW},
	{"|", SIMPLE_RAW},
	{"~", SIMPLE_RAW},
	{"\t", 0},
	{"\n", 0},
	{"\x1b", 0},
	{"\x7f", 0},
	{"\u3000", 0}, /* a blank of full width */
	{"\u0301", 0}, /* a mark */
	{"\u200d", 0}, /* a joiner */
	{"\x80", 0},   /* no character */
};

enum { SAMPLES = sizeof samples / sizeof *samples, SIMPLE_SAMPLES = 12, LONGEST = 100 };

static bool is_blank(const struct sample *sample)
{
	return sample->text[0] == ' ';
}

/* The model: one sample after the other. Returns how many make the run. */
static size_t run_of(const struct sample *const *text, size_t count, unsigned where)
{
	size_t n = 0;

	while (n < count && (text[n]->where & where || (n > 0 && is_blank(text[n]) && !is_blank(text[n - 1]))))
		n++;
	return n > 0 && is_blank(text[n - 1]) ? n - 1 : n;
}

/* From each sample of the text that is no white space, in a block of its size: its end is an end for the sanitizer. */
static void check(const struct sample *const *text, size_t count, unsigned where)
{
	size_t starts[LONGEST + 1] = {0};
	char *copy;

	for (size_t i = 0; i < count; i++)
		starts[i + 1] = starts[i] + strlen(text[i]->text);
	copy = malloc(starts[count] + 1);
	for (size_t i = 0; i < count; i++)
		memcpy(copy + starts[i], text[i]->text, starts[i + 1] - starts[i]);
	for (size_t i = 0; i < count; i++) {
		size_t expected = run_of(text + i, count - i, where);
		uint32_t characters = 0;

		if (simple_run_blanks(copy, starts[i], starts[count]) > starts[i])
			continue;
		assert_int_equal(simple_run_end(copy, starts[i], starts[count], where, &characters),
				 starts[i + expected]);
		assert_int_equal(characters, expected);
	}
	free(copy);
}

/* Mostly what is simple, so that runs are long. */
static void ends_where_the_model_does(void **state)
{
	uint64_t random = 20261125;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const struct sample *text[LONGEST];
		size_t count = 1 + random_below(&random, LONGEST);
		uint32_t odd = 1 + random_below(&random, 40);

		for (size_t i = 0; i < count; i++)
			text[i] = &samples[random_below(&random,
							random_below(&random, odd) ? SIMPLE_SAMPLES + 1 : SAMPLES)];
		check(text, count, round % 2 ? SIMPLE_LINE : SIMPLE_RAW);
	}
}

static void blanks_are_those_of_ascii(void **state)
{
	static const char text[] = "a \t\v\f\r\n b";

	(void)state;
	assert_int_equal(simple_run_blanks(text, 0, sizeof text - 1), 0);
	assert_int_equal(simple_run_blanks(text, 1, sizeof text - 1), sizeof text - 2);
	assert_int_equal(simple_run_blanks(text, 1, 3), 3);
	assert_int_equal(simple_run_blanks(text, 3, 3), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_where_the_model_does),
		cmocka_unit_test(blanks_are_those_of_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
