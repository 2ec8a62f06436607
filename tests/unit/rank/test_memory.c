/* Every allocation fails in turn, once or from then on: the caller is told so, nothing leaks, and what is said to be
 * done is right. */
#include "heap.h"
#include "index.h"
#include "questions.h"
#include "scratch.h"
#include "unit.h"

static int make(void **state)
{
	struct scratch *scratch = scratch_new();

	scratch_fill(scratch);
	scratch_build(scratch);
	*state = scratch;
	return 0;
}

/* Makes every file look so large that it is a slice of its own, for several threads to take. */
static int large_fstatat(int directory, const char *path, struct stat *out, int flags)
{
	int status = io_posix.fstatat(directory, path, out, flags);

	if (status == 0 && S_ISREG(out->st_mode))
		out->st_size += SLICE_BYTES;
	return status;
}

static int build(struct scratch *scratch, unsigned jobs, struct build_report *report, struct err *err)
{
	struct io io = io_posix;
	struct build_request request = scratch_request(scratch, &io);

	io.fstatat = jobs > 1 ? large_fstatat : io.fstatat;
	request.force = true;
	request.jobs = jobs;
	return build_index(&request, report, err);
}

/* A build with its allocation number `at` made to fail: false when there are not so many. */
static bool fail_build(struct scratch *scratch, unsigned jobs, const struct buf *segment, unsigned at, bool stays)
{
	struct build_report report;
	struct buf before = {0};
	struct buf after = {0};
	struct err err = {0};
	bool struck;
	int status;

	scratch_read(scratch, "index/MANIFEST", &before);
	heap_fail(at, stays);
	status = build(scratch, jobs, &report, &err);
	struck = heap_heal();
	scratch_read(scratch, "index/MANIFEST", &after);
	assert_int_equal(span_equal(buf_span(&before), buf_span(&after)), status < 0);
	if (status < 0) {
		if (err.kind != ERR_MEMORY)
			fail_msg("allocation %u: %s", at, err.text);
	} else {
		scratch_read(scratch, scratch_segment(scratch), &after);
		if (!span_equal(buf_span(&after), buf_span(segment)) || report.missing)
			fail_msg("allocation %u: the index is not what it should be", at);
	}
	assert_true(struck || status == 0);
	buf_release(&before);
	buf_release(&after);
	return struck;
}

static void fail_builds(struct scratch *scratch, unsigned jobs, unsigned step)
{
	struct build_report report;
	struct buf segment = {0};
	struct err err = {0};
	unsigned at = 1;

	assert_int_equal(build(scratch, jobs, &report, &err), 0);
	scratch_read(scratch, scratch_segment(scratch), &segment);
	while (fail_build(scratch, jobs, &segment, at, false) && fail_build(scratch, jobs, &segment, at, true))
		at += step;
	/* more than a hundred are needed at least: else the faults were not where the allocations are */
	assert_true(at > 100);
	assert_int_equal(scratch_count(scratch, "index"), 4);
	buf_release(&segment);
}

static void a_build_is_done_or_not(void **state)
{
	fail_builds(*state, 1, 1);
}

/* Which allocation is the n-th changes from run to run; what must hold does not. */
static void threads_end_when_one_fails(void **state)
{
	fail_builds(*state, 4, 5);
}

static bool fail_check(struct scratch *scratch, unsigned at, bool stays)
{
	struct index index;
	struct err err = {0};
	bool struck;
	int status;

	heap_fail(at, stays);
	status = index_open(&index, &io_posix, scratch->index, &err);
	if (status == 0) {
		status = index_check(&index, &err);
		index_close(&index);
	}
	struck = heap_heal();
	assert_int_equal(err.kind, status < 0 ? ERR_MEMORY : ERR_NONE);
	return struck;
}

/* Lack of memory is not taken for damage. */
static void a_check_says_what_was_wrong(void **state)
{
	unsigned at = 1;

	while (fail_check(*state, at, false) && fail_check(*state, at, true))
		at++;
	assert_true(at > 5);
}

static struct searcher *open_index(struct scratch *scratch, unsigned at, bool stays, bool *struck)
{
	struct err err = {0};
	struct searcher *searcher;

	heap_fail(at, stays);
	searcher = searcher_open(&io_posix, &scratch->index, 1, &err);
	*struck = heap_heal();
	assert_int_equal(err.kind, searcher ? ERR_NONE : ERR_MEMORY);
	return searcher;
}

static void opening_fails_or_works(void **state)
{
	struct buf expected = {0};
	struct buf answer = {0};
	struct err err = {0};
	bool struck = true;

	/* the first is sound; then each call once alone, once with all after it */
	for (unsigned i = 0; struck; i++) {
		struct searcher *searcher = open_index(*state, i ? (i + 1) / 2 : UINT32_MAX, i % 2, &struck);

		struck |= i == 0;
		if (searcher) {
			buf_reset(&answer);
			assert_int_equal(question_ask(searcher, 0, &answer, &err), 0);
			if (i == 0)
				buf_add_span(&expected, buf_span(&answer));
			assert_true(span_equal(buf_span(&answer), buf_span(&expected)));
		}
		searcher_close(searcher);
	}
	buf_release(&expected);
	buf_release(&answer);
}

/* One search: the answer, or no memory; and then the searcher answers again. */
static bool fail_search(struct searcher *searcher, unsigned question, const struct buf *expected, unsigned at,
			bool stays)
{
	struct buf answer = {0};
	struct err err = {0};
	struct answer found;
	bool struck;
	int status;

	heap_fail(at, stays);
	status = question_search(searcher, question, &found, &err);
	struck = heap_heal();
	if (status == 0) {
		question_describe(&found, &answer);
		if (!span_equal(buf_span(&answer), buf_span(expected)))
			fail_msg("allocation %u of question %u: %s", at, question, buf_string(&answer));
	} else if (err.kind != ERR_MEMORY) {
		fail_msg("allocation %u of question %u: %s", at, question, err.text);
	}
	assert_true(struck || status == 0);
	buf_reset(&answer);
	err = (struct err){0};
	assert_int_equal(question_ask(searcher, question, &answer, &err), 0);
	assert_true(span_equal(buf_span(&answer), buf_span(expected)));
	buf_release(&answer);
	return struck;
}

static void a_search_fails_or_is_right(void **state)
{
	struct err err = {0};
	bool struck;

	for (unsigned question = 0; question < QUESTIONS; question++) {
		struct buf expected = {0};
		struct searcher *sound = open_index(*state, UINT32_MAX, false, &struck);

		assert_int_equal(question_ask(sound, question, &expected, &err), 0);
		searcher_close(sound);
		struck = true;
		/* a new searcher each time: buffers that have grown already ask for nothing */
		for (unsigned i = 2; struck; i++) {
			struct searcher *searcher = open_index(*state, UINT32_MAX, false, &struck);

			struck = fail_search(searcher, question, &expected, i / 2, i % 2);
			searcher_close(searcher);
		}
		buf_release(&expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_build_is_done_or_not, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(threads_end_when_one_fails, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_check_says_what_was_wrong, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(opening_fails_or_works, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_search_fails_or_is_right, make, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
