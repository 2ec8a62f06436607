#include "origin.h"

#include "mem.h"
#include "spread.h"

#include <fcntl.h>

enum { SLOTS_FIRST = 64 };

static int no_memory(struct err *err)
{
	return err_memory(err, "show a hit");
}

/* The slot of a document, or the free one where it belongs. */
static struct origin *slot_of(const struct origins *origins, const struct index *index, uint32_t number)
{
	uint64_t hash = spread((uintptr_t)index ^ number);
	size_t at = (size_t)(hash >> 32) & (origins->slot_count - 1);

	while (origins->slots[at].index && (origins->slots[at].index != index || origins->slots[at].document != number))
		at = (at + 1) & (origins->slot_count - 1);
	return &origins->slots[at];
}

/* At most half of the slots are in use. */
static int make_room(struct origins *origins, struct err *err)
{
	struct origins wider = *origins;

	if (origins->used < origins->slot_count / 2)
		return 0;
	wider.slot_count = origins->slot_count ? origins->slot_count * 2 : SLOTS_FIRST;
	wider.slots = mem_zero(wider.slot_count, sizeof *wider.slots);
	if (!wider.slots)
		return no_memory(err);
	for (size_t i = 0; i < origins->slot_count; i++)
		if (origins->slots[i].index)
			*slot_of(&wider, origins->slots[i].index, origins->slots[i].document) = origins->slots[i];
	mem_free(origins->slots);
	*origins = wider;
	return 0;
}

/* Are its bytes still those that were indexed? */
static bool has_hash(struct origins *origins, const struct io *io, const struct manifest_document *document,
		     const char *path)
{
	struct err ignored = {0};
	int fd = io->openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW, 0);
	bool same;

	if (fd < 0)
		return false;
	buf_reset(&origins->scratch);
	same = io_read_all(io, fd, path, (size_t)document->size, &origins->scratch, &ignored) == 0 &&
	       checksum_64(buf_span(&origins->scratch)) == document->hash;
	io->close(fd);
	return same;
}

/* Has the file other bytes than the ones that were indexed? */
static bool has_changed(struct origins *origins, const struct io *io, const struct manifest_document *document,
			const char *path)
{
	struct stat st;

	if (io->fstatat(AT_FDCWD, path, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode) ||
	    (uint64_t)st.st_size != document->size || document->size > STORE_FRAME_MAX)
		return true;
	return io_mtime_ns(&st) != document->mtime_ns && !has_hash(origins, io, document, path);
}

static int add(struct origins *origins, struct index *index, uint32_t number, const struct manifest_document *document,
	       struct origin *slot, struct err *err)
{
	struct span below = arena_copy(&origins->arena, document->path);
	const char *path;

	buf_reset(&origins->scratch);
	index_document_path(index, document, &origins->scratch);
	if (origins->scratch.failed)
		return no_memory(err);
	path = arena_copy(&origins->arena, buf_span(&origins->scratch)).p;
	if (!path || !below.p)
		return no_memory(err);
	*slot = (struct origin){.index = index, .path = path, .below = below, .document = number, .checked = INT64_MIN};
	origins->used++;
	return 0;
}

const struct origin *origins_known(const struct origins *origins, const struct index *index, uint32_t number,
				   int64_t since)
{
	const struct origin *slot = origins->slot_count ? slot_of(origins, index, number) : NULL;

	return slot && slot->index && slot->checked >= since ? slot : NULL;
}

int origins_find(struct origins *origins, struct index *index, uint32_t number,
		 const struct manifest_document *document, int64_t since, int64_t now, const struct origin **out,
		 struct err *err)
{
	struct origin *slot;

	if (make_room(origins, err) < 0)
		return -1;
	slot = slot_of(origins, index, number);
	if (!slot->index && add(origins, index, number, document, slot, err) < 0)
		return -1;
	if (slot->checked < since) {
		slot->stale = has_changed(origins, index->io, document, slot->path);
		slot->checked = now;
	}
	*out = slot;
	return 0;
}

void origins_release(struct origins *origins)
{
	arena_release(&origins->arena);
	buf_release(&origins->scratch);
	mem_free(origins->slots);
	*origins = (struct origins){0};
}
