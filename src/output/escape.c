#include "escape.h"

#include "unicode.h"
#include "utf8.h"

#include <inttypes.h>

struct code_range {
	uint32_t first;
	uint32_t last;
};

/* Can move the cursor, end a line, or hide or reorder what is around it; ascending. */
static const struct code_range unsafe[] = {
	{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C}, {0x200E, 0x200F},
	{0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F},
};

static bool is_unsafe(uint32_t code)
{
	size_t i = 0;

	/* Nearly all of a text: ASCII that can be seen, and everything from the punctuation of Chinese to U+FEFE. */
	if (code - 0x20 < 0x5F || (code >= 0x2070 && code < 0xFEFF))
		return false;
	while (i < sizeof(unsafe) / sizeof(unsafe[0]) && code > unsafe[i].last)
		i++;
	return i < sizeof(unsafe) / sizeof(unsafe[0]) && code >= unsafe[i].first;
}

static void add_code(struct buf *out, uint32_t code)
{
	if (code < 0x80)
		buf_printf(out, "\\x%02" PRIx32, code);
	else if (code <= 0xFFFF)
		buf_printf(out, "\\u%04" PRIx32, code);
	else
		buf_printf(out, "\\U%08" PRIx32, code);
}

static void add_bytes(struct buf *out, struct span bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		buf_printf(out, "\\x%02x", (unsigned)(unsigned char)bytes.p[i]);
}

static bool passes(uint32_t code, bool lines)
{
	return (lines && (code == '\n' || code == '\t')) || !is_unsafe(code);
}

/* Where ASCII that can be seen ends, and characters of three bytes from U+3000 on, which Han is: nearly all of a text, and safe.
 * Those that begin with ED or with the EF BB of U+FEFF are left to others. */
static size_t safe_end(struct span text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.p;

	for (;;) {
		while (at < text.n && s[at] - 0x20u < 0x5F)
			at++;
		if (text.n - at < 3 || s[at] < 0xE3 || s[at] > 0xEF || s[at] == 0xED || (s[at + 1] & 0xC0) != 0x80 ||
		    (s[at + 2] & 0xC0) != 0x80 || (s[at] == 0xEF && s[at + 1] == 0xBB))
			return at;
		at += 3;
	}
}

static void escape(struct buf *out, struct span text, bool lines)
{
	size_t done = 0;

	for (size_t i = safe_end(text, 0); i < text.n; i = safe_end(text, i)) {
		uint32_t code;
		bool valid;
		size_t n = utf8_next(text.p + i, text.n - i, &code, &valid);

		if (!valid || !passes(code, lines)) {
			buf_add(out, text.p + done, i - done);
			if (!valid)
				add_bytes(out, (struct span){text.p + i, n});
			else if (!(lines && code == '\r' && i + 1 < text.n && text.p[i + 1] == '\n'))
				add_code(out, code);
			done = i + n;
		}
		i += n;
	}
	if (done < text.n)
		buf_add(out, text.p + done, text.n - done);
}

void escape_line(struct buf *out, struct span text)
{
	escape(out, text, false);
}

void escape_text(struct buf *out, struct span text)
{
	escape(out, text, true);
}

unsigned escape_columns(uint32_t code)
{
	uint32_t folded[UNICODE_FOLD_MAX];

	if (code < 0x80)
		return 1;
	if (unicode_class(code) == CLASS_MARK || unicode_fold(code, folded) == 0)
		return 0;
	return unicode_is_wide(code) ? 2 : 1;
}
