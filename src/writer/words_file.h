/* words_file - the file of --words: lines to a list of user words.
 *
 * Shape:  a word a line. What stands behind it after a blank is not looked at: a count, a comment, the columns that other
 *         programs put there. Blank lines, and those that begin with '#', are nothing. Words are folded as text is, and
 *         sorted: order and spelling do not matter.
 * Owner:  the list is appended to the caller's buffer.
 * Errors: ERR_IO, ERR_MEMORY; ERR_LIMIT for more than USER_WORDS_LIMIT words. A line that cannot be a word is told through `note`,
 *         as "FILE:LINE: why", and passed over; of many such lines the first ten, and how many more there are.
 */
#ifndef WRITER_WORDS_FILE_H
#define WRITER_WORDS_FILE_H

#include "analyzer.h"
#include "io.h"

/* `list`: as user_words.h. `note` may be NULL. */
int words_file_read(struct buf *list, const struct io *io, const char *path,
		    void (*note)(void *context, bool missing, const char *text), void *context, struct err *err);

#endif
