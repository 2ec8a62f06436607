/* scratch - a directory with notes in it and an index beside them, for as long as a test lives.
 *
 * Shape:  DIRECTORY/notes is the tree, DIRECTORY/index the index; names are relative to DIRECTORY.
 * Owner:  scratch_release() removes the directory and all in it.
 * Errors: what cannot be done fails the test.
 */
#ifndef TEST_SCRATCH_H
#define TEST_SCRATCH_H

#include "arena.h"
#include "build.h"

struct scratch {
	struct arena arena;
	const char *directory; /* absolute, without links */
	const char *notes;
	const char *index;
};

void scratch_make(struct scratch *scratch);
void scratch_release(struct scratch *scratch);

/* The same for cmocka: a scratch for a setup to put into *state, and the teardown that releases it. */
struct scratch *scratch_new(void);
int scratch_teardown(void **state);

/* The absolute path of `name`, in the scratch's arena. */
const char *scratch_path(struct scratch *scratch, const char *name);

/* Writes the file anew, and the directories above it. */
void scratch_write(struct scratch *scratch, const char *name, const char *text);
void scratch_write_bytes(struct scratch *scratch, const char *name, struct span bytes);

/* The whole file, in place of what `out` held. */
void scratch_read(struct scratch *scratch, const char *name, struct buf *out);

/* How many files stand directly in the directory `name`, hidden ones too. */
size_t scratch_count(struct scratch *scratch, const char *name);

/* Some notes on running a small shop: a few sections, of every kind. */
void scratch_fill(struct scratch *scratch);

/* The request that indexes the notes, one thread, at a fixed time. Strings live in the scratch's arena. */
struct build_request scratch_request(struct scratch *scratch, const struct io *io);

/* Indexes the notes; must succeed. */
struct build_report scratch_build(struct scratch *scratch);

/* The same with a user dictionary and synonyms of these lines. */
struct build_report scratch_build_with(struct scratch *scratch, const char *words, const char *synonyms);

/* The name of the one segment: index/..., in the arena. */
const char *scratch_segment(struct scratch *scratch);

#endif
