/* build - making and updating an index: the library behind kbindex.
 *
 * Shape:  one call: plan, compare with the index that is there, analyse on `jobs` threads, write, commit.
 * Units:  bytes of source files.
 * Owner:  the request is borrowed during the call. Callbacks run in the calling thread.
 * Errors: -1: the old index still serves (or, when only the last fsync failed, the new one: the text says so). A file that
 *         could not be indexed is no error: it is told through `note` and counted in `missing`.
 * Cost:   memory: for each thread some 25 MB and what its largest file takes, SEGMENT_WRITER_MEMORY, and little for each
 *         file and section.
 */
#ifndef WRITER_BUILD_H
#define WRITER_BUILD_H

#include "plan.h"

struct build_request {
	const struct io *io;
	const char *index;        /* the directory, absolute; made when missing (its parent must exist) */
	const char *const *roots; /* absolute paths; NULL: those of the index that is there */
	size_t root_count;
	const char *const *globs; /* NULL with roots NULL: those of the index */
	size_t glob_count;
	bool globs_given;
	const char *words;    /* file of a user dictionary; "": none; NULL: that of the index, if it has one */
	const char *synonyms; /* the same of a file of synonyms */
	unsigned jobs;        /* threads, at least 1 */
	size_t memory;        /* bytes of sorted postings that may be held; 0: SEGMENT_WRITER_MEMORY */
	bool force;           /* rebuild although nothing changed, or although the old index is damaged */
	bool dry_run;         /* only compare */
	int64_t now;          /* seconds since 1970, for the manifest */
	void *context;        /* for the callbacks, each of which may be NULL */
	void (*note)(void *context, bool missing, const char *text);
	plan_change_function *change;
	void (*progress)(void *context, uint64_t done, uint64_t total); /* some ten times a second */
};

enum build_reason {
	BUILD_CHANGES, /* files were added, changed or removed */
	BUILD_NEW,     /* there was no index */
	BUILD_FORCED,
	BUILD_OPTIONS,  /* other roots or globs than the index had */
	BUILD_WORDS,    /* another user dictionary, or other synonyms, than the index had */
	BUILD_ANALYSIS, /* made with other word tables, or by another version */
	BUILD_NOTHING,  /* up to date: nothing was written */
};

struct build_report {
	enum build_reason reason;
	struct plan_changes changes;
	uint64_t documents;
	uint64_t documents_before; /* of the index that was there and could be read */
	uint64_t sections;
	uint64_t text_bytes;
	uint64_t index_bytes; /* of all its files: what --status tells */
	uint64_t missing;     /* files that are not in the index, and directories that could not be read */
};

int build_index(const struct build_request *request, struct build_report *report, struct err *err);

#endif
