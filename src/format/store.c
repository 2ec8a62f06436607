#include "store.h"

#include "mem.h"

/* For frames without a magic number, and blocks of ours. */
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

enum {
	/* A place in the index, and what stands before those of a group. */
	PLACE_BYTES = 8,
	BASE_BYTES = 16,
	GROUP_BYTES = BASE_BYTES + STORE_INDEX_GROUP * PLACE_BYTES,
	/* Four bytes make at most a block of 128 KB, and two of these three of text. */
	EXPANSION_MAX = 48 * 1024,
	/* Of a decoder: for every frame but those of long lines. */
	DECODER_ROOM = 2 * STORE_FRAME_MOST,
};

/* How many places a chunk of so many bytes has; 0: none has so many. */
static uint64_t count_places(uint64_t bytes)
{
	uint64_t rest = bytes % GROUP_BYTES;

	if (rest == 0)
		return bytes / GROUP_BYTES * STORE_INDEX_GROUP;
	if (rest <= BASE_BYTES || rest % PLACE_BYTES)
		return 0;
	return bytes / GROUP_BYTES * STORE_INDEX_GROUP + (rest - BASE_BYTES) / PLACE_BYTES;
}

/* Where a frame's text and the frame itself begin. */
static int read_place(struct store *store, uint32_t frame, uint64_t out[2], struct err *err)
{
	uint64_t group = (uint64_t)(frame / STORE_INDEX_GROUP) * GROUP_BYTES;
	struct span base;
	struct span place;

	if (container_view(store->container, &store->index, group, BASE_BYTES, &base, err) < 0 ||
	    container_view(store->container, &store->index,
			   group + BASE_BYTES + (uint64_t)(frame % STORE_INDEX_GROUP) * PLACE_BYTES, PLACE_BYTES,
			   &place, err) < 0)
		return -1;
	for (unsigned i = 0; i < 2; i++) {
		uint64_t distance = load_u32((const unsigned char *)place.p + 4 * i);

		if (__builtin_add_overflow(load_u64((const unsigned char *)base.p + 8 * i), distance, &out[i]))
			return container_damaged(store->container, store->index.offset, "order of the text index", err);
	}
	return 0;
}

/* The same, and where the next ones do. */
static int read_places(struct store *store, uint32_t frame, uint64_t out[2][2], struct err *err)
{
	return read_place(store, frame, out[0], err) < 0 ? -1 : read_place(store, frame + 1, out[1], err);
}

int store_open(struct store *store, struct container *container, const uint32_t names[4], struct err *err)
{
	uint64_t first[2];
	uint64_t end[2];
	uint64_t places;

	*store = (struct store){.container = container};
	if (container_find(container, names[0], &store->text, err) < 0 ||
	    container_find(container, names[1], &store->index, err) < 0 ||
	    container_find(container, names[2], &store->dictionary, err) < 0 ||
	    container_find(container, names[3], &store->characters, err) < 0)
		return -1;
	places = count_places(store->index.length);
	if (places == 0 || places > UINT32_MAX)
		return container_damaged(container, store->index.offset, "size of the text index", err);
	store->frame_count = (uint32_t)(places - 1);
	if (read_place(store, 0, first, err) < 0 || read_place(store, store->frame_count, end, err) < 0)
		return -1;
	/* Else the first bytes of the text would be looked for before the frame that comes first. */
	if (first[0] != 0)
		return container_damaged(container, store->index.offset, "start of the text", err);
	store->text_bytes = end[0];
	return 0;
}

void store_close(struct store *store)
{
	buf_release(&store->last_text);
	if (store->kept_is_ours)
		frame_cache_free(store->kept);
	store->kept = NULL;
	recode_close(&store->recode);
	store_decoder_close(&store->decoder);
}

void store_keep(struct store *store)
{
	if (store->kept)
		return;
	store->kept = frame_cache_new(store->frame_count, store->text_bytes);
	store->kept_is_ours = store->kept;
}

void store_keep_with(struct store *store, struct store *other)
{
	store_keep(other);
	if (store->kept || store->frame_count != other->frame_count)
		return;
	store->kept = other->kept;
	store->kept_is_ours = false;
}

