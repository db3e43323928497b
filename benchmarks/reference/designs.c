/*
 * Three of the book's server designs in idiomatic C: the iterative one, one thread per client, and one thread with epoll.
 *
 *     designs iterative|thread|epoll <port>
 *
 * A client sends a line with a number up to 16384 and gets that many bytes. The server listens on 127.0.0.1 and ends with its standard
 * input. A second thread waits for that end, because a .NET process also has a second thread, and descriptor lookups cost more in a
 * multithreaded process.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAXN = 16384, LINE = 4096, MAX_FDS = 100000, MAX_EVENTS = 256, BACKLOG = 1024 };

static const char result[MAXN];

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Returns the number in a line, or 0 if it is out of range. */
static long wanted(const char *line)
{
    long n = atol(line);
    return n > 0 && n <= MAXN ? n : 0;
}

static int write_all(int fd, long left)
{
    while (left > 0) {
        ssize_t n = write(fd, result, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        left -= n;
    }
    return 0;
}

/* Serves a client to its end with blocking calls. */
static void web_child(int fd)
{
    char buffer[LINE + 1];
    size_t have = 0;

    for (;;) {
        char *newline = memchr(buffer, '\n', have);
        if (newline) {
            *newline = 0;
            long n = wanted(buffer);
            if (n == 0 || write_all(fd, n) < 0)
                return;
            have -= newline + 1 - buffer;
            memmove(buffer, newline + 1, have);
            continue;
        }
        ssize_t n = have < LINE ? read(fd, buffer + have, LINE - have) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        have += n;
    }
}

static void *doit(void *arg)
{
    int fd = (int)(intptr_t)arg;
    web_child(fd);
    close(fd);
    return NULL;
}

static int accepted(int listenfd, int flags)
{
    int fd = accept4(listenfd, NULL, NULL, SOCK_CLOEXEC | flags);
    if (fd < 0 && errno != EINTR && errno != ECONNABORTED && errno != EAGAIN)
        die("accept");
    return fd;
}

static void serve_iteratively(int listenfd)
{
    for (;;) {
        int fd = accepted(listenfd, 0);
        if (fd >= 0) {
            web_child(fd);
            close(fd);
        }
    }
}

static void serve_with_threads(int listenfd)
{
    pthread_attr_t detached;
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    for (;;) {
        pthread_t thread;
        int fd = accepted(listenfd, 0);
        if (fd >= 0 && pthread_create(&thread, &detached, doit, (void *)(intptr_t)fd) != 0)
            close(fd);
    }
}

/* Indexed by descriptor: the start of a request, and the number of bytes still to send. */
static struct { char *begun; size_t have; long left; } connections[MAX_FDS];

static void watch(int epfd, int op, int fd, unsigned events)
{
    struct epoll_event event = { .events = events, .data.fd = fd };
    if (epoll_ctl(epfd, op, fd, &event) < 0)
        die("epoll_ctl");
}

static void forget(int fd)
{
    free(connections[fd].begun);
    memset(&connections[fd], 0, sizeof connections[fd]);
    close(fd);
}

/* Returns -1 at the end of the connection, 0 to wait for reading, 1 to wait for writing. */
static int send_rest(int fd)
{
    while (connections[fd].left > 0) {
        long n = connections[fd].left < MAXN ? connections[fd].left : MAXN;
        ssize_t sent = write(fd, result, n);
        if (sent < 0)
            return errno == EAGAIN ? 1 : -1;
        connections[fd].left -= sent;
    }
    return 0;
}

static int serve_once(int fd)
{
    static char buffer[LINE + 1];
    size_t have = connections[fd].have;

    if (connections[fd].left > 0) {
        int state = send_rest(fd);
        if (state != 0)
            return state;
    }
    memcpy(buffer, connections[fd].begun ? connections[fd].begun : "", have);
    ssize_t n = read(fd, buffer + have, LINE - have);
    if (n <= 0)
        return n < 0 && errno == EAGAIN ? 0 : -1;
    have += n;
    char *start = buffer, *newline;
    while ((newline = memchr(start, '\n', have))) {
        *newline = 0;
        long bytes = wanted(start);
        if (bytes == 0)
            return -1;
        connections[fd].left += bytes;
        have -= newline + 1 - start;
        start = newline + 1;
    }
    if (have == LINE)
        return -1;
    if (have > 0 && !connections[fd].begun)
        connections[fd].begun = malloc(LINE);
    if (have > 0)
        memcpy(connections[fd].begun, start, have);
    connections[fd].have = have;
    return send_rest(fd);
}

static void serve_with_epoll(int listenfd)
{
    static char writing[MAX_FDS];
    struct epoll_event events[MAX_EVENTS];
    int epfd = epoll_create1(EPOLL_CLOEXEC);

    watch(epfd, EPOLL_CTL_ADD, listenfd, EPOLLIN);
    for (;;) {
        int n = epoll_wait(epfd, events, MAX_EVENTS, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == listenfd) {
                int client = accepted(listenfd, SOCK_NONBLOCK);
                if (client >= 0)
                    watch(epfd, EPOLL_CTL_ADD, client, EPOLLIN);
                continue;
            }
            int state = serve_once(fd);
            if (state < 0) {
                writing[fd] = 0;
                forget(fd);
            } else if (state != writing[fd]) {
                writing[fd] = state;
                watch(epfd, EPOLL_CTL_MOD, fd, state ? EPOLLOUT : EPOLLIN);
            }
        }
    }
}

static void *wait_for_the_end(void *arg)
{
    char byte;
    while (read(0, &byte, 1) > 0)
        ;
    exit(0);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    pthread_t parked;
    int on = 1;

    if (argc != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    int epoll = strcmp(argv[1], "epoll") == 0;
    int listenfd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (epoll ? SOCK_NONBLOCK : 0), 0);
    setsockopt(listenfd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    address.sin_port = htons(atoi(argv[2]));
    if (bind(listenfd, (struct sockaddr *)&address, sizeof address) < 0 || listen(listenfd, BACKLOG) < 0)
        die("listen");
    if (pthread_create(&parked, NULL, wait_for_the_end, NULL) != 0)
        die("pthread_create");
    if (epoll)
        serve_with_epoll(listenfd);
    else if (strcmp(argv[1], "thread") == 0)
        serve_with_threads(listenfd);
    else
        serve_iteratively(listenfd);
}
