#include "gram.h"

#include "unicode.h"
#include "utf8.h"

struct gram_scan gram_scan_of(struct span folded)
{
	return (struct gram_scan){.text = folded};
}

static void set(struct gram *out, enum gram_kind kind, const struct gram_scan *scan, size_t start, size_t end)
{
	out->kind = kind;
	out->text = (struct span){scan->text.p + start, end - start};
}

/* Takes a character of the kind `han` into the run. */
static void extend(struct gram_scan *scan, size_t start, bool han)
{
	if (scan->han != han)
		scan->run = 0;
	scan->han = han;
	if (scan->run == 2)
		scan->starts[0] = scan->starts[1];
	scan->starts[scan->run == 0 ? 0 : 1] = start;
	if (scan->run < 2)
		scan->run++;
}

bool gram_next(struct gram_scan *scan, struct gram *out)
{
	if (scan->pair) {
		set(out, GRAM_PAIR, scan, scan->starts[0], scan->pair);
		scan->pair = 0;
		return true;
	}
	while (scan->at < scan->text.n) {
		size_t start = scan->at;
		size_t three = scan->run == 2 && !scan->han ? scan->starts[0] : SIZE_MAX;
		uint32_t code;
		bool valid;
		enum char_class class;

		scan->at += utf8_next(scan->text.p + start, scan->text.n - start, &code, &valid);
		class = unicode_class(code);
		if (class == CLASS_SYMBOL || class == CLASS_SPACE) {
			scan->run = 0;
			continue;
		}
		extend(scan, start, class == CLASS_HAN);
		if (class == CLASS_HAN) {
			scan->pair = scan->run == 2 ? scan->at : 0;
			set(out, GRAM_HAN, scan, start, scan->at);
			return true;
		}
		if (three != SIZE_MAX) {
			set(out, GRAM_THREE, scan, three, scan->at);
			return true;
		}
	}
	return false;
}
