#include "gram.h"

#include "utf8.h"

uint32_t gram_code(uint32_t code)
{
	enum char_class class = unicode_class(code);

	if (class == CLASS_HAN)
		return code < GRAM_HAN_LIMIT ? code | GRAM_CODE_HAN : GRAM_CODE_BREAK;
	return class == CLASS_SYMBOL || class == CLASS_SPACE || code > 0xFFFF ? GRAM_CODE_BREAK : code;
}

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

		scan->at += utf8_next(scan->text.p + start, scan->text.n - start, &code, &valid);
		code = gram_code(code);
		if (code == GRAM_CODE_BREAK) {
			scan->run = 0;
			continue;
		}
		extend(scan, start, code & GRAM_CODE_HAN);
		if (code & GRAM_CODE_HAN) {
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

size_t gram_put(char *to, uint32_t code)
{
	size_t n = 0;

	if (code > 0xFFFF) {
		uint32_t high = 0xD800 + ((code - 0x10000) >> 10);

		to[n++] = (char)(unsigned char)(high >> 8);
		to[n++] = (char)(unsigned char)high;
		code = 0xDC00 + (code & 0x3FF);
	}
	to[n++] = (char)(unsigned char)(code >> 8);
	to[n++] = (char)(unsigned char)code;
	return n;
}

struct span gram_key(const struct gram *gram, char to[8])
{
	struct span left = gram->text;
	size_t n = 0;

	if (gram->kind == GRAM_THREE)
		return gram->text;
	while (left.n && n <= 4) {
		uint32_t code;
		bool valid;
		size_t used = utf8_next(left.p, left.n, &code, &valid);

		n += gram_put(to + n, code);
		left.p += used;
		left.n -= used;
	}
	return (struct span){to, n};
}

const char gram_ascii[128] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
	['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f',
	['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n',
	['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v',
	['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd',
	['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l',
	['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
	['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
};
