/* heap - takes the place of mem.c in a test program: allocations fail as it is told, and what is not freed is counted. */
#ifndef TEST_HEAP_H
#define TEST_HEAP_H

#include <stdbool.h>
#include <stddef.h>

struct heap {
	unsigned failing;       /* number of the call that fails, from 1; 0: none does */
	bool stays;             /* and all after it */
	_Atomic unsigned calls; /* so far */
	_Atomic int blocks;     /* that were not freed */
	_Atomic size_t largest; /* bytes that were asked for at once */
};

extern struct heap heap;

/* Calls are counted from now on, and number `call` is made to fail. */
void heap_fail(unsigned call, bool stays);

/* No call fails from now on. Did any? */
bool heap_heal(void);

#endif