int store_frame_start(struct store *store, uint32_t frame, uint64_t *start, struct err *err)
{
	uint64_t at[2];

	if (read_place(store, frame, at, err) < 0)
		return -1;
	*start = at[0];
	return 0;
}

/* Does the frame hold the byte? Then it is the one found last. */
static int try_frame(struct store *store, uint32_t frame, uint64_t offset, struct err *err)
{
	uint64_t at[2][2];

	if (frame >= store->frame_count)
		return 0;
	if (read_places(store, frame, at, err) < 0)
		return -1;
	if (offset < at[0][0] || offset >= at[1][0])
		return 0;
	store->found = frame;
	store->found_range[0] = at[0][0];
	store->found_range[1] = at[1][0];
	return 1;
}

/* Frames are of much the same size: where one is can be guessed. Every so many guesses a step halves, so that frames that are not
 * cost no more than some times the steps of halving alone. */
enum { GUESSES = 4 };

/* The frame to look at, between those that begin at `at`. */
static uint32_t choose_frame(const uint32_t frames[2], const uint64_t at[2], uint64_t offset, unsigned step)
{
	uint32_t count = frames[1] - frames[0];
	uint32_t more = count / 2;

	if (step % (GUESSES + 1) != GUESSES)
		more = (uint32_t)((double)count * ((double)(offset - at[0]) / (double)(at[1] - at[0])));
	return frames[0] + (more < 1 ? 1 : more < count ? more : count - 1);
}

/* The frame that holds the byte, which is in the text, becomes the one found last. */
static int search_frame(struct store *store, uint64_t offset, struct err *err)
{
	uint32_t frames[2] = {0, store->frame_count};
	uint64_t at[2] = {0, store->text_bytes};

	for (unsigned step = 0; frames[1] - frames[0] > 1; step++) {
		uint32_t frame = choose_frame(frames, at, offset, step);
		uint64_t start;
		bool behind;

		if (store_frame_start(store, frame, &start, err) < 0)
			return -1;
		behind = start > offset;
		frames[behind] = frame;
		at[behind] = start;
	}
	store->found = frames[0];
	memcpy(store->found_range, at, sizeof at);
	return 0;
}

int store_find_frame(struct store *store, uint64_t offset, uint32_t *frame, struct err *err)
{
	int got = offset >= store->found_range[0] && offset < store->found_range[1];

	if (offset >= store->text_bytes || store->frame_count == 0)
		return container_damaged(store->container, store->index.offset, "a section outside the text", err);
	if (!got)
		got = try_frame(store, store->found + 1, offset, err);
	if (got < 0 || (!got && search_frame(store, offset, err) < 0))
		return -1;
	*frame = store->found;
	return 0;
}

static int damaged_frame(const struct store *store, uint64_t frame, struct err *err)
{
	return container_damaged(store->container, store->text.offset + frame, "a frame of text", err);
}

/* The tables of the dictionary, which stays where it is; of none there are none. */
static int digest(struct store *store, struct span dictionary, void **out, struct err *err)
{
	size_t room = ZSTD_estimateDDictSize(0, ZSTD_dlm_byRef);

	if (dictionary.n == 0)
		return 0;
	*out = mem_resize(NULL, room, 1);
	if (!*out)
		return err_memory(err, "read text");
	if (ZSTD_initStaticDDict(*out, room, dictionary.p, dictionary.n, ZSTD_dlm_byRef, ZSTD_dct_fullDict))
		return 0;
	return container_damaged(store->container, store->dictionary.offset, "the dictionary of the text", err);
}

/* What decompresses frames, in a block of ours; NULL: no memory. */
static void *new_context(const void *digested)
{
	size_t room = ZSTD_estimateDCtxSize();
	void *block = mem_resize(NULL, room, 1);
	ZSTD_DCtx *context = block ? ZSTD_initStaticDCtx(block, room) : NULL;

	if (context && !ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_format, ZSTD_f_zstd1_magicless)) &&
	    !ZSTD_isError(ZSTD_DCtx_refDDict(context, digested)))
		return block;
	mem_free(block);
	return NULL;
}

