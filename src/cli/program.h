/* program - what both programs do alike: messages, standard streams, trouble.
 *
 * Shape:  messages are one line on stderr, "NAME: TEXT", with everything that could play with the terminal escaped.
 * Errors: program_write() is the only way to stdout: a failed write is trouble (status 2), except that a reader who has gone
 *         away is none of our business.
 * Source: exit statuses of kbsearch(1) and kbindex(1).
 */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include "buf.h"
#include "err.h"

enum { STATUS_DONE = 0, STATUS_NOTHING = 1, STATUS_TROUBLE = 2 };

/* Before anything else: gives each standard descriptor that is closed a place holder, so that no file we open takes its number,
 * and catches SIGBUS (an index file cut short by somebody else while it is mapped). */
void program_start(void);

__attribute__((format(printf, 2, 3))) void program_say(const char *name, const char *format, ...);

/* Says what *err holds; returns STATUS_TROUBLE. */
int program_fail(const char *name, const struct err *err);

/* Writes to stdout: 0, or -1 after saying why (quietly when the reader is gone). */
int program_write(const char *name, struct span bytes);

/* "NAME VERSION" and what it was built with. */
int program_version(const char *name);

#endif
