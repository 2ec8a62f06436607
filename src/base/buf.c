#include "buf.h"

#include "mem.h"

#include <stdarg.h>
#include <stdio.h>

void buf_release(struct buf *buf)
{
	mem_free(buf->data);
	*buf = (struct buf){0};
}

void buf_reset(struct buf *buf)
{
	buf->n = 0;
	buf->failed = false;
}

char *buf_grow(struct buf *buf, size_t n)
{
	size_t wanted;
	size_t capacity = buf->capacity < 64 ? 64 : buf->capacity;
	char *data;

	if (buf->failed || __builtin_add_overflow(buf->n, n, &wanted) || wanted > SIZE_MAX / 2)
		goto failed;
	while (capacity < wanted)
		capacity += capacity / 2;
	data = mem_resize(buf->data, capacity, 1);
	if (!data)
		goto failed;
	buf->data = data;
	buf->capacity = capacity;
	return buf->data + buf->n;
failed:
	buf->failed = true;
	return NULL;
}

void buf_add_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_list again;
	int n;
	char *to;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	to = n >= 0 ? buf_reserve(buf, (size_t)n + 1) : NULL;
	if (to) {
		vsnprintf(to, (size_t)n + 1, format, again);
		buf->n += (size_t)n;
	} else {
		buf->failed = true;
	}
	va_end(again);
	va_end(args);
}

static void add_little_endian(struct buf *buf, uint64_t value, size_t n)
{
	char *to = buf_reserve(buf, n);

	if (!to)
		return;
	for (size_t i = 0; i < n; i++)
		to[i] = (char)(unsigned char)(value >> (8 * i));
	buf->n += n;
}

void buf_add_u16(struct buf *buf, uint16_t value)
{
	add_little_endian(buf, value, 2);
}

void buf_add_u32(struct buf *buf, uint32_t value)
{
	add_little_endian(buf, value, 4);
}

void buf_add_u64(struct buf *buf, uint64_t value)
{
	add_little_endian(buf, value, 8);
}

void buf_add_varint(struct buf *buf, uint64_t value)
{
	while (value >= 0x80) {
		buf_add_byte(buf, (unsigned char)(value | 0x80));
		value >>= 7;
	}
	buf_add_byte(buf, (unsigned char)value);
}

void buf_add_counted(struct buf *buf, struct span span)
{
	buf_add_varint(buf, span.n);
	buf_add_span(buf, span);
}

const char *buf_string(struct buf *buf)
{
	char *end = buf_reserve(buf, 1);

	if (!end)
		return "";
	*end = '\0';
	return buf->data;
}
