/* processor - what the processor at hand can do beyond the least of its kind, and how many there are.
 *
 * Shape:  x86-64 with GCC or Clang; elsewhere nothing is there.
 * Cost:   2 ns, but the first question asks the processor: three traps of 4 us each in a virtual machine. libgcc's own
 *         __builtin_cpu_supports() asks some twenty times, and before main(). The count is a system call.
 * Source: Intel's manual, "CPUID", leaves 1 and 7, and "Detection of AVX2"; sched_setaffinity(2); uops.info for PEXT and
 *         PDEP: up to 300 cycles on AMD before Zen 3, which is when AMD's processors began to have ERMS. Those of Intel
 *         had it before they had BMI2.
 */
#ifndef BASE_PROCESSOR_H
#define BASE_PROCESSOR_H

#include <stdbool.h>

/* Those that this process may use, at least 1: taskset(1) and containers leave it fewer than are online. */
unsigned processor_count(void);

bool processor_has_avx2(void);

/* BMI1, BMI2 and POPCNT, with a PEXT and PDEP that are one step. */
bool processor_has_fast_bits(void);

#endif
