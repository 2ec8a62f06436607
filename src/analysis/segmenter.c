#include "segmenter.h"

#include "mem.h"
#include "utf8.h"

#include <unicode/ubrk.h>

struct segmenter {
	UBreakIterator *words;
	struct buf units; /* the run in UTF-16 */
};

static int refuse(struct err *err, const char *doing, UErrorCode status)
{
	if (status == U_MEMORY_ALLOCATION_ERROR)
		return err_memory(err, doing);
	return err_set(err, ERR_ANALYSIS, "ICU cannot %s: %s", doing, u_errorName(status));
}

struct segmenter *segmenter_new(struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	struct segmenter *s = mem_zero(1, sizeof *s);

	if (!s) {
		err_memory(err, "open the word tables");
		return NULL;
	}
	/* The rules are those of the root locale: "zh" comes with a warning, which is no failure. */
	s->words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
	if (U_SUCCESS(status))
		return s;
	refuse(err, "open its word tables", status);
	segmenter_free(s);
	return NULL;
}

void segmenter_free(struct segmenter *s)
{
	if (!s)
		return;
	if (s->words)
		ubrk_close(s->words);
	buf_release(&s->units);
	mem_free(s);
}

/* How many units were written to `to`, which has room for one a byte. */
static int32_t to_utf16(struct span run, UChar *to)
{
	int32_t n = 0;
	uint32_t code;
	bool valid;

	for (size_t i = 0; i < run.n;) {
		i += utf8_next(run.p + i, run.n - i, &code, &valid);
		U16_APPEND_UNSAFE(to, n, code);
	}
	return n;
}

/* The byte after the next `units` UTF-16 units of valid text at `at`. */
static size_t skip_units(struct span run, size_t at, int32_t units)
{
	while (units > 0) {
		unsigned char lead = (unsigned char)run.p[at];

		at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
		units -= lead < 0xF0 ? 1 : 2;
	}
	return at;
}

int segmenter_cut(struct segmenter *s, struct span run, struct buf *ends, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t done = 0;
	size_t at = 0;
	UChar *units;

	buf_reset(&s->units);
	units = (void *)buf_reserve(&s->units, run.n * sizeof *units);
	if (!units)
		return err_memory(err, "cut text into words");
	ubrk_setText(s->words, units, to_utf16(run, units), &status);
	if (U_FAILURE(status))
		return refuse(err, "cut text into words", status);
	for (int32_t cut = ubrk_next(s->words); cut != UBRK_DONE; cut = ubrk_next(s->words)) {
		uint32_t end;

		at = skip_units(run, at, cut - done);
		end = (uint32_t)at;
		done = cut;
		buf_add(ends, &end, sizeof end);
	}
	return ends->failed ? err_memory(err, "cut text into words") : 0;
}
