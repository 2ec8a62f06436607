#include "impact.h"

#include "cursor.h"
#include "length.h"

void impact_reset(struct impact_writer *writer)
{
	memset(writer->body_room, 0, writer->body_most + 1u);
	memset(writer->most, 0, sizeof writer->most);
	memset(writer->room, 0, sizeof writer->room);
	writer->body_most = writer->fields = 0;
}

static void raise(uint8_t *value, uint8_t other)
{
	*value = *value < other ? other : *value;
}

void impact_merge(struct impact_writer *writer, const struct impact_writer *other)
{
	writer->fields |= other->fields;
	raise(&writer->body_most, other->body_most);
	for (unsigned i = 0; i <= other->body_most; i++)
		raise(&writer->body_room[i], other->body_room[i]);
	for (unsigned i = 0; i < CHANNEL_FIELDS; i++) {
		raise(&writer->most[i], other->most[i]);
		raise(&writer->room[i], other->room[i]);
	}
}

/* The frontier of the body, frequencies falling; how many pairs. */
static unsigned find_frontier(const struct impact_writer *writer, struct impact_pair pairs[256])
{
	unsigned count = 0;
	int room = -1;

	for (unsigned frequency = writer->body_most; frequency; frequency--) {
		/* the highest frequency was seen even where its room is 0; that of others could be unseen, and adds nothing */
		if (writer->body_room[frequency] <= room)
			continue;
		room = writer->body_room[frequency];
		pairs[count++] = (struct impact_pair){(uint8_t)frequency, (uint8_t)~room};
	}
	return count;
}

/* An ordinary BM25: k1 1.2, b .75, and a mean of 100 words; 2^20 for 1. */
static uint32_t score(uint8_t frequency, uint8_t length)
{
	uint64_t tf = frequency * UINT64_C(1000);

	return (uint32_t)((tf << 20) / (tf + 300 + 9 * (uint64_t)length_decode(length)));
}

/* By how much the bound rises where a pair and the next, of lower frequency and shorter, become one. */
static uint32_t loss(const struct impact_pair *pair)
{
	uint32_t a = score(pair[0].frequency, pair[0].length);
	uint32_t b = score(pair[1].frequency, pair[1].length);

	return score(pair[0].frequency, pair[1].length) - (a > b ? a : b);
}

static unsigned join_pairs(struct impact_pair *pairs, unsigned count)
{
	for (; count > IMPACT_BODY_PAIRS; count--) {
		uint32_t least = UINT32_MAX;
		unsigned best = 0;

		for (unsigned i = 0; i + 1 < count; i++) {
			uint32_t now = loss(pairs + i);

			if (now < least) {
				least = now;
				best = i;
			}
		}
		pairs[best].length = pairs[best + 1].length;
		memmove(pairs + best + 1, pairs + best + 2, (count - best - 2) * sizeof *pairs);
	}
	return count;
}

static void add_pair(struct buf *out, uint8_t frequency, uint8_t length)
{
	buf_add_byte(out, frequency);
	buf_add_byte(out, length);
}

static void encode_body(const struct impact_writer *writer, struct buf *out)
{
	struct impact_pair pairs[256];
	unsigned count = join_pairs(pairs, find_frontier(writer, pairs));

	buf_add_byte(out, (unsigned char)count);
	while (count--)
		add_pair(out, pairs[count].frequency, pairs[count].length);
}

void impact_encode(const struct impact_writer *writer, struct buf *out)
{
	buf_add_byte(out, writer->fields);
	for (unsigned rest = writer->fields; rest; rest &= rest - 1) {
		unsigned field = (unsigned)__builtin_ctz(rest);

		if (field == CHANNEL_BODY)
			encode_body(writer, out);
		else
			add_pair(out, writer->most[field], (uint8_t)~writer->room[field]);
	}
}

static struct impact_pair read_pair(struct cursor *c)
{
	struct impact_pair pair;

	pair.frequency = cursor_u8(c);
	pair.length = cursor_u8(c);
	c->failed |= pair.frequency == 0;
	return pair;
}

static void read_body(struct impact *out, struct cursor *c)
{
	out->body_pairs = cursor_u8(c);
	c->failed |= out->body_pairs == 0 || out->body_pairs > IMPACT_BODY_PAIRS;
	for (unsigned i = 0; !c->failed && i < out->body_pairs; i++) {
		out->body[i] = read_pair(c);
		if (i && (out->body[i].frequency <= out->body[i - 1].frequency ||
			  out->body[i].length <= out->body[i - 1].length))
			c->failed = true;
	}
}

bool impact_decode(struct impact *out, struct span bytes)
{
	struct cursor c = cursor_of(bytes);

	*out = (struct impact){.fields = cursor_u8(&c)};
	if (out->fields == 0 || out->fields >> CHANNEL_FIELDS)
		return false;
	for (unsigned rest = out->fields; rest && !c.failed; rest &= rest - 1) {
		unsigned field = (unsigned)__builtin_ctz(rest);

		if (field == CHANNEL_BODY)
			read_body(out, &c);
		else
			out->other[field] = read_pair(&c);
	}
	return !c.failed && cursor_left(&c) == 0;
}
