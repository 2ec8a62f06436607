#include "pipeline.h"

#include "mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

struct state {
	const struct pipeline *pipeline;
	pthread_mutex_t mutex; /* of all that follows */
	pthread_cond_t done;   /* a task was done, or a thread failed */
	pthread_cond_t taken;  /* a slot is free, or all is over */
	bool *ready;           /* by slot */
	size_t next;           /* task that nobody has begun */
	size_t wanted;         /* task whose result the caller takes next */
	bool stopped;
	struct err err; /* why, unless `take` told it otherwise */
};

struct thread {
	struct state *state;
	unsigned worker;
	pthread_t id;
};

/* With the mutex held. The first reason is kept. */
static void stop(struct state *s, const struct err *err)
{
	if (!s->stopped && err)
		s->err = *err;
	s->stopped = true;
	pthread_cond_broadcast(&s->taken);
	pthread_cond_signal(&s->done);
}

/* The next task, when its slot is free; false when there is nothing more to do. */
static bool begin_task(struct state *s, size_t *task)
{
	size_t slots = pipeline_slots(s->pipeline->jobs);
	bool got;

	pthread_mutex_lock(&s->mutex);
	while (!s->stopped && s->next < s->pipeline->tasks && s->next >= s->wanted + slots)
		pthread_cond_wait(&s->taken, &s->mutex);
	got = !s->stopped && s->next < s->pipeline->tasks;
	if (got)
		*task = s->next++;
	pthread_mutex_unlock(&s->mutex);
	return got;
}

static void end_task(struct state *s, size_t slot, int status, const struct err *err)
{
	pthread_mutex_lock(&s->mutex);
	s->ready[slot] = true;
	if (status < 0)
		stop(s, err);
	pthread_cond_signal(&s->done);
	pthread_mutex_unlock(&s->mutex);
}

static void *work(void *argument)
{
	struct thread *thread = argument;
	const struct pipeline *pipeline = thread->state->pipeline;
	size_t task;

	while (begin_task(thread->state, &task)) {
		size_t slot = task % pipeline_slots(pipeline->jobs);
		struct err err = {0};
		int status = pipeline->work(pipeline->context, thread->worker, task, slot, &err);

		end_task(thread->state, slot, status, &err);
	}
	return NULL;
}

/* A tenth of a second from now, by the clock that condition variables use. */
static struct timespec soon(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += 100000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	return t;
}

/* Waits for the result of the wanted task: false when all is over before. */
static bool wait_for(struct state *s, size_t slot)
{
	const struct pipeline *pipeline = s->pipeline;
	bool got;

	pthread_mutex_lock(&s->mutex);
	while (!s->stopped && !s->ready[slot]) {
		struct timespec until = soon();

		if (pthread_cond_timedwait(&s->done, &s->mutex, &until) != ETIMEDOUT || !pipeline->tick)
			continue;
		pthread_mutex_unlock(&s->mutex);
		pipeline->tick(pipeline->context);
		pthread_mutex_lock(&s->mutex);
	}
	got = !s->stopped;
	s->ready[slot] = false;
	pthread_mutex_unlock(&s->mutex);
	return got;
}

static void take_results(struct state *s)
{
	const struct pipeline *pipeline = s->pipeline;
	struct err err = {0};
	int status = pipeline->start ? pipeline->start(pipeline->context, &err) : 0;

	for (size_t task = 0; task < pipeline->tasks && status == 0; task++) {
		size_t slot = task % pipeline_slots(pipeline->jobs);

		if (!wait_for(s, slot))
			return;
		status = pipeline->take ? pipeline->take(pipeline->context, task, slot, &err) : 0;
		pthread_mutex_lock(&s->mutex);
		s->wanted++;
		pthread_cond_broadcast(&s->taken);
		pthread_mutex_unlock(&s->mutex);
	}
	if (status < 0) {
		pthread_mutex_lock(&s->mutex);
		stop(s, &err);
		pthread_mutex_unlock(&s->mutex);
	}
}

/* With a stack as large as that of the first thread usually is: musl's default is 128 KiB. */
static int start_thread(struct thread *thread)
{
	enum { STACK_BYTES = 8 * 1024 * 1024 };
	pthread_attr_t attributes;
	int reason;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	reason = pthread_create(&thread->id, &attributes, work, thread);
	pthread_attr_destroy(&attributes);
	return reason;
}

/* Fewer threads than asked for do the same work. */
static unsigned start_threads(struct state *s, struct thread *threads)
{
	unsigned started = 0;

	for (; started < s->pipeline->jobs; started++) {
		threads[started] = (struct thread){.state = s, .worker = started};
		if (start_thread(&threads[started]) != 0)
			break;
	}
	return started;
}

static int run_here(const struct pipeline *pipeline, struct err *err)
{
	int status = pipeline->start ? pipeline->start(pipeline->context, err) : 0;

	for (size_t task = 0; task < pipeline->tasks && status == 0; task++) {
		status = pipeline->work(pipeline->context, 0, task, 0, err);
		if (status == 0 && pipeline->take)
			status = pipeline->take(pipeline->context, task, 0, err);
	}
	return status;
}

/* 0, -1, or 1: no thread could be started, and nothing was done. */
static int run_threads(const struct pipeline *pipeline, struct err *err)
{
	struct state s = {.pipeline = pipeline, .ready = mem_zero(pipeline_slots(pipeline->jobs), sizeof *s.ready)};
	struct thread *threads = mem_zero(pipeline->jobs, sizeof *threads);
	unsigned started = 0;

	if (s.ready && threads) {
		pthread_mutex_init(&s.mutex, NULL);
		pthread_cond_init(&s.done, NULL);
		pthread_cond_init(&s.taken, NULL);
		started = start_threads(&s, threads);
		if (started)
			take_results(&s);
		for (unsigned i = 0; i < started; i++)
			pthread_join(threads[i].id, NULL);
		pthread_cond_destroy(&s.taken);
		pthread_cond_destroy(&s.done);
		pthread_mutex_destroy(&s.mutex);
	} else {
		s.stopped = true;
		err_memory(&s.err, "start threads");
	}
	mem_free(s.ready);
	mem_free(threads);
	if (s.err.kind != ERR_NONE)
		err_set(err, s.err.kind, "%s", s.err.text);
	if (s.stopped)
		return -1;
	return started ? 0 : 1;
}

int pipeline_run(const struct pipeline *pipeline, struct err *err)
{
	bool alone = pipeline->jobs == 1 && !pipeline->start && !pipeline->tick;
	int status = alone ? 1 : run_threads(pipeline, err);

	return status > 0 ? run_here(pipeline, err) : status;
}
