/* commit - changing an index directory, so that a kill, a power cut or a full disk leaves the old index or the new.
 *
 * Shape:  begin (directory, lock) -> segments under their final unique names, each made durable -> publish: MANIFEST
 *         under a temporary name, fsync, rename, fsync of the directory -> what no manifest names is removed.
 * Owner:  the struct owns its descriptors and the bytes of the manifest that was there; commit_end() releases them.
 * Errors: ERR_LOCKED when another writer is at work; ERR_USAGE when the directory holds something that is no index. A
 *         failed fsync is final: nothing is retried, the file is removed, the old manifest stays.
 * Source: The lock is flock(2) on a file that is never removed, so the kernel frees it with its holder. Files are made
 *         with mode 0600: an index holds the text of what it indexes.
 */
#ifndef WRITER_COMMIT_H
#define WRITER_COMMIT_H

#include "manifest.h"

struct commit {
	const struct io *io;
	const char *path; /* of the directory, borrowed */
	int directory;
	int lock;
	bool exists;       /* there is a MANIFEST */
	struct buf before; /* its bytes */
	bool published;    /* the new manifest is in place */
	uint64_t bytes;    /* of it */
};

/* Makes the directory when it is missing, takes the lock, reads the old manifest's bytes, sweeps leftovers of killed
 * writers (only when the old manifest can be read: its names say what is no leftover). */
int commit_begin(struct commit *commit, const struct io *io, const char *path, struct err *err);

/* Only reads the old manifest's bytes: for looking without touching. A missing one leaves `exists` false. */
int commit_peek(struct commit *commit, const struct io *io, const char *path, struct err *err);

/* A new file in the directory, open for writing. */
int commit_create(struct commit *commit, const char *name, struct err *err);

/* A file without a name, open for reading and writing: it ends when it is closed. */
int commit_temporary(struct commit *commit, struct err *err);

/* fsync and close; on failure the file is removed. */
int commit_seal(struct commit *commit, int fd, const char *name, struct err *err);

/* Removes a file that no manifest names. */
void commit_discard(struct commit *commit, const char *name);

/* Makes `manifest` the index. */
int commit_publish(struct commit *commit, const struct manifest *manifest, const struct manifest_document *documents,
		   size_t document_count, struct err *err);

void commit_end(struct commit *commit);

#endif