int store_recode(struct store *store, const struct recode_reader **out, struct err *err)
{
	struct span bytes;
	int got;

	*out = &store->recode;
	if (store->recode.texts)
		return 0;
	if (container_view(store->container, &store->characters, 0, store->characters.length, &bytes, err) < 0)
		return -1;
	got = recode_open(&store->recode, bytes);
	if (got < 0)
		return err_memory(err, "read text");
	return got ? 0
		   : container_damaged(store->container, store->characters.offset, "the characters of the text", err);
}

/* No more than its bytes can give. */
int store_find_place(struct store *store, uint32_t frame, struct store_place *place, struct err *err)
{
	uint64_t at[2][2];

	if (read_places(store, frame, at, err) < 0)
		return -1;
	if (at[0][0] >= at[1][0] || at[1][0] - at[0][0] > STORE_FRAME_MAX || at[0][1] > at[1][1])
		return damaged_frame(store, 0, err);
	place->start = at[0][0];
	place->size = (size_t)(at[1][0] - at[0][0]);
	if (container_view(store->container, &store->text, at[0][1], at[1][1] - at[0][1], &place->bytes, err) < 0)
		return -1;
	return place->size / EXPANSION_MAX > place->bytes.n ? damaged_frame(store, at[0][1], err) : 0;
}

static int begin_decoder(struct store_decoder *decoder, struct store *store, bool own, struct err *err)
{
	const struct recode_reader *recode;
	struct span dictionary;

	if (store_recode(store, &recode, err) < 0 ||
	    container_view(store->container, &store->dictionary, 0, store->dictionary.length, &dictionary, err) < 0)
		return -1;
	if (own)
		buf_add_span(&decoder->bytes, dictionary);
	if (!buf_reserve(&decoder->bytes, DECODER_ROOM))
		return err_memory(err, "read text");
	if (digest(store, own ? buf_span(&decoder->bytes) : dictionary, &decoder->digested, err) < 0)
		return -1;
	decoder->context = new_context(decoder->digested);
	return decoder->context ? 0 : err_memory(err, "read text");
}

/* All or nothing: after a failure the next read tries again. `own`: with a copy of the dictionary. */
static int open_decoder(struct store_decoder *decoder, struct store *store, bool own, struct err *err)
{
	if (decoder->context)
		return 0;
	if (begin_decoder(decoder, store, own, err) == 0)
		return 0;
	store_decoder_close(decoder);
	return -1;
}

int store_decoder_open(struct store_decoder *decoder, struct store *store, struct err *err)
{
	return open_decoder(decoder, store, true, err);
}

void store_decoder_close(struct store_decoder *decoder)
{
	mem_free(decoder->context);
	mem_free(decoder->digested);
	buf_release(&decoder->bytes);
	buf_release(&decoder->large);
	*decoder = (struct store_decoder){0};
}

int store_decoder_read(struct store_decoder *decoder, const struct store *store, const struct store_place *place,
		       struct span *out, struct err *err)
{
	/* escapes apart, no text is shorter than its recoded form */
	size_t room = store->recode.count ? 2 * place->size : place->size + RECODE_SLACK;
	char *to = decoder->bytes.data + decoder->bytes.n;
	size_t n;

	buf_reset(&decoder->large);
	if (room > DECODER_ROOM)
		to = buf_reserve(&decoder->large, room);
	if (!to)
		return err_memory(err, "read text");
	n = ZSTD_decompressDCtx(decoder->context, to, room, place->bytes.p, place->bytes.n);
	if (ZSTD_isError(n) || (!store->recode.count && n != place->size))
		return damaged_frame(store, (uint64_t)(place->bytes.p - store->container->bytes.p) - store->text.offset,
				     err);
	*out = (struct span){to, n};
	return 0;
}

