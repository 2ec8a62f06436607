#include "legacy.h"

#include <unicode/ucnv.h>

/* Two bytes become three at most, one of ASCII one, and a byte that is no character the three of U+FFFD. */
enum { GROWTH = 3 };

/* ICU's U+FFFD as ENCODING_DAMAGE. Returns what is left of the n bytes. */
static size_t mark_damage(char *text, size_t n)
{
	static const char replaced[] = "\uFFFD";
	size_t to = 0;

	for (size_t from = 0; from < n; to++) {
		bool damage = span_starts((struct span){text + from, n - from}, span_of(replaced));

		text[to] = damage ? (char)ENCODING_DAMAGE : text[from];
		from += damage ? strlen(replaced) : 1;
	}
	return to;
}

int legacy_add(struct buf *out, struct span bytes, enum encoding encoding, const char *shown, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	char *to = buf_reserve(out, bytes.n * GROWTH);
	int32_t n;

	if (!to)
		return err_memory(err, "read a file");
	n = ucnv_convert("UTF-8", encoding_name(encoding), to, (int32_t)(bytes.n * GROWTH), bytes.p, (int32_t)bytes.n,
			 &status);
	if (status == U_MEMORY_ALLOCATION_ERROR)
		return err_memory(err, "read a file");
	if (U_FAILURE(status))
		return err_set(err, ERR_IO, "%s: cannot convert from %s: %s", shown, encoding_name(encoding),
			       u_errorName(status));
	out->n += mark_damage(to, (size_t)n);
	return 0;
}
