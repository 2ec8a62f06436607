/* bytes - single bytes looked for in many, a machine word or a vector at a time.
 *
 * Shape:  for what memchr(3) does not answer: how many, whether two stand side by side, where the first of two is.
 * Cost:   counting and pairs: some 0.05 ns a byte where the compiler has vectors; line ends: 0.15 ns.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include "span.h"

/* How often `byte` stands in the text. */
size_t bytes_count(struct span text, char byte);

/* Does `first` stand somewhere with `second` right behind it? */
bool bytes_have_pair(struct span text, char first, char second);

/* Where the first '\n' or '\v' is at or after `from` (<= text.n); text.n when there is none. */
size_t bytes_find_break(struct span text, size_t from);

#endif
