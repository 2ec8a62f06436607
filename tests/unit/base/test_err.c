#include "err.h"

#include "unit.h"

#include <errno.h>
#include <string.h>

static void a_failure_is_a_kind_and_a_line(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(err_set(&err, ERR_DAMAGED, "%s: block %d", "a/b", 7), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	assert_string_equal(err.text, "a/b: block 7");
}

static void the_first_failure_is_kept(void **state)
{
	struct err err = {0};

	(void)state;
	err_set(&err, ERR_LIMIT, "first");
	assert_int_equal(err_set(&err, ERR_USAGE, "second"), -1);
	errno = EIO;
	assert_int_equal(err_system(&err, "p", "read"), -1);
	assert_int_equal(err_memory(&err, "read"), -1);
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(err.text, "first");
}

static void a_system_call_tells_its_reason(void **state)
{
	struct err err = {0};

	(void)state;
	errno = ENOENT;
	err_system(&err, "notes/a.md", "open");
	assert_int_equal(err.kind, ERR_IO);
	assert_string_equal(err.text, "notes/a.md: cannot open: No such file or directory");
}

static void no_memory_is_memory_whoever_says_so(void **state)
{
	struct err err = {0};
	struct err same = {0};

	(void)state;
	errno = ENOMEM;
	err_system(&err, "p", "map a file");
	err_memory(&same, "map a file");
	assert_int_equal(err.kind, ERR_MEMORY);
	assert_string_equal(err.text, "not enough memory to map a file");
	assert_string_equal(err.text, same.text);
}

static void a_long_message_is_cut(void **state)
{
	struct err err = {0};
	char path[2 * sizeof err.text];

	(void)state;
	memset(path, 'x', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	err_set(&err, ERR_IO, "%s", path);
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

static void every_kind_has_a_code_of_its_own(void **state)
{
	(void)state;
	assert_string_equal(err_code(ERR_NONE), "none");
	assert_string_equal(err_code(ERR_ENCODING), "encoding");
	for (enum err_kind a = ERR_NONE; a <= ERR_USAGE; a++) {
		assert_string_not_equal(err_code(a), "unknown");
		for (enum err_kind b = ERR_NONE; b < a; b++)
			assert_string_not_equal(err_code(a), err_code(b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failure_is_a_kind_and_a_line), cmocka_unit_test(the_first_failure_is_kept),
		cmocka_unit_test(a_system_call_tells_its_reason), cmocka_unit_test(no_memory_is_memory_whoever_says_so),
		cmocka_unit_test(a_long_message_is_cut),          cmocka_unit_test(every_kind_has_a_code_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
