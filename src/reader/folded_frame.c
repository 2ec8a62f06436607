#include "folded_frame.h"

#include "fold_step.h"
#include "mem.h"
#include "utf8.h"

#include <string.h>

/* The fold of a character, where it is so short: then it takes as much room as its number of bytes. */
enum { SHORT = 3, NOT_SHORT = 0xFF };

struct folded_character {
	char bytes[SHORT];
	unsigned char n;
};

/* What one step may write, and the room that it needs once more behind what it wrote. */
enum { STEP_MAX = UNICODE_FOLD_MAX * 4 };

/* The text on its way. */
struct folding {
	const struct recode_reader *recode;
	const struct folded_character *characters;
	const char *p;
	const char *end;
	char *to;
	const char *limit; /* below it a step has room */
};

static char *put_fold(char *to, uint32_t code)
{
	uint32_t codes[UNICODE_FOLD_MAX];
	size_t count = unicode_fold(code, codes);

	for (size_t i = 0; i < count; i++)
		to += utf8_put(to, codes[i]);
	return to;
}

static uint32_t code_of(uint32_t text)
{
	return (text & 0xF) << 12 | (text >> 2 & 0xFC0) | (text >> 16 & 0x3F);
}

int frame_folds_open(struct frame_folds *folds, struct store *store, struct err *err)
{
	if (folds->characters)
		return 0;
	if (store_recode(store, &folds->recode, err) < 0)
		return -1;
	folds->characters = mem_zero((size_t)folds->recode->count + 1, sizeof *folds->characters);
	if (!folds->characters)
		return err_memory(err, "read text");
	for (uint32_t i = 0; i < folds->recode->count; i++) {
		struct folded_character *to = &folds->characters[i];
		char bytes[STEP_MAX];
		size_t n = (size_t)(put_fold(bytes, code_of(folds->recode->texts[i])) - bytes);

		to->n = n <= SHORT ? (unsigned char)n : NOT_SHORT;
		memcpy(to->bytes, bytes, n <= SHORT ? n : 0);
	}
	return 0;
}

void frame_folds_close(struct frame_folds *folds)
{
	mem_free(folds->characters);
	*folds = (struct frame_folds){0};
}

/* ASCII, in blocks: up to the first other byte. */
static void fold_ascii(struct folding *f)
{
	while (f->end - f->p >= BYTE_BLOCK && f->to < f->limit) {
		byte_block bytes = byte_block_load(f->p);
		byte_block lower = fold_lower(bytes);
		uint32_t other = byte_block_bits(bytes);
		unsigned n = other ? (unsigned)__builtin_ctz(other) : BYTE_BLOCK;

		memcpy(f->to, &lower, sizeof lower);
		f->to += n;
		f->p += n;
		if (other)
			return;
	}
}

/* Characters of the table. */
static void fold_table(struct folding *f)
{
	const struct folded_character *characters = f->characters;
	uint32_t count = f->recode->count;
	const char *p = f->p;
	char *to = f->to;

	while (f->end - p >= 2 && to < f->limit) {
		/* of any other byte the number is past all tables */
		uint32_t number = (uint32_t)(unsigned char)(*p - RECODE_FIRST) << 8 | (unsigned char)p[1];
		const struct folded_character *fold = &characters[number];

		if (number >= count)
			break;
		if (fold->n == NOT_SHORT) {
			to = put_fold(to, code_of(f->recode->texts[number]));
		} else {
			memcpy(to, fold, sizeof *fold);
			to += fold->n;
		}
		p += 2;
	}
	f->p = p;
	f->to = to;
}

/* A character that stands as it is, if it is one. */
static bool fold_plain(struct folding *f)
{
	uint32_t code;
	bool valid;
	size_t n = utf8_next(f->p, (size_t)(f->end - f->p), &code, &valid);

	if (valid)
		f->to = put_fold(f->to, code);
	f->p += n;
	return valid;
}

static bool fold_all(struct folding *f)
{
	while (f->p < f->end) {
		const char *before = f->p;

		if (f->to >= f->limit)
			return false;
		fold_ascii(f);
		fold_table(f);
		if (f->p == before && !fold_plain(f))
			return false;
	}
	return true;
}

bool folded_frame_make(const struct frame_folds *folds, struct span bytes, struct buf *out)
{
	/* two bytes are three of text at the most, of all but very odd text */
	size_t room = 2 * bytes.n + 2 * STEP_MAX;
	struct folding f = {
		.recode = folds->recode, .characters = folds->characters, .p = bytes.p, .end = bytes.p + bytes.n};

	buf_reset(out);
	f.to = buf_reserve(out, room);
	if (!f.to)
		return false;
	f.limit = f.to + room - STEP_MAX;
	if (!fold_all(&f))
		return false;
	out->n = (size_t)(f.to - out->data);
	return true;
}
