#include "cover.h"

#include "cursor.h"
#include "mem.h"
#include "spread.h"

enum {
	PIECE_BYTES = 512,
	PIECES_MAX = UINT16_MAX, /* struct slot numbers them */
	ANCHOR_BYTES = 6,        /* three Han characters, recoded; 4 to 8 differ by 0.4 % */
	ANCHOR_EVERY = 8,        /* 4 is 0.5 % better and takes 2 ms more */
	SLOT_BITS = 17,          /* 512 KB: within the second cache */
};

struct slot {
	uint16_t count; /* samples with this anchor, after the first */
	uint16_t last;  /* piece that had it last, from 1 */
};

struct piece {
	uint32_t at; /* first byte, among the samples */
	uint32_t size;
	uint32_t anchor; /* its first */
	uint32_t anchor_count;
	uint32_t score;
};

struct selector {
	struct slot *slots;
	struct buf anchors; /* array of uint32_t: slots, piece by piece, each once a piece */
	struct buf pieces;  /* array of struct piece; then a heap, best first */
};

static uint64_t load_anchor(const unsigned char *p)
{
	return (uint64_t)load_u32(p) | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40;
}

/* The slots of the anchors that begin in a piece, some more than once. Of the sample, `room` bytes are left from there. */
static size_t find_anchors(const char *piece, size_t size, size_t room, uint32_t slots[static PIECE_BYTES])
{
	const unsigned char *p = (const unsigned char *)piece;
	size_t n = 0;

	for (size_t i = 0; i < size && room - i >= ANCHOR_BYTES; i++) {
		uint64_t hash = spread(load_anchor(p + i));

		/* stored always and counted sometimes: a branch would be guessed wrong at every anchor */
		slots[n] = (uint32_t)(hash >> (64 - SLOT_BITS));
		n += (hash >> 32) % ANCHOR_EVERY == 0;
	}
	return n;
}

/* The sample begins with piece `first`, from 1. */
static void add_piece(struct selector *s, struct piece piece, const char *bytes, size_t room, uint32_t first)
{
	uint32_t number = (uint32_t)BUF_COUNT(&s->pieces, struct piece) + 1;
	uint32_t slots[PIECE_BYTES];
	size_t count = find_anchors(bytes, piece.size, room, slots);

	piece.anchor = (uint32_t)BUF_COUNT(&s->anchors, uint32_t);
	for (size_t i = 0; i < count; i++) {
		struct slot *slot = &s->slots[slots[i]];

		if (slot->last == number)
			continue;
		if (slot->last && slot->last < first)
			slot->count++;
		slot->last = (uint16_t)number;
		slots[piece.anchor_count++] = slots[i];
	}
	buf_add(&s->anchors, slots, piece.anchor_count * sizeof slots[0]);
	buf_add(&s->pieces, &piece, sizeof piece);
}

static void cut_samples(struct selector *s, struct span samples, const size_t *sizes, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t first = (uint32_t)BUF_COUNT(&s->pieces, struct piece) + 1;
		size_t end = at + sizes[i];

		while (at < end && BUF_COUNT(&s->pieces, struct piece) < PIECES_MAX) {
			size_t room = end - at;
			struct piece piece = {.at = (uint32_t)at,
					      .size = (uint32_t)(room < PIECE_BYTES ? room : PIECE_BYTES)};

			add_piece(s, piece, samples.p + at, room, first);
			at += piece.size;
		}
		at = end;
	}
}

static uint32_t score(const struct selector *s, const struct piece *piece)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < piece->anchor_count; i++)
		sum += s->slots[BUF_AT(&s->anchors, uint32_t, piece->anchor + i)].count;
	return sum;
}

static void sift_down(struct piece *heap, size_t count, size_t at)
{
	struct piece moved = heap[at];
	size_t child;

	while ((child = 2 * at + 1) < count) {
		child += child + 1 < count && heap[child + 1].score > heap[child].score;
		if (heap[child].score <= moved.score)
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = moved;
}

/* Scores only ever fall: what is still on top with its score of now is the best. Fills to[0, limit) from its end. */
static size_t select_best(struct selector *s, struct span samples, char *to, size_t limit)
{
	struct piece *heap = &BUF_AT(&s->pieces, struct piece, 0);
	size_t count = BUF_COUNT(&s->pieces, struct piece);
	size_t left = limit;

	for (size_t i = 0; i < count; i++)
		heap[i].score = score(s, &heap[i]);
	for (size_t i = count / 2; i-- > 0;)
		sift_down(heap, count, i);
	while (count && heap[0].score && heap[0].size <= left) {
		struct piece best = heap[0];
		uint32_t now = score(s, &best);

		if (now == best.score) {
			left -= best.size;
			memcpy(to + left, samples.p + best.at, best.size);
			for (uint32_t i = 0; i < best.anchor_count; i++)
				s->slots[BUF_AT(&s->anchors, uint32_t, best.anchor + i)].count = 0;
			now = 0;
		}
		heap[0].score = now;
		sift_down(heap, count, 0);
	}
	return limit - left;
}

int cover_select(struct buf *out, size_t limit, struct span samples, const size_t *sizes, size_t count, struct err *err)
{
	struct selector s = {.slots = mem_zero((size_t)1 << SLOT_BITS, sizeof(struct slot))};
	char *to = buf_reserve(out, limit);
	int status = 0;

	if (s.slots)
		cut_samples(&s, samples, sizes, count);
	if (!to || !s.slots || s.anchors.failed || s.pieces.failed) {
		status = err_memory(err, "make a dictionary");
	} else if (s.pieces.n) {
		size_t n = select_best(&s, samples, to, limit);

		memmove(to, to + limit - n, n);
		out->n += n;
	}
	mem_free(s.slots);
	buf_release(&s.anchors);
	buf_release(&s.pieces);
	return status;
}
