#define _GNU_SOURCE /* madvise(2) */
#include "large_pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void large_pages_advise(void *block, size_t bytes)
{
#ifdef MADV_HUGEPAGE
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t start = ((uintptr_t)block + page - 1) / page * page;
	uintptr_t end = ((uintptr_t)block + bytes) / page * page;

	if (bytes >= LARGE_PAGES_LEAST)
		madvise((void *)start, end - start, MADV_HUGEPAGE);
#else
	(void)block;
	(void)bytes;
#endif
}
