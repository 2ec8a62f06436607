#include "plan.h"

#include "scratch.h"
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

/* What runs of kbindex make of a tree is told by test_build; here is what a plan says of one file, and of another list of
 * roots. */

static int make(void **state)
{
	struct scratch *scratch = scratch_new();

	scratch_write(scratch, "notes/a.md", "# a\n");
	scratch_write(scratch, "notes/.hidden/b.md", "# b\n");
	scratch_write(scratch, "notes/c.html", "c");
	*state = scratch;
	return 0;
}

static void add_root(struct plan *plan, struct scratch *scratch, const char *name)
{
	struct err err = {0};

	if (plan_add_root(plan, scratch_path(scratch, name), &err) < 0)
		fail_msg("%s", err.text);
}

static void expect(const struct plan *plan, struct scratch *scratch, const char *name, int found,
		   enum walk_verdict verdict, const char *part)
{
	struct walk_options options = {0};
	struct walk_finding finding;
	struct err err = {0};
	const char *path = scratch_path(scratch, name);

	assert_int_equal(plan_find(plan, path, &options, &finding, &err), found);
	if (!found)
		return;
	assert_int_equal(finding.verdict, verdict);
	assert_int_equal(finding.n, strlen(scratch_path(scratch, part)));
}

static void a_file_is_judged_from_its_root(void **state)
{
	struct plan plan = {.io = &io_posix};

	add_root(&plan, *state, "notes");
	expect(&plan, *state, "notes/a.md", 1, WALK_LISTED, "notes/a.md");
	expect(&plan, *state, "notes/.hidden/b.md", 1, WALK_HIDDEN, "notes/.hidden");
	expect(&plan, *state, "notes/c.html", 1, WALK_KIND, "notes/c.html");
	expect(&plan, *state, "notes/none/d.md", 1, WALK_ABSENT, "notes/none");
	expect(&plan, *state, "notes", 1, WALK_DIRECTORY, "notes");
	plan_release(&plan);
}

static void what_is_below_no_root_is_not_found(void **state)
{
	struct plan plan = {.io = &io_posix};

	expect(&plan, *state, "notes/a.md", 0, WALK_LISTED, "");
	add_root(&plan, *state, "notes");
	expect(&plan, *state, "notes.md", 0, WALK_LISTED, "");
	expect(&plan, *state, "", 0, WALK_LISTED, "");
	plan_release(&plan);
}

/* A root below a hidden directory of another one: it was named, so it is indexed. */
static void the_root_that_lists_a_file_decides(void **state)
{
	struct plan plan = {.io = &io_posix};

	add_root(&plan, *state, "notes");
	add_root(&plan, *state, "notes/.hidden");
	expect(&plan, *state, "notes/.hidden/b.md", 1, WALK_LISTED, "notes/.hidden/b.md");
	plan_release(&plan);
}

static void a_file_that_is_a_root_needs_no_rule(void **state)
{
	struct plan plan = {.io = &io_posix};

	add_root(&plan, *state, "notes/c.html");
	expect(&plan, *state, "notes/c.html", 1, WALK_LISTED, "notes/c.html");
	expect(&plan, *state, "notes/a.md", 0, WALK_LISTED, "");
	plan_release(&plan);
}

static void add_change(void *context, char kind, struct span path)
{
	buf_printf(context, "%c%.*s ", kind, (int)path.n, path.p);
}

/* The index is built with some roots, the plan is made with others: both lists end with NULL. */
static void expect_changes(struct scratch *scratch, const char *const *before, const char *const *after,
			   const char *expected)
{
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct buf changes = {0};
	struct err err = {0};

	for (int step = 0; step < 2; step++) {
		const char *const *names = step ? after : before;
		const char *roots[3];

		request.roots = roots;
		for (request.root_count = 0; names[request.root_count]; request.root_count++)
			roots[request.root_count] = scratch_path(scratch, names[request.root_count]);
		request.force = true;
		request.dry_run = step > 0;
		request.change = step ? add_change : NULL;
		request.context = &changes;
		if (build_index(&request, &report, &err) < 0)
			fail_msg("%s", err.text);
	}
	assert_string_equal(buf_string(&changes), expected);
	buf_release(&changes);
}

#define ROOTS(...)                                                                                                     \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__, NULL                                                                                      \
	}

static void roots_that_both_have_are_compared(void **state)
{
	scratch_write(*state, "more/a.md", "# another\n");
	expect_changes(*state, ROOTS("notes"), ROOTS("notes"), "");
	expect_changes(*state, ROOTS("notes"), ROOTS("more", "notes"), "+a.md ");
	expect_changes(*state, ROOTS("notes", "more"), ROOTS("more", "notes"), "");
	expect_changes(*state, ROOTS("notes", "more"), ROOTS("more"), "-a.md ");
	expect_changes(*state, ROOTS("more"), ROOTS("notes"), "+a.md -a.md ");
	expect_changes(*state, ROOTS("more"), ROOTS("more/a.md"), "+a.md -a.md "); /* one file is no tree */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_is_judged_from_its_root, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(what_is_below_no_root_is_not_found, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(the_root_that_lists_a_file_decides, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_is_a_root_needs_no_rule, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(roots_that_both_have_are_compared, make, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
