#include "sampler.h"

#include <fcntl.h>

void sampler_init(struct sampler *sampler)
{
	*sampler = (struct sampler){0};
	pthread_mutex_init(&sampler->mutex, NULL);
	pthread_cond_init(&sampler->ended, NULL);
}

void sampler_release(struct sampler *sampler)
{
	store_dictionary_release(&sampler->dictionary);
	pthread_cond_destroy(&sampler->ended);
	pthread_mutex_destroy(&sampler->mutex);
}

/* The pieces that begin in one file, which lies at [start, start + size) of all: every `step` bytes one. */
static void sample_file(const struct plan *plan, const struct plan_file *file, uint64_t start, uint64_t step,
			struct buf *samples, struct buf *sizes)
{
	int root = BUF_AT(&plan->roots, struct plan_root, file->root).fd;
	uint64_t at = (start + step - 1) / step * step - start;
	struct stat st;
	int fd;

	if (at >= file->size)
		return;
	fd = plan->io->openat(root, file->path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY, 0);
	if (fd < 0)
		return;
	for (; at < file->size && plan->io->fstat(fd, &st) == 0 && S_ISREG(st.st_mode); at += step) {
		char *to = buf_reserve(samples, STORE_SAMPLE_BYTES);
		ssize_t got = to ? plan->io->pread(fd, to, STORE_SAMPLE_BYTES, (off_t)at) : 0;
		size_t size = got > 0 ? (size_t)got : 0;

		if (size == 0)
			break;
		samples->n += size;
		buf_add(sizes, &size, sizeof size);
	}
	plan->io->close(fd);
}

static int make(struct sampler *sampler, const struct plan *plan, struct err *err)
{
	uint64_t share = plan->bytes / STORE_SAMPLES_MAX;
	uint64_t step = share > STORE_SAMPLE_BYTES ? share : STORE_SAMPLE_BYTES;
	struct buf samples = {0};
	struct buf sizes = {0};
	uint64_t start = 0;
	int status;

	for (size_t i = 0; i < BUF_COUNT(&plan->files, struct plan_file); i++) {
		const struct plan_file *file = &BUF_AT(&plan->files, struct plan_file, i);

		sample_file(plan, file, start, step, &samples, &sizes);
		start += file->size;
	}
	if (samples.failed || sizes.failed)
		status = err_memory(err, "sample the text");
	else
		status = store_dictionary_make(&sampler->dictionary, buf_span(&samples), &BUF_AT(&sizes, size_t, 0),
					       BUF_COUNT(&sizes, size_t), plan->bytes, err);
	buf_release(&samples);
	buf_release(&sizes);
	return status;
}

int sampler_make(struct sampler *sampler, const struct plan *plan, struct err *err)
{
	int status = make(sampler, plan, err);

	pthread_mutex_lock(&sampler->mutex);
	sampler->done = true;
	sampler->failed = status < 0;
	pthread_cond_broadcast(&sampler->ended);
	pthread_mutex_unlock(&sampler->mutex);
	return status;
}

const struct store_dictionary *sampler_wait(struct sampler *sampler)
{
	bool failed;

	pthread_mutex_lock(&sampler->mutex);
	while (!sampler->done)
		pthread_cond_wait(&sampler->ended, &sampler->mutex);
	failed = sampler->failed;
	pthread_mutex_unlock(&sampler->mutex);
	return failed ? NULL : &sampler->dictionary;
}
