/* tool - what make_dictionary and its parts, make_tables and make_pinyin share.
 *
 * Errors: all of it dies: a line on stderr and exit 1.
 */
#ifndef ANALYSIS_GEN_TOOL_H
#define ANALYSIS_GEN_TOOL_H

#include <stddef.h>
#include <stdio.h>
#include <unicode/udata.h>

/* What die() says first: each program defines its own. */
extern const char tool_name[];

__attribute__((format(printf, 1, 2), noreturn)) void die(const char *format, ...);

/* "ICU cannot ..." */
void check(UErrorCode status, const char *doing);

/* Zeroed; nobody frees what lives as long as the program. */
void *allocate(size_t count, size_t size);

/* A file of the build: made anew, and whole when finish() returns. */
FILE *create(const char *name);
void finish(FILE *file, const char *name);

/* A file of ICU's break iterators, if it has the expected form. The caller closes it. */
UDataMemory *open_data(const char *type, const char *name, const char *format, unsigned version);

#endif
