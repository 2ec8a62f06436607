/* segment - compares our word boundaries with those of ICU, over any tree of text.
 *
 * Shape:  segment TREE...: every file that is UTF-8 text is folded, and cut by segmenter.h and by ubrk: first the runs that
 *         the analyzer hands over, then whole lines. Printed for both: characters, boundaries, those that one of the two
 *         alone has (the first few with their text), and MB/s of folded text on one core, conversion to UTF-16 not
 *         counted. Two walks, one for each engine, so that neither finds its tables thrown out of the caches by the other.
 * Build:  ninja -C build bench/segment
 * Errors: a line on stderr and exit 2; exit 1 when a boundary differs.
 */
#include "fold.h"
#include "io.h"
#include "segmenter.h"
#include "unicode.h"
#include "utf8.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 20, SHOWN_MAX = 5, SHOWN_BYTES = 60, DESCRIPTORS = 16 };

/* What was found in one way of handing text over. */
struct figures {
	const char *name;
	size_t pieces;
	size_t bytes;
	size_t characters;
	size_t boundaries;
	size_t differing;
	double seconds_ours;
	double seconds_icu;
};

/* Where a piece stands in the folded text, in bytes and in UTF-16. */
struct piece {
	size_t start;
	size_t end;
	int32_t unit_start;
	int32_t unit_end;
};

struct text {
	const char *path;
	struct buf folded;
	struct buf units;   /* UChar: the whole text */
	struct buf offsets; /* uint32_t: of each unit, and the end */
	struct buf pieces;
	struct buf ours; /* uint32_t: ends in bytes of the text */
	struct buf icus;
};

static struct figures runs = {.name = "runs"};
static struct figures lines = {.name = "lines"};
static struct text text;
static struct segmenter *segmenter;
static UBreakIterator *words;

static void die(const char *what, const char *why)
{
	fprintf(stderr, "segment: %s: %s\n", what, why);
	exit(2);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void to_units(void)
{
	struct span folded = buf_span(&text.folded);
	uint32_t end = (uint32_t)folded.n;
	uint32_t code;
	bool valid;

	buf_reset(&text.units);
	buf_reset(&text.offsets);
	for (size_t at = 0; at < folded.n;) {
		UChar unit[2];
		uint32_t offset = (uint32_t)at;
		int32_t n = 0;

		at += utf8_next(folded.p + at, folded.n - at, &code, &valid);
		U16_APPEND_UNSAFE(unit, n, code);
		buf_add(&text.units, unit, (size_t)n * sizeof *unit);
		for (int32_t i = 0; i < n; i++)
			buf_add(&text.offsets, &offset, sizeof offset);
	}
	buf_add(&text.offsets, &end, sizeof end);
}

static bool in_run(uint32_t code)
{
	enum char_class class = unicode_class(code);

	return class == CLASS_HAN || class == CLASS_SCRIPT || class == CLASS_MARK;
}

/* Runs begin with a letter, as in the analyzer; lines hold everything and their line feed. */
static void find_pieces(bool whole_lines)
{
	struct span folded = buf_span(&text.folded);
	struct piece piece = {0};
	int32_t unit = 0;
	bool open = false;

	buf_reset(&text.pieces);
	for (size_t at = 0; at < folded.n;) {
		uint32_t code;
		bool valid;
		size_t used = utf8_next(folded.p + at, folded.n - at, &code, &valid);
		bool inside = whole_lines || (in_run(code) && (open || unicode_class(code) != CLASS_MARK));

		if (open && !inside) {
			buf_add(&text.pieces, &piece, sizeof piece);
			open = false;
		}
		if (inside && !open) {
			piece.start = at;
			piece.unit_start = unit;
			open = true;
		}
		at += used;
		unit += code > 0xFFFF ? 2 : 1;
		piece.end = at;
		piece.unit_end = unit;
		if (open && whole_lines && code == '\n') {
			buf_add(&text.pieces, &piece, sizeof piece);
			open = false;
		}
	}
	if (open)
		buf_add(&text.pieces, &piece, sizeof piece);
}

static void cut_ours(void)
{
	struct err err = {0};

	buf_reset(&text.ours);
	for (size_t i = 0; i < BUF_COUNT(&text.pieces, struct piece); i++) {
		struct piece piece = BUF_AT(&text.pieces, struct piece, i);
		struct span run = {text.folded.data + piece.start, piece.end - piece.start};
		size_t first = BUF_COUNT(&text.ours, uint32_t);

		if (segmenter_cut(segmenter, run, &text.ours, &err))
			die(text.path, err.text);
		for (size_t k = first; k < BUF_COUNT(&text.ours, uint32_t); k++)
			BUF_AT(&text.ours, uint32_t, k) += (uint32_t)piece.start;
	}
}

static void cut_icu(void)
{
	buf_reset(&text.icus);
	for (size_t i = 0; i < BUF_COUNT(&text.pieces, struct piece); i++) {
		struct piece piece = BUF_AT(&text.pieces, struct piece, i);
		const UChar *units = &BUF_AT(&text.units, UChar, piece.unit_start);
		UErrorCode status = U_ZERO_ERROR;

		ubrk_setText(words, units, piece.unit_end - piece.unit_start, &status);
		if (U_FAILURE(status))
			die(text.path, u_errorName(status));
		for (int32_t end = ubrk_next(words); end != UBRK_DONE; end = ubrk_next(words))
			buf_add(&text.icus, &BUF_AT(&text.offsets, uint32_t, piece.unit_start + end), sizeof(uint32_t));
	}
}

static void show(size_t at)
{
	struct span folded = buf_span(&text.folded);
	size_t start = utf8_floor(folded, at > SHOWN_BYTES ? at - SHOWN_BYTES : 0);
	size_t end = utf8_floor(folded, at + SHOWN_BYTES);

	printf("  %s: byte %zu of the folded text: %.*s|%.*s\n", text.path, at, (int)(at - start), folded.p + start,
	       (int)(end - at), folded.p + at);
}

static void compare(struct figures *f)
{
	size_t n = BUF_COUNT(&text.ours, uint32_t);
	size_t m = BUF_COUNT(&text.icus, uint32_t);

	f->boundaries += m;
	for (size_t i = 0, k = 0; i < n || k < m;) {
		uint32_t our = i < n ? BUF_AT(&text.ours, uint32_t, i) : UINT32_MAX;
		uint32_t icu = k < m ? BUF_AT(&text.icus, uint32_t, k) : UINT32_MAX;

		i += our <= icu;
		k += icu <= our;
		if (our != icu && f->differing++ < SHOWN_MAX)
			show(our < icu ? our : icu);
	}
}

static void count(struct figures *f)
{
	for (size_t i = 0; i < BUF_COUNT(&text.pieces, struct piece); i++) {
		struct piece piece = BUF_AT(&text.pieces, struct piece, i);

		f->bytes += piece.end - piece.start;
		f->characters += utf8_count((struct span){text.folded.data + piece.start, piece.end - piece.start});
	}
	f->pieces += BUF_COUNT(&text.pieces, struct piece);
}

static void measure_ours(struct figures *f, bool whole_lines)
{
	double start;

	find_pieces(whole_lines);
	count(f);
	start = now();
	cut_ours();
	f->seconds_ours += now() - start;
}

static void measure_icu(struct figures *f, bool whole_lines)
{
	double start;

	find_pieces(whole_lines);
	start = now();
	cut_icu();
	f->seconds_icu += now() - start;
	cut_ours();
	compare(f);
}

static bool read_text(const char *path, const struct stat *status, int type)
{
	struct err err = {0};
	struct buf bytes = {0};
	int file;

	if (type != FTW_F || status->st_size == 0 || status->st_size > FILE_MAX)
		return false;
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || io_read_all(&io_posix, file, path, FILE_MAX, &bytes, &err))
		die(path, "cannot read");
	close(file);
	text.path = path;
	buf_reset(&text.folded);
	fold_text(buf_span(&bytes), &text.folded, NULL);
	buf_release(&bytes);
	return true;
}

