#include "part.h"

#include "buf.h"
#include "unit.h"

static struct buf text;

static void repeat(const char *what, size_t bytes)
{
	for (size_t end = text.n + bytes; text.n < end;)
		buf_add_text(&text, what);
}

static int reset(void **state)
{
	(void)state;
	buf_reset(&text);
	return 0;
}

static struct parts begin(void)
{
	assert_false(text.failed);
	return (struct parts){.rest = buf_span(&text)};
}

static void assert_starts(const struct part *part, const char *head)
{
	assert_true(span_starts(part->text, span_of(head)));
}

static void assert_ends(const struct part *part, const char *tail)
{
	size_t n = strlen(tail);

	assert_true(part->text.n >= n);
	assert_memory_equal(part->text.p + part->text.n - n, tail, n);
}

/* The text is two parts, of which the second is Markdown that begins so. */
static void assert_cut_before(const char *head)
{
	struct parts parts = begin();
	struct part first;
	struct part second;
	struct part none;

	assert_true(parts_next(&parts, &first));
	assert_true(parts_next(&parts, &second));
	assert_false(parts_next(&parts, &none));
	assert_in_range(first.text.n, PART_LEAST, PART_MOST);
	assert_ptr_equal(first.text.p + first.text.n, second.text.p);
	assert_ptr_equal(second.text.p + second.text.n, text.data + text.n);
	assert_false(first.code || first.in_line || second.code || second.in_line);
	assert_starts(&second, head);
}

static void what_is_not_long_is_one_part(void **state)
{
	struct parts parts = begin();
	struct part part;

	(void)state;
	assert_false(parts_next(&parts, &part));
	repeat("a\n\n# b\n\n", PART_MOST - 8);
	parts = begin();
	assert_true(parts_next(&parts, &part));
	assert_int_equal(part.text.n, text.n);
	assert_false(parts_next(&parts, &part));
}

static void a_long_text_is_cut_before_a_heading(void **state)
{
	(void)state;
	repeat("- text\n  more\n\n", PART_LEAST - 20);
	repeat("- one\n\n  two\n\n", PART_LEAST / 2);
	buf_add_text(&text, "- end\n## heading\n");
	repeat("   indented\n", PART_LEAST);
	assert_cut_before("- ");
	buf_reset(&text);
	repeat("text\n", PART_LEAST + 1);
	buf_add_text(&text, "## heading\n");
	repeat("text\n", PART_LEAST);
	assert_cut_before("## heading");
}

static void a_block_that_goes_on_is_not_cut(void **state)
{
	(void)state;
	repeat("text\n", PART_LEAST + 1);
	buf_add_text(&text, "\n\n  indented\n\n\tindented\n```\n\n# a comment\n\ncode `a`\n~~~\n~~~\n````\n\nhere\n");
	repeat("text\n", PART_LEAST);
	assert_cut_before("here");
}

static void a_line_of_code_between_marks_opens_no_block(void **state)
{
	(void)state;
	repeat("text\n", PART_LEAST + 1);
	buf_add_text(&text, "```code```\n\nhere\n");
	repeat("text\n", PART_LEAST);
	assert_cut_before("here");
}

static void without_a_better_place_it_is_the_last_line_that_is_not_indented(void **state)
{
	(void)state;
	repeat("- text\n  more\n", PART_MOST - 20);
	buf_add_text(&text, "- last\n  more\n  more\n  more\n");
	assert_cut_before("- last");
}

static void code_that_was_cut_goes_on_as_code(void **state)
{
	struct parts parts;
	struct part part;

	(void)state;
	buf_add_text(&text, "~~~~ info\n");
	repeat("# a comment\n", 2 * PART_MOST);
	buf_add_text(&text, "~~~\n```\n~~~~~\r\nbehind\n");
	parts = begin();
	assert_true(parts_next(&parts, &part));
	assert_false(part.code);
	assert_true(parts_next(&parts, &part));
	assert_true(part.code);
	assert_int_equal(part.text.n, PART_MOST);
	assert_true(parts_next(&parts, &part));
	assert_true(part.code);
	assert_ends(&part, "~~~\n```\n~~~~~\r\n");
	assert_true(parts_next(&parts, &part));
	assert_false(part.code);
	assert_starts(&part, "behind\n");
	assert_false(parts_next(&parts, &part));
}

static void a_long_line_is_cut_between_characters_and_its_rest_begins_no_block(void **state)
{
	struct parts parts;
	struct part part;

	(void)state;
	repeat("中", PART_MOST + 100);
	buf_add_text(&text, "\nnext\n");
	parts = begin();
	assert_true(parts_next(&parts, &part));
	assert_false(part.in_line);
	assert_in_range(part.text.n, PART_MOST - 2, PART_MOST);
	assert_true(parts_next(&parts, &part));
	assert_true(part.in_line);
	assert_starts(&part, "中");
	assert_ends(&part, "中\nnext\n");
	assert_false(parts_next(&parts, &part));
	buf_reset(&text);
	repeat("> # 1. ", PART_MOST + 100);
	buf_add_text(&text, "文\n");
	parts = begin();
	assert_true(parts_next(&parts, &part));
	assert_true(parts_next(&parts, &part));
	assert_starts(&part, ". > # 1. ");
	buf_reset(&text);
	repeat("- 100 ", PART_MOST + 100);
	parts = begin();
	assert_true(parts_next(&parts, &part));
	assert_true(parts_next(&parts, &part));
	assert_true(memchr("10", part.text.p[0], 2));
	buf_reset(&text);
	repeat("> # - ", 2 * PART_MOST);
	parts = begin();
	assert_true(parts_next(&parts, &part));
	assert_false(parts_next(&parts, &part));
}

static int release(void **state)
{
	(void)state;
	buf_release(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_is_not_long_is_one_part, reset),
		cmocka_unit_test_setup(a_long_text_is_cut_before_a_heading, reset),
		cmocka_unit_test_setup(a_block_that_goes_on_is_not_cut, reset),
		cmocka_unit_test_setup(a_line_of_code_between_marks_opens_no_block, reset),
		cmocka_unit_test_setup(without_a_better_place_it_is_the_last_line_that_is_not_indented, reset),
		cmocka_unit_test_setup(code_that_was_cut_goes_on_as_code, reset),
		cmocka_unit_test_setup(a_long_line_is_cut_between_characters_and_its_rest_begins_no_block, reset),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
