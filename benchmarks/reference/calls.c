/* The cost of a call in C: the baseline of CallBenchmarks. */
#include <unistd.h>

/* Reads one byte, count times. Returns the number of successful reads. */
long c_read_bytes(int fd, long count)
{
    char byte;
    long got = 0;

    for (long i = 0; i < count; i++)
        got += read(fd, &byte, 1) == 1;
    return got;
}
