#define _GNU_SOURCE /* sched_getaffinity(2) */
#include "processor.h"

#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>
#if defined __x86_64__ && defined __GNUC__
#include <cpuid.h>
#endif

enum feature { ASKED = 1, AVX2 = 2, FAST_BITS = 4 };

#if defined __x86_64__ && defined __GNUC__

enum { OSXSAVE = 1 << 27, YMM_STATE = 6, BMI2_ERMS = 1 << 8 | 1 << 9 };

/* Does the system keep the wide registers of each process? */
static bool wide_registers_kept(void)
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & OSXSAVE))
		return false;
	__asm__("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
	return (a & YMM_STATE) == YMM_STATE;
}

static unsigned ask(void)
{
	unsigned a, b, c, d;
	unsigned features = ASKED;

	if (!__get_cpuid_count(7, 0, &a, &b, &c, &d))
		return features;
	if (b & bit_AVX2 && wide_registers_kept())
		features |= AVX2;
	/* no processor has BMI2 without BMI1 and POPCNT */
	if ((b & BMI2_ERMS) == BMI2_ERMS)
		features |= FAST_BITS;
	return features;
}

#else

static unsigned ask(void)
{
	return ASKED;
}

#endif

/* Threads that ask at once get the same answer. */
static bool has(enum feature feature)
{
	static atomic_uint answer;
	unsigned features = atomic_load_explicit(&answer, memory_order_relaxed);

	if (!features) {
		features = ask();
		atomic_store_explicit(&answer, features, memory_order_relaxed);
	}
	return features & feature;
}

bool processor_has_avx2(void)
{
	return has(AVX2);
}

bool processor_has_fast_bits(void)
{
	return has(FAST_BITS);
}

unsigned processor_count(void)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);

#ifdef CPU_COUNT
	cpu_set_t usable; /* of 1024: with more the call fails, and all that are online count */

	if (sched_getaffinity(0, sizeof usable, &usable) == 0)
		online = CPU_COUNT(&usable);
#endif
	return online > 0 ? (unsigned)online : 1;
}
