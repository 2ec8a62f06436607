#include "foreign.h"

#include "mem.h"
#include "utf8.h"

#include <unicode/ubrk.h>

struct foreign {
	UBreakIterator *words;
	struct buf units; /* the run in UTF-16 */
};

static int refuse(struct err *err, const char *doing, UErrorCode status)
{
	if (status == U_MEMORY_ALLOCATION_ERROR)
		return err_memory(err, doing);
	return err_set(err, ERR_ANALYSIS, "ICU cannot %s: %s", doing, u_errorName(status));
}

/* Which engine takes a character of no script (ー 〱) depends on what an iterator saw before, here and in the whole process:
 * one of each kind first, and all runs are cut alike. */
static void settle(UBreakIterator *words, UErrorCode *status)
{
	ubrk_setText(words, u"水火〱〱", 4, status);
	if (U_SUCCESS(*status))
		while (ubrk_next(words) != UBRK_DONE)
			;
}

static struct foreign *open_icu(struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	struct foreign *f = mem_zero(1, sizeof *f);

	if (!f) {
		err_memory(err, "open the word tables");
		return NULL;
	}
	/* The rules are those of the root locale: "zh" comes with a warning, which is no failure. */
	f->words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
	if (U_SUCCESS(status))
		settle(f->words, &status);
	if (U_SUCCESS(status))
		return f;
	refuse(err, "open its word tables", status);
	foreign_free(f);
	return NULL;
}

void foreign_free(struct foreign *f)
{
	if (!f)
		return;
	if (f->words)
		ubrk_close(f->words);
	buf_release(&f->units);
	mem_free(f);
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

int foreign_cut(struct foreign **state, struct span run, struct buf *ends, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t done = 0;
	size_t at = 0;
	UChar *units;

	if (!*state)
		*state = open_icu(err);
	if (!*state)
		return -1;
	buf_reset(&(*state)->units);
	units = (void *)buf_reserve(&(*state)->units, run.n * sizeof *units);
	if (!units)
		return err_memory(err, "cut text into words");
	ubrk_setText((*state)->words, units, to_utf16(run, units), &status);
	if (U_FAILURE(status))
		return refuse(err, "cut text into words", status);
	for (int32_t cut = ubrk_next((*state)->words); cut != UBRK_DONE; cut = ubrk_next((*state)->words)) {
		uint32_t end;

		at = skip_units(run, at, cut - done);
		end = (uint32_t)at;
		done = cut;
		buf_add(ends, &end, sizeof end);
	}
	return ends->failed ? err_memory(err, "cut text into words") : 0;
}
