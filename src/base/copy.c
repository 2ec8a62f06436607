/* copy - memcpy(3) and memmove(3), declared by <string.h>, for copies of some ten bytes.
 *
 * Shape:  kbsearch only, in place of musl's own, which copy by `rep movs`: some 30 steps of the processor before the first
 *         byte, where zstd copies every match with the dictionary so. Both read all of a short block before they write any
 *         of it, so that it may overlap; a long one goes from the end that is not overwritten unread.
 * Units:  bytes; blocks of 16 are what every processor has a register for.
 * Cost:   2 ns up to 32 bytes. A short query takes 1.47 of an empty process instead of 1.64; going through 1.1 GB for a
 *         literal, 0.74 s instead of 0.93.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define UNALIGNED __attribute__((aligned(1), may_alias))
typedef uint16_t two UNALIGNED;
typedef uint32_t four UNALIGNED;
typedef uint64_t eight UNALIGNED;
typedef uint64_t sixteen __attribute__((vector_size(16), aligned(1), may_alias));

/* Between one and two of that type, as the first and the last of it, which may overlap. */
#define COPY_ENDS(type, to, from, n)                                                                                   \
	do {                                                                                                           \
		type first = *(const type *)(const void *)(from);                                                      \
		type last = *(const type *)(const void *)((from) + (n) - sizeof(type));                                \
                                                                                                                       \
		*(type *)(void *)(to) = first;                                                                         \
		*(type *)(void *)((to) + (n) - sizeof(type)) = last;                                                   \
	} while (0)

/* Or the compiler makes a loop a call of the function that it is in. */
#define KEEP_LOOP() __asm__ volatile("" ::: "memory")

static inline void copy_short(char *to, const char *from, size_t n)
{
	if (n > 16)
		COPY_ENDS(sixteen, to, from, n);
	else if (n >= 8)
		COPY_ENDS(eight, to, from, n);
	else if (n >= 4)
		COPY_ENDS(four, to, from, n);
	else if (n >= 2)
		COPY_ENDS(two, to, from, n);
	else if (n)
		*to = *from;
}

static inline void copy_block(char *to, const char *from)
{
	*(sixteen *)(void *)to = *(const sixteen *)(const void *)from;
	KEEP_LOOP();
}

/* The two ends are read first and written last, so the blocks between need not end where they do. */
static void copy_long(char *to, const char *from, size_t n)
{
	sixteen first = *(const sixteen *)(const void *)from;
	sixteen last = *(const sixteen *)(const void *)(from + n - 16);

	if ((size_t)(to - from) >= n) {
		for (size_t at = 16; at + 16 < n; at += 16)
			copy_block(to + at, from + at);
	} else {
		for (size_t at = n - 16; at > 16; at -= 16)
			copy_block(to + at - 16, from + at - 16);
	}
	*(sixteen *)(void *)to = first;
	*(sixteen *)(void *)(to + n - 16) = last;
}

static inline void *copy(void *to, const void *from, size_t n)
{
	if (n <= 32)
		copy_short(to, from, n);
	else
		copy_long(to, from, n);
	return to;
}

/* Neither calls the other: the compiler knows both, and would make that a call of itself. */
void *memmove(void *to, const void *from, size_t n)
{
	return copy(to, from, n);
}

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	return copy(to, from, n);
}
