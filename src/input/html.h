/* html - what a reader sees of raw HTML inside Markdown.
 *
 * Shape:  tags, comments and the contents of <script> and <style> vanish. Tags of running text (<b>, <span>, <sub>)
 *         vanish without a trace; any other (<br>, <td>, <div>) separates what stands on its sides: '\v', the hard
 *         break of block.h.
 * Cost:   linear: a search that found no end is not repeated.
 */
#ifndef INPUT_HTML_H
#define INPUT_HTML_H

#include "buf.h"

/* Does the tag that `tag` begins with ("<br />") separate words? Not so text that is no tag, and comments. */
bool html_separates(struct span tag);

/* Appends the visible text of `html`, character references decoded. Returns what to put before the HTML that follows, if it is read
 * later: a comment, a tag, a <script> or a <style> may be open. */
const char *html_add_text(struct buf *out, struct span html);

#endif
