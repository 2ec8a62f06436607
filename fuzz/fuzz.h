/* fuzz - what must hold for any bytes.
 *
 * Shape:  a target takes bytes and aborts when what it asks for does not hold. libFuzzer gives it bytes, or driver.c: one line
 *         of seeds after the other, and texts made of pieces of them.
 * Source: https://llvm.org/docs/LibFuzzer.html names the function.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The target. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_HOLDS(what)                                                                                               \
	do {                                                                                                           \
		if (!(what)) {                                                                                         \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #what);                      \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

#endif
