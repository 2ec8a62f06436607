/* words_file - the files of --words and --synonyms: lines to the list or table that an index keeps.
 *
 * Shape:  a word a line. What stands behind it after a blank is not looked at: a count, a comment, the columns that other
 *         programs put there. Blank lines, and those that begin with '#', are nothing. Words are folded as text is, and
 *         sorted: order and spelling do not matter.
 *         Synonyms: a group a line, see synonyms.h.
 * Owner:  the list is appended to the caller's buffer.
 * Errors: ERR_IO, ERR_MEMORY; ERR_LIMIT for more than USER_WORDS_LIMIT words; ERR_ENCODING for a file that is not UTF-8 text
 *         in one of its lines, or of whose lines none can be taken. Another line that cannot be a word is told through `note`,
 *         as "FILE:LINE: why", and passed over; of many such lines the first ten, and how many more there are.
 */
#ifndef WRITER_WORDS_FILE_H
#define WRITER_WORDS_FILE_H

#include "analyzer.h"
#include "io.h"
#include "synonyms.h"

/* What is wrong with single lines; `note` may be NULL. */
struct words_file_notes {
	void (*note)(void *context, bool missing, const char *text);
	void *context;
};

/* `list`: as user_words.h. */
int words_file_read(struct buf *list, const struct io *io, const char *path, struct words_file_notes notes,
		    struct err *err);

/* `table`: as synonyms.h. */
int synonyms_file_read(struct buf *table, const struct io *io, const char *path, struct words_file_notes notes,
		       struct err *err);

#endif
