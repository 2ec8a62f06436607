/* driver - a target without libFuzzer: ROUNDS inputs made of pieces of seeds, and the seeds, one a line of FILE.
 *
 * usage: fuzz_TARGET ROUNDS FILE...
 *
 * The inputs are the same on every run. When a target aborts, the input is on stderr, in hexadecimal.
 */
#include "buf.h"
#include "fuzz.h"
#include "io.h"
#include "random.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A long input in fifty, and what the others have at most. */
enum { PIECES_LONG = 200, PIECES = 12 };

static struct buf input;

static void show_input(int signal)
{
	(void)signal;
	for (size_t i = 0; i < input.n; i++)
		dprintf(STDERR_FILENO, "%02x", (unsigned char)input.data[i]);
	dprintf(STDERR_FILENO, "\n");
}

static void run(void)
{
	LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.n);
}

/* Any part of any line: characters are cut, too. */
static void add_piece(const struct buf *seeds, uint64_t *seed)
{
	uint32_t at = random_below(seed, (uint32_t)seeds->n);
	uint32_t n = 1 + random_below(seed, random_below(seed, 4) ? 8 : 40);

	for (; n && at < seeds->n && seeds->data[at] != '\n'; n--)
		buf_add_byte(&input, (unsigned char)seeds->data[at++]);
	if (random_below(seed, 8) == 0)
		buf_add_byte(&input, (unsigned char)random_below(seed, 256));
}

static void run_lines(const struct buf *seeds)
{
	for (size_t at = 0; at < seeds->n; at++) {
		buf_reset(&input);
		for (; at < seeds->n && seeds->data[at] != '\n'; at++)
			buf_add_byte(&input, (unsigned char)seeds->data[at]);
		run();
	}
}

static int read_seeds(const char *path, struct buf *seeds)
{
	struct err err = {0};
	int fd = io_posix.openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);

	if (fd >= 0 && io_read_all(&io_posix, fd, path, 1 << 20, seeds, &err) == 0 && io_posix.close(fd) == 0)
		return 0;
	fprintf(stderr, "driver: cannot read %s\n", path);
	return -1;
}

int main(int argc, char **argv)
{
	long rounds = argc > 2 ? atol(argv[1]) : 0;
	struct buf seeds = {0};
	uint64_t seed = 1;

	signal(SIGABRT, show_input);
	for (int i = 2; i < argc; i++)
		if (read_seeds(argv[i], &seeds) < 0)
			return 2;
	if (rounds <= 0 || seeds.n == 0)
		return 2;
	run_lines(&seeds);
	for (long round = 0; round < rounds; round++) {
		buf_reset(&input);
		for (uint32_t n = random_below(&seed, round % 50 ? PIECES : PIECES_LONG); n; n--)
			add_piece(&seeds, &seed);
		run();
	}
	printf("%ld inputs and the seeds\n", rounds);
	buf_release(&input);
	buf_release(&seeds);
	return 0;
}
