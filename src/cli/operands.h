/* operands - which directories and files kbindex is to read, and which index is meant.
 *
 * Shape:  operands as typed become absolute; those that no other covers are the roots. The index is the one named, or .kbsearch
 *         in the first directory (beside the first file), or, without operands, the one that kbsearch would find.
 * Owner:  paths live in the caller's arena.
 * Errors: ERR_USAGE where nothing tells which index, and for an index among the operands; what realpath(3) says.
 */
#ifndef CLI_OPERANDS_H
#define CLI_OPERANDS_H

#include "arena.h"
#include "buf.h"
#include "err.h"

struct operands {
	struct arena *arena;
	const char *index_named; /* as given with --index, or NULL */
	struct buf given;        /* array of const char *, absolute once resolved */
	struct buf roots;        /* array of const char * */
	const char *index;       /* absolute, once resolved */
};

int operands_resolve(struct operands *operands, struct err *err);
void operands_release(struct operands *operands);

#endif
