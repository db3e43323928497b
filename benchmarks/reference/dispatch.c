/*
 * The cost of select, poll and epoll in C as the number of descriptors grows: the classic benchmark of event libraries.
 *
 *     dispatch select|poll|epoll|edge
 *
 * Answers each line "pairs active writes milliseconds" of standard input with "nanoseconds runs", where nanoseconds are per run, or with
 * "error reason". A run writes one byte into the active pairs. The receiver of a byte passes it to the next pair while writes are left.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_PAIRS = 100000, MAX_EVENTS = 1024, WORD = 64, PATIENCE_MS = 1000 };

static int pairs;
static int readers[MAX_PAIRS], writers[MAX_PAIRS];
static int received, fired, writes_left;

static void die(const char *what)
{
    printf("error %s: %s\n", what, strerror(errno));
    exit(1);
}

static void on_readable(int i)
{
    char bytes[64];
    ssize_t got = read(readers[i], bytes, sizeof bytes);

    if (got <= 0)
        die("read");
    received += got;
    for (; got > 0 && writes_left > 0; got--, writes_left--, fired++)
        if (write(writers[i + 1 == pairs ? 0 : i + 1], bytes, 1) != 1)
            die("write");
}

/* Scans the set of select by 64-bit words, which is faster than 1024 calls of FD_ISSET. */
static fd_set watched;
static int maxfdp1, pair_of[FD_SETSIZE];

static int select_start(int edge)
{
    (void)edge;
    FD_ZERO(&watched);
    maxfdp1 = 0;
    for (int i = 0; i < pairs; i++) {
        if (readers[i] >= FD_SETSIZE)
            return errno = EBADF, -1;
        FD_SET(readers[i], &watched);
        pair_of[readers[i]] = i;
        if (readers[i] >= maxfdp1)
            maxfdp1 = readers[i] + 1;
    }
    return 0;
}

static void select_turn(void)
{
    fd_set ready = watched;
    struct timeval patience = { .tv_sec = PATIENCE_MS / 1000 };
    unsigned long *words = (unsigned long *)&ready;

    if (select(maxfdp1, &ready, NULL, NULL, &patience) <= 0)
        die("select");
    for (int w = 0; w * WORD < maxfdp1; w++)
        for (unsigned long bits = words[w]; bits != 0; bits &= bits - 1)
            on_readable(pair_of[w * WORD + __builtin_ctzl(bits)]);
}

static struct pollfd *polled;

static int poll_start(int edge)
{
    (void)edge;
    polled = calloc(pairs, sizeof *polled);
    for (int i = 0; i < pairs; i++)
        polled[i] = (struct pollfd){ .fd = readers[i], .events = POLLIN };
    return 0;
}

static void poll_turn(void)
{
    int ready = poll(polled, pairs, PATIENCE_MS);

    if (ready <= 0)
        die("poll");
    for (int i = 0; ready > 0; i++)
        if (polled[i].revents != 0) {
            ready--;
            on_readable(i);
        }
}

static int epfd;

static int epoll_start(int edge)
{
    epfd = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < pairs; i++) {
        struct epoll_event event = { .events = EPOLLIN | (edge ? EPOLLET : 0), .data.u32 = i };
        if (epoll_ctl(epfd, EPOLL_CTL_ADD, readers[i], &event) < 0)
            return -1;
    }
    return 0;
}

static void epoll_turn(void)
{
    struct epoll_event events[MAX_EVENTS];
    int ready = epoll_wait(epfd, events, MAX_EVENTS, PATIENCE_MS);

    if (ready <= 0)
        die("epoll_wait");
    for (int i = 0; i < ready; i++)
        on_readable(events[i].data.u32);
}

static long long cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long run(void (*turn)(void), int active, int writes)
{
    int space = pairs / active;

    received = 0;
    fired = active;
    writes_left = writes;
    for (int i = 0; i < active; i++)
        if (write(writers[i * space], "e", 1) != 1)
            die("write");
    long long start = cpu_ns();
    do
        turn();
    while (received != fired);
    return cpu_ns() - start;
}

/* Readers get low numbers for select, so writers are moved to high numbers. */
static int open_pairs(int n)
{
    for (pairs = 0; pairs < n; pairs++) {
        int both[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, both) < 0)
            return -1;
        readers[pairs] = both[0];
        writers[pairs] = pairs < FD_SETSIZE ? fcntl(both[1], F_DUPFD_CLOEXEC, FD_SETSIZE) : both[1];
        if (writers[pairs] < 0)
            return -1;
        if (pairs < FD_SETSIZE)
            close(both[1]);
    }
    return 0;
}

static void close_pairs(void)
{
    for (int i = 0; i < pairs; i++) {
        close(readers[i]);
        close(writers[i]);
    }
    if (epfd > 0)
        close(epfd);
    free(polled);
    polled = NULL;
    epfd = 0;
}

/* A .NET process always has a second thread, and descriptor lookups cost more in a multithreaded process. */
static void *park(void *unused)
{
    for (;;)
        pause();
    return unused;
}

int main(int argc, char **argv)
{
    const char *mechanism = argc > 1 ? argv[1] : "";
    int edge = strcmp(mechanism, "edge") == 0;
    int is_select = strcmp(mechanism, "select") == 0, is_poll = strcmp(mechanism, "poll") == 0;
    int (*start)(int) = is_select ? select_start : is_poll ? poll_start : epoll_start;
    void (*turn)(void) = is_select ? select_turn : is_poll ? poll_turn : epoll_turn;
    struct rlimit limit;
    pthread_t parked;
    int n, active, writes, milliseconds;

    setvbuf(stdout, NULL, _IOLBF, 0);
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    pthread_create(&parked, NULL, park, NULL);

    while (scanf("%d %d %d %d", &n, &active, &writes, &milliseconds) == 4) {
        long long total = 0;
        long runs = 0;

        if (n > MAX_PAIRS || active > n || open_pairs(n) < 0 || start(edge) < 0) {
            printf("error %d pairs: %s\n", n, strerror(errno));
            close_pairs();
            continue;
        }
        /* The first run warms the caches. It counts only if it alone takes long enough. */
        total = run(turn, active, writes);
        runs = 1;
        if (total < milliseconds * 1000000LL)
            total = runs = 0;
        for (; total < milliseconds * 1000000LL; runs++)
            total += run(turn, active, writes);
        close_pairs();
        printf("%lld %ld\n", total / runs, runs);
    }
    return 0;
}
