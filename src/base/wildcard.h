/* wildcard - one pattern of the shell against one text.
 *
 * Shape:  '*' any text, '?' any character, '[ab]' '[!ab]' '[a-z]' '[[:digit:]]' one of a set, '\' takes the next character as it
 *         is. A '[' that nothing closes is itself. Nothing in it looks at a locale, and a dot at the start is like others.
 * Units:  characters of UTF-8; a byte that is none is a character too, and as itself equal to itself alone.
 * Cost:   a pass over the text; at worst, with many stars, the product of both lengths: only the last star takes more.
 * Source: POSIX.1-2008, XCU 2.13. fnmatch(3) needs a locale for characters, and is not of one mind with itself: glibc 2.36 says
 *         that b[!a]*? fits b中, musl that no '?' fits a byte that is no UTF-8.
 */
#ifndef BASE_WILDCARD_H
#define BASE_WILDCARD_H

#include "span.h"

/* `crosses`: stars, '?' and sets match a '/' too. */
bool wildcard_match(struct span pattern, struct span text, bool crosses);

#endif
