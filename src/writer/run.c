#include "run.h"

/* A varint of a 64-bit number. */
enum { VARINT_MAX = 10 };

/* Bytes of a word that are its key. */
enum { KEY_BYTES = 8 };

void run_begin(struct run_writer *run)
{
	run->open =
		(struct run_extent){.start = run->bytes.n, .first_sample = BUF_COUNT(&run->samples, struct run_sample)};
	run->sampled = run->bytes.n;
	run->key = 0;
}

void run_end(struct run_writer *run)
{
	run->open.bytes = run->bytes.n - run->open.start;
	run->open.samples = BUF_COUNT(&run->samples, struct run_sample) - run->open.first_sample;
	if (run->open.bytes)
		buf_add(&run->runs, &run->open, sizeof run->open);
}

static inline unsigned char *put(unsigned char *p, uint64_t value)
{
	while (value >= 0x80) {
		*p++ = (unsigned char)(value | 0x80);
		value >>= 7;
	}
	*p++ = (unsigned char)value;
	return p;
}

static void add_sample(struct run_writer *run)
{
	struct run_sample sample = {run->key, run->bytes.n - run->open.start};

	run->sampled = run->bytes.n;
	buf_add(&run->samples, &sample, sizeof sample);
}

void run_add(struct run_writer *run, uint64_t key, struct span word, const struct posting *postings, size_t count)
{
	unsigned char *p = (unsigned char *)buf_reserve(&run->bytes, (3 + 2 * count) * VARINT_MAX + word.n);
	uint32_t next = 0;

	if (!p)
		return;
	if (run->bytes.n - run->sampled >= RUN_SAMPLE)
		add_sample(run);
	p = put(p, key - run->key);
	if (word.n)
		p = put(p, word.n);
	if (word.n > KEY_BYTES) {
		memcpy(p, word.p + KEY_BYTES, word.n - KEY_BYTES);
		p += word.n - KEY_BYTES;
	}
	p = put(p, count);
	for (size_t i = 0; i < count; i++) {
		p = put(p, (uint64_t)(postings[i].number - next) << 1 | (postings[i].value != 0));
		if (postings[i].value)
			p = put(p, postings[i].value - 1);
		next = postings[i].number + 1;
	}
	run->key = key;
	run->bytes.n = (size_t)((char *)p - run->bytes.data);
}

bool run_failed(const struct run_writer *run)
{
	return run->bytes.failed || run->samples.failed || run->runs.failed;
}

void run_reset(struct run_writer *run)
{
	buf_reset(&run->bytes);
	buf_reset(&run->samples);
	buf_reset(&run->runs);
}

void run_release(struct run_writer *run)
{
	buf_release(&run->runs);
	buf_release(&run->bytes);
	buf_release(&run->samples);
}

uint64_t run_word_key(struct span word)
{
	uint64_t key = 0;

	/* one load, where all are there */
	if (word.n >= KEY_BYTES) {
		for (size_t i = 0; i < KEY_BYTES; i++)
			key = key << 8 | (unsigned char)word.p[i];
		return key;
	}
	for (size_t i = 0; i < KEY_BYTES; i++)
		key = key << 8 | (i < word.n ? (unsigned char)word.p[i] : 0);
	return key;
}

void run_word_add(struct buf *to, uint64_t key, const struct run_word *word)
{
	char bytes[KEY_BYTES];

	for (size_t i = 0; i < KEY_BYTES; i++)
		bytes[i] = (char)(unsigned char)(key >> (56 - 8 * i));
	buf_add(to, bytes, word->length < KEY_BYTES ? (size_t)word->length : KEY_BYTES);
	buf_add_span(to, word->rest);
}

static bool take_long(struct run_reader *r, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; shift < 64 && r->p < r->end; shift += 7) {
		unsigned char byte = *r->p++;

		*value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return true;
	}
	return false;
}

static inline bool take(struct run_reader *r, uint64_t *value)
{
	if (r->end - r->p >= 2) {
		*value = r->p[0];
		if (*value < 0x80) {
			r->p++;
			return true;
		}
		if (r->p[1] < 0x80) {
			*value = (*value & 0x7F) | (uint64_t)r->p[1] << 7;
			r->p += 2;
			return true;
		}
	}
	return take_long(r, value);
}

static bool take_word(struct run_reader *r)
{
	uint64_t rest;

	if (!take(r, &r->word.length))
		return false;
	rest = r->word.length > KEY_BYTES ? r->word.length - KEY_BYTES : 0;
	if (rest > (uint64_t)(r->end - r->p))
		return false;
	r->word.rest = (struct span){(const char *)r->p, (size_t)rest};
	r->p += rest;
	return true;
}

int run_next(struct run_reader *r)
{
	uint64_t key;
	uint64_t count;

	if (r->p == r->end)
		return 0;
	if (!take(r, &key))
		return -1;
	if (__builtin_add_overflow(r->key, key, &r->key))
		return -1;
	if (r->words && !take_word(r))
		return -1;
	/* Each posting takes a byte at least. */
	if (!take(r, &count) || count > (uint64_t)(r->end - r->p) || count == 0 || count > UINT32_MAX)
		return -1;
	r->count = (uint32_t)count;
	return 1;
}

/* A varint, where the ten bytes that it takes at most are there. */
static inline uint64_t take_near(const unsigned char **p)
{
	const unsigned char *at = *p;
	uint64_t value = *at++;

	if (value >= 0x80) {
		uint64_t byte = 0x80;

		value &= 0x7F;
		for (unsigned shift = 7; byte & 0x80 && shift < 64; shift += 7) {
			byte = *at++;
			value |= (byte & 0x7F) << shift;
		}
	}
	*p = at;
	return value;
}

/* Where the postings are read to, and what they must be below. */
struct target {
	struct posting *out;
	uint64_t next; /* the least that the next number may be */
	uint32_t base;
	uint32_t limit;
};

static inline bool add(struct target *to, uint64_t gap, uint64_t value)
{
	uint64_t number = to->next + (gap >> 1);

	value += gap & 1;
	*to->out++ = (struct posting){(uint32_t)number + to->base, (uint32_t)value};
	to->next = number + 1;
	return number < to->limit && value <= UINT32_MAX;
}

int run_read(struct run_reader *r, uint32_t base, uint32_t limit, struct posting *out)
{
	struct target to = {out, 0, base, limit};
	const unsigned char *p = r->p;
	uint32_t left = r->count;

	for (; left && r->end - p >= 2 * VARINT_MAX; left--) {
		uint64_t gap = take_near(&p);

		if (!add(&to, gap, gap & 1 ? take_near(&p) : 0))
			return -1;
	}
	r->p = p;
	for (; left; left--) {
		uint64_t gap;
		uint64_t value = 0;

		if (!take(r, &gap) || (gap & 1 && !take(r, &value)) || !add(&to, gap, value))
			return -1;
	}
	return 0;
}
