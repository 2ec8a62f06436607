#define _GNU_SOURCE /* sched_getaffinity(2) */
#include "processor.h"

#include <sched.h>
#include <unistd.h>

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
