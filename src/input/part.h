/* part - a long text in parts that md4c can be given one by one.
 *
 * Shape:  md4c holds up to 60 bytes for a byte of text ("[") until it has seen all of it. A text of some hundred KB is one
 *         part. A longer one is cut where no block goes on: before a heading, or before a line that is not indented and
 *         has a blank one before it. Where there is none for long it is cut before any line that is not indented, and a
 *         line of a MB, which nobody wrote, somewhere inside. A fenced code block that was cut goes on as code.
 *         What a cut loses is marks: of a definition `[a]: b` in another part `[a]` keeps its brackets.
 * Owner:  spans of the text.
 * Cost:   linear, 0.2 ns a byte; nothing for a text of one part.
 */
#ifndef INPUT_PART_H
#define INPUT_PART_H

#include "span.h"

enum {
	PART_LEAST = 512 << 10, /* bytes: some 5 times what a long page of a manual has */
	PART_MOST = 2 * PART_LEAST,
};

struct part {
	struct span text;
	bool code;    /* lines of a fenced code block, the one that ends it among them */
	bool in_line; /* begins in the middle of a line */
};

struct parts {
	struct span rest;
	struct span fence; /* the marks of the fenced code block that is open */
	bool in_line;
};

/* The next part; false at the end. What stands between two parts is no word. */
bool parts_next(struct parts *parts, struct part *part);

#endif
