/* The clock of the message benchmarks. */
#include <time.h>

/* Returns the processor time of this thread, in user mode and in the kernel, in nanoseconds. */
long c_thread_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}
