/* processor - what the processor at hand can do beyond the least of its kind, and how many there are.
 *
 * Shape:  x86-64 with GCC or Clang; elsewhere nothing is there.
 * Cost:   2 ns. glibc has asked the processor before main(), and is asked here: libgcc's own __builtin_cpu_supports() asks
 *         again before main(), and each question is a trap in a virtual machine, together 15 to 20 us of a process.
 *         The count is a system call.
 * Source: sched_setaffinity(2); glibc's manual, "X86"; uops.info for PEXT and PDEP: up to 300 cycles on AMD before Zen 3, which is when AMD's
 *         processors began to have ERMS. Those of Intel had it before they had BMI2.
 */
#ifndef BASE_PROCESSOR_H
#define BASE_PROCESSOR_H

#include <stdbool.h>

/* Those that this process may use, at least 1: taskset(1) and containers leave it fewer than are online. */
unsigned processor_count(void);

#if defined __x86_64__ && defined __GNUC__

#if defined __has_include
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif

static inline bool processor_has_avx2(void)
{
#ifdef CPU_FEATURE_ACTIVE
	return CPU_FEATURE_ACTIVE(AVX2);
#else
	return __builtin_cpu_supports("avx2");
#endif
}

/* BMI1, BMI2 and POPCNT, with a PEXT and PDEP that are one step. */
static inline bool processor_has_fast_bits(void)
{
#ifdef CPU_FEATURE_ACTIVE
	/* no processor has BMI2 without the other two */
	return CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_PRESENT(ERMS);
#else
	return __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
	       !__builtin_cpu_is("amdfam17h");
#endif
}

#else

static inline bool processor_has_avx2(void)
{
	return false;
}

static inline bool processor_has_fast_bits(void)
{
	return false;
}

#endif

#endif
