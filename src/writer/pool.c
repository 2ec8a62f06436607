#include "pool.h"

#include "mem.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

struct pool {
	struct batch *batches;
	const struct plan *plan;
	_Atomic size_t next;   /* slice nobody has taken */
	_Atomic uint64_t read; /* bytes of source */
	_Atomic bool failed;
	pthread_mutex_t mutex; /* of what follows */
	pthread_cond_t ended;
	unsigned running;
	struct err *err;
};

static void take_slices(struct pool *pool, struct analyzer *analyzer, struct err *err)
{
	size_t count = BUF_COUNT(&pool->plan->slices, struct plan_slice);

	while (!pool->failed) {
		size_t i = pool->next++;

		if (i >= count)
			return;
		if (batch_build(&pool->batches[i], pool->plan, &BUF_AT(&pool->plan->slices, struct plan_slice, i),
				analyzer, &pool->read, err) < 0)
			pool->failed = true;
	}
}

static void *work(void *argument)
{
	struct pool *pool = argument;
	struct err err = {0};
	struct analyzer *analyzer = analyzer_new(&err);

	if (analyzer)
		take_slices(pool, analyzer, &err);
	analyzer_free(analyzer);
	pthread_mutex_lock(&pool->mutex);
	if (err.kind != ERR_NONE) {
		pool->failed = true;
		err_set(pool->err, err.kind, "%s", err.text);
	}
	pool->running--;
	pthread_cond_signal(&pool->ended);
	pthread_mutex_unlock(&pool->mutex);
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

static void wait_for_threads(struct pool *pool, const struct build_request *request)
{
	pthread_mutex_lock(&pool->mutex);
	while (pool->running) {
		struct timespec until = soon();

		if (pthread_cond_timedwait(&pool->ended, &pool->mutex, &until) != ETIMEDOUT || !request->progress)
			continue;
		pthread_mutex_unlock(&pool->mutex);
		request->progress(request->context, pool->read, pool->plan->bytes);
		pthread_mutex_lock(&pool->mutex);
	}
	pthread_mutex_unlock(&pool->mutex);
}

int pool_build(struct batch *batches, const struct plan *plan, const struct build_request *request, struct err *err)
{
	size_t slices = BUF_COUNT(&plan->slices, struct plan_slice);
	unsigned jobs = request->jobs < slices ? request->jobs : (unsigned)slices;
	struct pool pool = {.batches = batches, .plan = plan, .err = err};
	pthread_t *threads = mem_zero(jobs, sizeof *threads);
	unsigned started = 0;

	if (!threads)
		return err_memory(err, "start threads");
	pthread_mutex_init(&pool.mutex, NULL);
	pthread_cond_init(&pool.ended, NULL);
	while (started < jobs) {
		int reason;

		pthread_mutex_lock(&pool.mutex);
		reason = pthread_create(&threads[started], NULL, work, &pool);
		pool.running += reason == 0;
		pthread_mutex_unlock(&pool.mutex);
		if (reason) {
			/* Fewer threads do the same work; without any there is no index. */
			if (started == 0)
				err_set(err, ERR_IO, "cannot start a thread: %s", strerror(reason));
			break;
		}
		started++;
	}
	wait_for_threads(&pool, request);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	pthread_cond_destroy(&pool.ended);
	pthread_mutex_destroy(&pool.mutex);
	mem_free(threads);
	return err->kind == ERR_NONE ? 0 : -1;
}
