#include "gram.h"

#include "utf8.h"

#include <string.h>

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

static enum gram_class class_of(uint32_t code, uint32_t gram)
{
	if (gram & GRAM_CODE_HAN)
		return GRAM_CLASS_HAN;
	if (gram != GRAM_CODE_BREAK)
		return GRAM_CLASS_LETTER;
	return gram_is_sign(code) ? GRAM_CLASS_SIGN : GRAM_CLASS_NONE;
}

/* The gram of the last `count` characters of the run, which ends at `end`. */
static void add(struct gram_scan *scan, enum gram_kind kind, unsigned count, size_t end)
{
	size_t start = scan->starts[3 - count];

	memmove(scan->due + 1, scan->due, scan->due_count * sizeof *scan->due);
	scan->due[0] = (struct gram){kind, {scan->text.p + start, end - start}};
	scan->due_count++;
}

static void end_run(struct gram_scan *scan, size_t end)
{
	if (scan->class == GRAM_CLASS_LETTER && scan->run > 0 && scan->run < 3)
		add(scan, GRAM_SHORT, scan->run, end);
	scan->run = 0;
}

/* Are the last two characters a letter of ASCII and something else that is neither blank nor a letter? */
static bool is_edge(const struct gram_scan *scan, enum gram_class before)
{
	bool last = scan->class == GRAM_CLASS_LETTER;
	bool apart =
		(before == GRAM_CLASS_LETTER) != last && before != GRAM_CLASS_NONE && scan->class != GRAM_CLASS_NONE;

	return apart && (unsigned char)scan->text.p[scan->starts[last ? 2 : 1]] < 0x80;
}

/* Takes a character into the run. */
static void extend(struct gram_scan *scan, size_t start, enum gram_class class)
{
	if (scan->class != class)
		end_run(scan, start);
	scan->class = class;
	scan->starts[0] = scan->starts[1];
	scan->starts[1] = scan->starts[2];
	scan->starts[2] = start;
	if (scan->run < 3)
		scan->run++;
}

static void take(struct gram_scan *scan)
{
	size_t start = scan->at;
	enum gram_class before = scan->class;
	enum gram_class class;
	uint32_t code;
	bool valid;

	scan->at += utf8_next(scan->text.p + start, scan->text.n - start, &code, &valid);
	class = class_of(code, gram_code(code));
	extend(scan, start, class);
	if (class == GRAM_CLASS_HAN)
		add(scan, GRAM_HAN, 1, scan->at);
	else if (code > 0x7F)
		add(scan, GRAM_ONE, 1, scan->at);
	if (class == GRAM_CLASS_HAN && scan->run > 1)
		add(scan, GRAM_PAIR, 2, scan->at);
	if (class == GRAM_CLASS_LETTER && scan->run == 3)
		add(scan, GRAM_THREE, 3, scan->at);
	if (class == GRAM_CLASS_SIGN && scan->run > 1)
		add(scan, GRAM_SIGNS, 2, scan->at);
	if (is_edge(scan, before))
		add(scan, GRAM_EDGE, 2, scan->at);
}

bool gram_next(struct gram_scan *scan, struct gram *out)
{
	while (scan->due_count == 0 && scan->at < scan->text.n)
		take(scan);
	if (scan->due_count == 0)
		end_run(scan, scan->at);
	if (scan->due_count == 0)
		return false;
	*out = scan->due[--scan->due_count];
	return true;
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

/* The letter as it is, of a Han character only that it is one. */
static struct span edge_key(struct span text, char to[8])
{
	bool first = (unsigned char)text.p[0] < 0x80;
	size_t n = 0;

	if (text.n == 2)
		return text;
	if (first)
		to[n++] = text.p[0];
	n += utf8_put(to + n, GRAM_ANY_HAN);
	if (!first)
		to[n++] = text.p[text.n - 1];
	return (struct span){to, n};
}

struct span gram_key(const struct gram *gram, char to[8])
{
	struct span left = gram->text;
	size_t n = 0;

	if (gram->kind == GRAM_EDGE)
		return edge_key(gram->text, to);
	if (!gram_is_han(gram->kind))
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
