/* What a call costs in C: the base line of CallBenchmarks. */
#include <unistd.h>

/* Reads one byte, count times. Returns how many times it got one. */
long c_read_bytes(int fd, long count)
{
    char byte;
    long got = 0;

    for (long i = 0; i < count; i++)
        got += read(fd, &byte, 1) == 1;
    return got;
}