static int cut_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)place;
	if (!read_text(path, status, type))
		return 0;
	measure_ours(&runs, false);
	measure_ours(&lines, true);
	return 0;
}

static int compare_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)place;
	if (!read_text(path, status, type))
		return 0;
	to_units();
	measure_icu(&runs, false);
	measure_icu(&lines, true);
	return 0;
}

static void print(const struct figures *f)
{
	double megabytes = (double)f->bytes / 1e6;

	printf("%s: %zu (%.1f MB), %zu characters, %zu boundaries, %zu differ; ours %.1f MB/s, ICU %.1f MB/s\n",
	       f->name, f->pieces, megabytes, f->characters, f->boundaries, f->differing, megabytes / f->seconds_ours,
	       megabytes / f->seconds_icu);
}

static void open_both(void)
{
	UErrorCode status = U_ZERO_ERROR;
	struct err err = {0};

	segmenter = segmenter_new(&err);
	if (!segmenter)
		die("segmenter", err.text);
	words = ubrk_open(UBRK_WORD, "zh", u"水火〱〱", 4, &status); /* see foreign_icu.c */
	if (U_FAILURE(status))
		die("ICU", u_errorName(status));
	while (ubrk_next(words) != UBRK_DONE)
		;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		die("usage", "segment TREE...");
	open_both();
	for (int i = 1; i < argc; i++)
		if (nftw(argv[i], cut_file, DESCRIPTORS, FTW_PHYS) ||
		    nftw(argv[i], compare_file, DESCRIPTORS, FTW_PHYS))
			die(argv[i], "cannot walk");
	print(&runs);
	print(&lines);
	segmenter_free(segmenter);
	ubrk_close(words);
	buf_release(&text.folded);
	buf_release(&text.units);
	buf_release(&text.offsets);
	buf_release(&text.pieces);
	buf_release(&text.ours);
	buf_release(&text.icus);
	return runs.differing || lines.differing;
}
