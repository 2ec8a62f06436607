#include "cursor.h"

uint64_t cursor_varint_long(struct cursor *c)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 64 && c->p < c->end; shift += 7) {
		unsigned char byte = *c->p++;

		if (shift == 63 && byte > 1)
			break;
		value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80) {
			if (byte == 0 && shift)
				break;
			return value;
		}
	}
	c->failed = true;
	c->p = c->end;
	return 0;
}
