/* Two ways of reading lines in C: the baseline of LineBenchmarks. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reader {
    int fd;
    size_t size, start, end;
    char *buffer;

    /* For the bytewise reader: the number of bytes left, and the next byte. */
    ssize_t count;
    char *next;
};

struct reader *c_reader_new(int fd, size_t size)
{
    struct reader *r = malloc(sizeof *r);

    *r = (struct reader) { .fd = fd, .size = size, .buffer = malloc(size) };
    return r;
}

void c_reader_free(struct reader *r)
{
    free(r->buffer);
    free(r);
}

static ssize_t fill(struct reader *r)
{
    ssize_t n;

    do
        n = read(r->fd, r->buffer, r->size);
    while (n < 0 && errno == EINTR);
    r->start = 0;
    r->end = n > 0 ? n : 0;
    return n;
}

/* Reads a line with memchr and memcpy: the fastest way without returning a slice. */
static ssize_t read_line(struct reader *r, char *line, size_t max)
{
    size_t have = 0;

    for (;;) {
        size_t left = r->end - r->start;
        size_t look = left < max - have ? left : max - have;
        char *from = r->buffer + r->start;
        char *newline = memchr(from, '\n', look);
        size_t n = newline ? (size_t) (newline - from) + 1 : look;

        memcpy(line + have, from, n);
        have += n;
        r->start += n;
        if (newline || have == max)
            return have;
        ssize_t got = fill(r);
        if (got <= 0)
            return have ? (ssize_t) have : got;
    }
}

/* Reads count lines. Returns their bytes, or -1. */
long c_read_lines(struct reader *r, long count)
{
    char line[4096];
    long bytes = 0;

    for (long i = 0; i < count; i++) {
        ssize_t n = read_line(r, line, sizeof line);
        if (n <= 0)
            return -1;
        bytes += n;
    }
    return bytes;
}

/* Returns one byte of the buffer by reference, as in (figure 3.18). */
static ssize_t read_byte(struct reader *r, char *byte)
{
    if (r->count <= 0) {
        r->count = fill(r);
        if (r->count <= 0)
            return r->count;
        r->next = r->buffer;
    }
    r->count--;
    *byte = *r->next++;
    return 1;
}

/* Counts the bytes from 1 and checks for a byte first, in the order of (figure 3.18). */
static ssize_t read_line_bytewise(struct reader *r, char *line, size_t max)
{
    char *to = line;
    char byte;
    size_t n;

    for (n = 1; n < max; n++) {
        ssize_t got = read_byte(r, &byte);
        if (got == 1) {
            *to++ = byte;
            if (byte == '\n')
                break;
        } else if (got == 0) {
            *to = 0;
            return n - 1;
        } else {
            return -1;
        }
    }
    *to = 0;
    return n;
}

/* Reads count lines. Returns their bytes, or -1. */
long c_read_lines_bytewise(struct reader *r, long count)
{
    char line[4096];
    long bytes = 0;

    for (long i = 0; i < count; i++) {
        ssize_t n = read_line_bytewise(r, line, sizeof line);
        if (n <= 0)
            return -1;
        bytes += n;
    }
    return bytes;
}
