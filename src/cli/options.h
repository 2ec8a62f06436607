/* options - one table for each program: what getopt_long(3) accepts, what --help says, what errors call things.
 *
 * Shape:  options_next() gives one option or operand after the other, in the order typed; options and operands mix, `--` ends
 *         options. An argument whose second byte is not ASCII (-草稿) is an operand.
 * Owner:  values borrow from argv.
 * Errors: OPTION_ERROR with *err filled (ERR_USAGE, one line that names the option).
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "err.h"
#include <stdbool.h>
#include <stdint.h>

struct option_spec {
	int key;              /* the short option, or a number above OPTION_LONG */
	const char *name;     /* the long option */
	const char *argument; /* what --help calls its argument; NULL: none; "[X]": may be left out, given with '=' */
	const char *text;     /* for --help */
};

enum { OPTION_END = 0, OPTION_ERROR = -1, OPTION_OPERAND = 1, OPTION_LONG = 256 };

struct options;

/* `specs` ends with a key of 0. */
struct options *options_new(const struct option_spec *specs, int argc, char **argv, struct err *err);
void options_free(struct options *options);

/* A key, OPTION_OPERAND, OPTION_END or OPTION_ERROR; *value is the option's argument (or NULL) or the operand. */
int options_next(struct options *options, const char **value, struct err *err);

/* Was the operand just given one that follows `--`? */
bool options_ended(const struct options *options);

/* The value of the option just given as a whole number from min to max. */
int options_number(const struct options *options, const char *value, uint64_t min, uint64_t max, uint64_t *out,
		   struct err *err);

/* The place of the value among `choices` (ending with NULL), or -1. */
int options_choice(const struct options *options, const char *value, const char *const *choices, struct err *err);

/* WHEN, as grep has it. */
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

int options_when(const struct options *options, const char *value, enum when *out, struct err *err);

/* The table as lines for --help, of 80 columns at most. */
struct buf;
void options_help(struct buf *out, const struct option_spec *specs);

#endif
