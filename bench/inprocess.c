/* inprocess - how many searches a second one core makes inside one process: sections and scores, nothing shown.
 *
 * Shape:  inprocess INDEX [ROUNDS] < queries; a query a line, each searched once a round.
 * Units:  a line a round: queries a second of processor time, which other work beside hardly changes; then a checksum of all
 *         scores, so that two builds can be compared.
 */
#include "buf.h"
#include "searcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { QUERIES_BYTES_MAX = 64 << 20, ROUNDS = 5 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int fail(const struct err *err)
{
	fprintf(stderr, "inprocess: %s\n", err->text);
	return 2;
}

/* One round over all lines; the number of queries, or -1. */
static long search_all(struct searcher *searcher, struct span lines, double *scores, struct err *err)
{
	struct search_request request = {.limit = 10, .without_hits = true, .without_total = true};
	struct answer answer;
	long count = 0;

	while (lines.n) {
		const char *end = memchr(lines.p, '\n', lines.n);

		request.query = (struct span){lines.p, end ? (size_t)(end - lines.p) : lines.n};
		if (request.query.n && searcher_search(searcher, &request, &answer, err) < 0)
			return -1;
		for (size_t i = 0; request.query.n && i < answer.hit_count; i++)
			*scores += answer.hits[i].score;
		count += request.query.n > 0;
		lines.p += request.query.n + (end != NULL);
		lines.n -= request.query.n + (end != NULL);
	}
	return count;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct buf lines = {0};
	struct searcher *searcher;
	int rounds = argc > 2 ? atoi(argv[2]) : ROUNDS;

	if (argc < 2) {
		fputs("usage: inprocess INDEX [ROUNDS] < queries\n", stderr);
		return 2;
	}
	searcher = searcher_open(&io_posix, (const char *const *)argv + 1, 1, &err);
	if (!searcher || io_read_all(&io_posix, STDIN_FILENO, "standard input", QUERIES_BYTES_MAX, &lines, &err) < 0)
		return fail(&err);
	for (int i = 0; i < rounds; i++) {
		double scores = 0;
		double start = now();
		long count = search_all(searcher, buf_span(&lines), &scores, &err);

		if (count < 0)
			return fail(&err);
		printf("%.0f queries/s (%ld queries, scores %.6f)\n", (double)count / (now() - start), count, scores);
	}
	searcher_close(searcher);
	buf_release(&lines);
	return 0;
}
