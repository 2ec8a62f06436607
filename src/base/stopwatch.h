/* stopwatch - how long something took.
 *
 * Units:  nanoseconds on a clock that never goes back and began at some unknown moment.
 * Source: clock_gettime(2), CLOCK_MONOTONIC.
 */
#ifndef BASE_STOPWATCH_H
#define BASE_STOPWATCH_H

#include <stdint.h>
#include <time.h>

static inline int64_t stopwatch_ns(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

#endif
