#include "word_list.h"

int word_list_split(struct span bytes, uint32_t count, struct posting_list out[WORD_LISTS])
{
	struct cursor c = cursor_of(bytes);
	struct posting_list strong = {.strong = true};
	struct posting_list weak = {.count = count};
	int n = 0;

	if (count <= POSTING_BLOCK) {
		out[0] = (struct posting_list){bytes, count, false};
		return 1;
	}
	strong.count = cursor_varint32(&c);
	strong.bytes = cursor_text(&c);
	weak.bytes = (struct span){(const char *)c.p, cursor_left(&c)};
	if (c.failed || strong.count > count || (strong.count == 0) != (strong.bytes.n == 0) ||
	    (strong.count == count) != (weak.bytes.n == 0))
		return -1;
	weak.count -= strong.count;
	if (strong.count)
		out[n++] = strong;
	if (weak.count)
		out[n++] = weak;
	return n;
}

void word_list_head(struct buf *out, uint32_t count, size_t bytes)
{
	buf_add_varint(out, count);
	buf_add_varint(out, bytes);
}
