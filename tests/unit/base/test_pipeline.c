#include "pipeline.h"

#include "unit.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <time.h>

enum { JOBS_MAX = 8, NEVER = -1 };

/* Squares numbers, and sees to it that the promises are kept. */
struct squares {
	_Atomic bool busy[JOBS_MAX];     /* by worker */
	_Atomic bool full[JOBS_MAX + 2]; /* by slot */
	size_t results[JOBS_MAX + 2];
	_Atomic size_t begun;
	_Atomic size_t taken;
	_Atomic bool broken; /* a promise was */
	bool started;
	unsigned jobs;
	int bad_task; /* fails */
	int bad_take;
	bool bad_start;
	unsigned slow; /* milliseconds a result takes to be taken */
	unsigned ticks;
};

/* Every start of a thread comes through here: the linker sees to it. */
static unsigned threads_left = UINT_MAX; /* that may be started */
int __real_pthread_create(pthread_t *id, const pthread_attr_t *attributes, void *(*work)(void *), void *argument);
int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attributes, void *(*work)(void *), void *argument);

int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attributes, void *(*work)(void *), void *argument)
{
	if (threads_left == 0)
		return EAGAIN;
	threads_left--;
	return __real_pthread_create(id, attributes, work, argument);
}

static void sleep_for(unsigned milliseconds)
{
	nanosleep(&(struct timespec){.tv_sec = milliseconds / 1000, .tv_nsec = (long)(milliseconds % 1000) * 1000000},
		  NULL);
}

static int start(void *context, struct err *err)
{
	struct squares *s = context;

	s->started = true;
	return s->bad_start ? err_set(err, ERR_IO, "no start") : 0;
}

static int work(void *context, unsigned worker, size_t task, size_t slot, struct err *err)
{
	struct squares *s = context;

	s->begun++;
	s->broken |= worker >= s->jobs || slot >= pipeline_slots(s->jobs) || s->busy[worker] || s->full[slot];
	/* nobody is further ahead than the slots go */
	s->broken |= task >= s->taken + pipeline_slots(s->jobs);
	s->busy[worker] = true;
	s->results[slot] = task * task;
	s->busy[worker] = false;
	s->full[slot] = true;
	return (int)task == s->bad_task ? err_set(err, ERR_LIMIT, "task %zu", task) : 0;
}

static int take(void *context, size_t task, size_t slot, struct err *err)
{
	struct squares *s = context;

	if (s->slow)
		sleep_for(s->slow);
	s->broken |= s->taken != task || !s->full[slot] || s->results[slot] != task * task;
	s->full[slot] = false;
	s->taken++;
	return (int)task == s->bad_take ? err_set(err, ERR_IO, "take %zu", task) : 0;
}

static void tick(void *context)
{
	struct squares *s = context;

	s->ticks++;
}

static int run(struct squares *s, size_t tasks, unsigned jobs, struct err *err)
{
	struct pipeline pipeline = {
		.tasks = tasks, .jobs = jobs, .context = s, .start = start, .work = work, .take = take, .tick = tick};
	int status;

	s->jobs = jobs;
	status = pipeline_run(&pipeline, err);
	assert_false(s->broken);
	assert_true(s->started);
	return status;
}

static void takes_all_in_order(void **state)
{
	static const size_t tasks[] = {0, 1, 2, 7, 1000};

	(void)state;
	for (unsigned jobs = 1; jobs <= JOBS_MAX; jobs++) {
		for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++) {
			struct squares s = {.bad_task = NEVER, .bad_take = NEVER};
			struct err err = {0};

			assert_int_equal(run(&s, tasks[i], jobs, &err), 0);
			assert_int_equal(s.taken, tasks[i]);
			assert_int_equal(s.begun, tasks[i]);
		}
	}
}

static void waits_for_a_slow_caller(void **state)
{
	struct squares s = {.bad_task = NEVER, .bad_take = NEVER, .slow = 2};
	struct err err = {0};

	(void)state;
	assert_int_equal(run(&s, 40, 4, &err), 0);
	assert_int_equal(s.taken, 40);
}