/* The text of the frame at least as far as `end`, which is in it: sections in front are most of what is asked for. */
static int need_text(struct store *store, const struct store_frame *frame, size_t end, struct err *err)
{
	struct store_frame *last = &store->last;
	struct buf *text = &store->last_text;
	struct cursor *c = &store->last_left;

	if (frame->text.n >= end)
		return 0;
	text->n += recode_read(&store->recode, c, text->data + text->n, last->size - text->n, end - text->n);
	last->text = buf_span(text);
	if (!c->failed && text->n >= end && (cursor_left(c) == 0) == (text->n == last->size))
		return 0;
	last->size = 0;
	return damaged_frame(store, 0, err);
}

/* Decompresses a frame, which becomes the last. */
static int open_frame(struct store *store, uint32_t number, struct err *err)
{
	struct store_frame *last = &store->last;
	struct buf *text = &store->last_text;
	struct store_place place = {0};
	struct span bytes;

	last->size = 0;
	if (store_find_place(store, number, &place, err) < 0 || open_decoder(&store->decoder, store, false, err) < 0 ||
	    store_decoder_read(&store->decoder, store, &place, &bytes, err) < 0)
		return -1;
	buf_reset(text);
	/* a buffer that grows from frame to frame is moved, to memory that is touched for the first time */
	if (!buf_reserve(text, (place.size < STORE_FRAME_MOST ? STORE_FRAME_MOST : place.size) + RECODE_SLACK))
		return err_memory(err, "read text");
	if (!store->recode.count)
		buf_add_span(text, bytes);
	store->last_left = cursor_of(bytes);
	*last = (struct store_frame){number, place.start, place.size, buf_span(text)};
	return 0;
}

/* Decompresses a frame, if it is not here. */
static int load_frame(struct store *store, uint32_t number, const struct store_frame **out, struct err *err)
{
	const struct store_frame *kept = store->kept ? frame_cache_find(store->kept, number) : NULL;

	*out = kept ? kept : &store->last;
	if (kept || (store->last.size && store->last.number == number))
		return 0;
	if (open_frame(store, number, err) < 0)
		return -1;
	if (!store->kept || frame_cache_full(store->kept))
		return 0;
	if (need_text(store, &store->last, store->last.size, err) < 0)
		return -1;
	frame_cache_add(store->kept, &store->last);
	return 0;
}

/* Loads the frame with the first byte of the range. */
static int load_first(struct store *store, uint64_t start, uint64_t end, const struct store_frame **frame,
		      struct err *err)
{
	uint32_t number;

	if (end > store->text_bytes)
		return container_damaged(store->container, store->index.offset, "a section outside the text", err);
	if (store_find_frame(store, start, &number, err) < 0)
		return -1;
	return load_frame(store, number, frame, err);
}

int store_read(struct store *store, uint64_t start, uint64_t end, struct buf *out, struct err *err)
{
	const struct store_frame *frame;

	if (start >= end)
		return 0;
	if (load_first(store, start, end, &frame, err) < 0)
		return -1;
	for (;;) {
		uint64_t frame_end = frame->start + frame->size;
		uint64_t n = (end < frame_end ? end : frame_end) - start;

		if (need_text(store, frame, (size_t)(start + n - frame->start), err) < 0)
			return -1;
		buf_add(out, frame->text.p + (start - frame->start), (size_t)n);
		start += n;
		if (start == end)
			break;
		if (load_frame(store, frame->number + 1, &frame, err) < 0)
			return -1;
	}
	return out->failed ? err_memory(err, "read text") : 0;
}

int store_view(struct store *store, uint64_t start, uint64_t end, struct buf *spare, struct span *out, struct err *err)
{
	size_t before = spare->n;
	const struct store_frame *frame;

	*out = (struct span){0};
	if (start >= end)
		return 0;
	if (load_first(store, start, end, &frame, err) < 0)
		return -1;
	if (end - frame->start <= frame->size) {
		if (need_text(store, frame, (size_t)(end - frame->start), err) < 0)
			return -1;
		*out = (struct span){frame->text.p + (start - frame->start), (size_t)(end - start)};
		return 0;
	}
	if (store_read(store, start, end, spare, err) < 0)
		return -1;
	*out = (struct span){spare->data + before, spare->n - before};
	return 0;
}
