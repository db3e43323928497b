/* What the benchmarks of messages are measured by. */
#include <time.h>

/* The nanoseconds that this thread has been running, in the kernel and out of it. */
long c_thread_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}
