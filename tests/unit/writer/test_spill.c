#include "spill.h"

#include "image.h"
#include "random.h"
#include "scratch.h"
#include "unit.h"

#include <unistd.h>

struct fixture {
	struct scratch scratch;
	struct commit commit;
	struct spill spill;
	struct io io;
};

static int make(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);
	struct err err = {0};

	f->io = io_posix;
	scratch_make(&f->scratch);
	assert_int_equal(commit_begin(&f->commit, &f->io, f->scratch.index, &err), 0);
	spill_init(&f->spill, &f->commit);
	*state = f;
	return 0;
}

static int release(void **state)
{
	struct fixture *f = *state;

	spill_release(&f->spill);
	commit_end(&f->commit);
	/* nothing but the lock and the file that keeps git away */
	assert_int_equal(scratch_count(&f->scratch, "index"), 2);
	scratch_release(&f->scratch);
	test_free(f);
	return 0;
}

static void gives_back_what_was_written(void **state)
{
	struct fixture *f = *state;
	uint64_t offsets[3];
	struct err err = {0};
	char out[8];

	assert_int_equal(f->spill.fd, -1);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(
			spill_write(&f->spill, span_of((const char *[]){"one", "", "three"}[i]), &offsets[i], &err), 0);
	/* it has no name from the beginning */
	assert_int_equal(scratch_count(&f->scratch, "index"), 2);
	assert_int_equal(spill_read(&f->spill, offsets[2], out, 5, &err), 0);
	assert_memory_equal(out, "three", 5);
	assert_int_equal(spill_read(&f->spill, offsets[0] + 1, out, 2, &err), 0);
	assert_memory_equal(out, "ne", 2);
	assert_int_equal(spill_read(&f->spill, offsets[2], out, 6, &err), -1);
	assert_int_equal(err.kind, ERR_IO);
}

static ssize_t short_pread(int fd, void *to, size_t n, off_t offset)
{
	return pread(fd, to, n > 3 ? 3 : n, offset);
}

static void reads_all_whatever_comes_at_a_time(void **state)
{
	struct fixture *f = *state;
	struct err err = {0};
	uint64_t offset;
	char out[10];

	f->io.pread = short_pread;
	assert_int_equal(spill_write(&f->spill, span_of("0123456789"), &offset, &err), 0);
	assert_int_equal(spill_read(&f->spill, offset, out, 10, &err), 0);
	assert_memory_equal(out, "0123456789", 10);
}

/* The chunk that a container gets of the spool. */
static void copy(const struct spool *spool, const struct spill *spill, struct buf *out)
{
	struct container_writer writer;
	struct container container;
	struct checksum_128 id;
	struct buf image = {0};
	struct chunk chunk;
	struct span bytes;
	struct err err = {0};
	struct out to;

	image_out(&to, &image, &err);
	assert_int_equal(container_begin(&writer, &to, IMAGE_KIND, &err), 0);
	container_chunk(&writer, 1);
	assert_int_equal(spool_copy(spool, spill, &writer, &err), 0);
	assert_int_equal(container_finish(&writer, &id, &err), 0);
	assert_int_equal(out_flush(&to), 0);
	assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "image", &err), 0);
	assert_int_equal(container_find(&container, 1, &chunk, &err), 0);
	assert_int_equal(container_view(&container, &chunk, 0, chunk.length, &bytes, &err), 0);
	buf_reset(out);
	buf_add_span(out, bytes);
	container_close(&container);
	container_writer_release(&writer);
	out_release(&to);
	buf_release(&image);
}

/* Streams that grow side by side, in memory and in the file, come out whole. */
static void spools_share_a_file(void **state)
{
	struct fixture *f = *state;
	struct spool spools[2] = {{{0}}};
	struct buf expected[2] = {{0}};
	struct buf got = {0};
	struct err err = {0};
	uint64_t seed = 1;

	for (unsigned i = 0; i < 200; i++) {
		unsigned which = random_below(&seed, 2);
		struct buf bytes = {0};

		for (uint32_t n = random_below(&seed, i % 50 ? 300 : 600000); n > 0; n--)
			buf_add_byte(&bytes, (unsigned char)random_below(&seed, 256));
		spool_add(&spools[which], buf_span(&bytes));
		buf_add_span(&expected[which], buf_span(&bytes));
		buf_release(&bytes);
		if (i % 10 == 0)
			assert_int_equal(spool_flush(&spools[random_below(&seed, 2)], &f->spill, &err), 0);
	}
	for (unsigned i = 0; i < 2; i++) {
		copy(&spools[i], &f->spill, &got);
		assert_int_equal(got.n, expected[i].n);
		assert_memory_equal(got.data, expected[i].data, got.n);
		spool_release(&spools[i]);
		buf_release(&expected[i]);
	}
	buf_release(&got);
}

static void an_empty_spool_is_nothing(void **state)
{
	struct fixture *f = *state;
	struct spool spool = {{0}};
	struct buf got = {0};
	struct err err = {0};

	assert_int_equal(spool_flush(&spool, &f->spill, &err), 0);
	assert_int_equal(f->spill.fd, -1);
	copy(&spool, &f->spill, &got);
	assert_int_equal(got.n, 0);
	spool_release(&spool);
	buf_release(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(gives_back_what_was_written, make, release),
		cmocka_unit_test_setup_teardown(reads_all_whatever_comes_at_a_time, make, release),
		cmocka_unit_test_setup_teardown(spools_share_a_file, make, release),
		cmocka_unit_test_setup_teardown(an_empty_spool_is_nothing, make, release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
