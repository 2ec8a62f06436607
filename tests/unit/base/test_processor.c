#define _GNU_SOURCE /* sched_setaffinity(2) */
#include "processor.h"

#include "unit.h"

#include <sched.h>

/* Leaves this process the first `count` of the processors that it may use; false: it has not so many. */
static bool use(const cpu_set_t *all, int count)
{
	cpu_set_t some;

	CPU_ZERO(&some);
	for (int i = 0; i < CPU_SETSIZE && count; i++) {
		if (!CPU_ISSET(i, all))
			continue;
		CPU_SET(i, &some);
		count--;
	}
	return count == 0 && sched_setaffinity(0, sizeof some, &some) == 0;
}

static void only_those_that_may_be_used(void **state)
{
	cpu_set_t all;

	(void)state;
	if (sched_getaffinity(0, sizeof all, &all) < 0)
		skip();
	for (int count = 1; use(&all, count); count++)
		assert_int_equal(processor_count(), count);
	assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
	assert_int_equal(processor_count(), CPU_COUNT(&all));
}

/* as the compiler's own library has it, which asks in another way */
static void what_the_compiler_says_it_has(void **state)
{
	(void)state;
#if defined __x86_64__ && defined __GNUC__
	assert_int_equal(processor_has_avx2(), __builtin_cpu_supports("avx2") != 0);
	if (!__builtin_cpu_supports("bmi2") || __builtin_cpu_is("amdfam17h"))
		assert_false(processor_has_fast_bits());
	else
		assert_true(processor_has_fast_bits());
#else
	assert_false(processor_has_avx2() || processor_has_fast_bits());
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_those_that_may_be_used),
		cmocka_unit_test(what_the_compiler_says_it_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
