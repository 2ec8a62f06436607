/* part - a long text in parts that md4c can be given one by one.
 *
 * Shape:  md4c holds up to 60 bytes for a byte of text ("[") until it has seen all of it. A text of some hundred KB is one
 *         part. A longer one is given as parts of 2 * `least` bytes. What is open where a line begins is known to md4c only, so
 *         it is md4c that ends a part: where it finds text of no code and no HTML in a line that may begin a part
 *         (part_may_begin), the reader stops and says so (parts_return). Where it finds none behind `least`, the part is
 *         read whole, and the next begins inside of what is open (parts_leave): in code, in HTML, in an item of a list.
 *         So sections are those that the text has as a whole. What a cut loses is marks: of a definition `[a]: b` in another
 *         part `[a]` keeps its brackets. A paragraph or a table of half a MB, which nobody wrote, is cut in two.
 * Owner:  spans of the text, or of the program.
 * Cost:   linear: what is looked at twice is a part's second half, and by md4c's search for blocks only.
 */
#ifndef INPUT_PART_H
#define INPUT_PART_H

#include "span.h"

enum { PART_LEAST = 512 << 10 }; /* bytes: some 5 times what a long page of a manual has */

/* What is open where a part begins. */
enum part_kind {
	PART_PLAIN,
	PART_CODE, /* a fenced code block: its lines, the one that ends it among them */
	PART_HTML, /* a block of HTML, to its end */
	PART_ITEM, /* an item of a list, or a quote: Markdown that has no headings which are the document's */
};

struct part {
	struct span text;
	enum part_kind kind;
	bool in_line; /* begins in the middle of a line */
};

struct parts {
	struct span rest;
	size_t least;
	enum part_kind kind;
	struct span mark; /* of code: its fence; of HTML: what began it, if that says what ends it */
	size_t indent;    /* of an item: the columns that its lines are indented by */
	bool in_line;
};

/* The next part; false at the end. What stands between two parts is no word. */
bool parts_next(struct parts *parts, struct part *part);

/* May a part begin with the line at `at`, if that is in no code and in no HTML? Nothing else can be open there: the line is not
 * indented, and is a heading or comes after a blank one. */
bool part_may_begin(struct span text, size_t at);

/* The part just given ends at `at`: nothing is open there. */
void parts_return(struct parts *parts, const char *at);

/* Where the first character behind the part just given is, from there on. */
size_t parts_indent(const struct parts *parts);

/* The part just given was read to its end, and this is open there. `start`: the first place of text in the last block or item
 * that is in no other; behind the part, or NULL, when that has none. */
void parts_leave(struct parts *parts, struct span part, enum part_kind open, const char *start);

#endif