static void a_failed_task_ends_it(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= JOBS_MAX; jobs += 3) {
		for (int bad = 0; bad < 100; bad += 33) {
			struct squares s = {.bad_task = bad, .bad_take = NEVER};
			struct err err = {0};

			assert_int_equal(run(&s, 100, jobs, &err), -1);
			assert_int_equal(err.kind, ERR_LIMIT);
			assert_true(s.taken <= (size_t)bad);
			assert_true(s.begun <= (size_t)bad + pipeline_slots(jobs));
		}
	}
}

static void a_failed_take_ends_it(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= JOBS_MAX; jobs += 3) {
		for (int bad = 0; bad < 100; bad += 33) {
			struct squares s = {.bad_task = NEVER, .bad_take = bad};
			struct err err = {0};

			assert_int_equal(run(&s, 100, jobs, &err), -1);
			assert_int_equal(err.kind, ERR_IO);
			assert_int_equal(s.taken, bad + 1);
		}
	}
}

static void a_failed_start_ends_it(void **state)
{
	struct squares s = {.bad_task = NEVER, .bad_take = NEVER, .bad_start = true};
	struct err err = {0};

	(void)state;
	assert_int_equal(run(&s, 100, 3, &err), -1);
	assert_int_equal(err.kind, ERR_IO);
	assert_int_equal(s.taken, 0);
}

static void fewer_threads_do_it_all(void **state)
{
	(void)state;
	for (unsigned allowed = 0; allowed < 3; allowed++) {
		struct squares s = {.bad_task = NEVER, .bad_take = NEVER};
		struct err err = {0};

		threads_left = allowed;
		assert_int_equal(run(&s, 100, 3, &err), 0);
		assert_int_equal(s.taken, 100);
	}
	threads_left = UINT_MAX;
}

struct threads {
	pthread_t caller;
	_Atomic size_t here; /* tasks that were done in the calling thread */
	_Atomic size_t elsewhere;
	size_t fails; /* number of the task that fails */
};

static int count_threads(void *context, unsigned worker, size_t task, size_t slot, struct err *err)
{
	struct threads *t = context;

	(void)worker;
	(void)slot;
	if (pthread_equal(pthread_self(), t->caller))
		t->here++;
	else
		t->elsewhere++;
	return task == t->fails ? err_set(err, ERR_LIMIT, "task %zu", task) : 0;
}

/* A single job without `start` and `tick` needs no thread of its own; and where nothing is to be taken, nothing is. */
static void a_single_job_is_done_by_the_caller(void **state)
{
	struct threads t = {.caller = pthread_self(), .fails = SIZE_MAX};
	struct pipeline pipeline = {.tasks = 5, .jobs = 1, .context = &t, .work = count_threads};
	struct err err = {0};

	(void)state;
	assert_int_equal(pipeline_run(&pipeline, &err), 0);
	assert_int_equal(t.here, 5);
	pipeline.jobs = 2;
	assert_int_equal(pipeline_run(&pipeline, &err), 0);
	assert_int_equal(t.here, 5);
	assert_int_equal(t.elsewhere, 5);
	pipeline.jobs = 1;
	t.fails = 2;
	assert_int_equal(pipeline_run(&pipeline, &err), -1);
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_int_equal(t.here, 8);
}

static int slow_work(void *context, unsigned worker, size_t task, size_t slot, struct err *err)
{
	sleep_for(350);
	return work(context, worker, task, slot, err);
}

static void tells_that_it_lives(void **state)
{
	struct squares s = {.bad_task = NEVER, .bad_take = NEVER, .jobs = 1};
	struct pipeline pipeline = {
		.tasks = 1, .jobs = 1, .context = &s, .work = slow_work, .take = take, .tick = tick};
	struct err err = {0};

	(void)state;
	assert_int_equal(pipeline_run(&pipeline, &err), 0);
	assert_in_range(s.ticks, 1, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_all_in_order),     cmocka_unit_test(waits_for_a_slow_caller),
		cmocka_unit_test(a_failed_task_ends_it),  cmocka_unit_test(a_failed_take_ends_it),
		cmocka_unit_test(a_failed_start_ends_it), cmocka_unit_test(a_single_job_is_done_by_the_caller),
		cmocka_unit_test(tells_that_it_lives),    cmocka_unit_test(fewer_threads_do_it_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
