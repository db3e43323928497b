/*
 * The baseline: a fast echo server over select, poll, level-triggered epoll or edge-triggered epoll.
 *
 *     echo select|poll|epoll|edge [parked]
 *
 * Prints "port N", answers each line of standard input with "0 connections", and ends with its standard input. With "parked" a second
 * thread reads these lines, otherwise the loop. A .NET process also has a second thread, and descriptor lookups cost more in a
 * multithreaded process.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FDS = 100000, MAX_EVENTS = 1024, WORD = 64 };
enum wish { READING, WRITING, GONE };

/* Indexed by descriptor: data that the peer has not accepted. Reading continues after it is sent. */
static struct { enum wish wish; char *pending; size_t start, end; } connections[MAX_FDS];
static volatile int count;
static char buffer[64 * 1024];
static int listener, edge;

/* The functions of the chosen mechanism. In edge mode change is not called, because both directions are watched from the start. */
static void (*watch)(int fd), (*change)(int fd, enum wish wish), (*unwatch)(int fd);

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static enum wish keep(int fd, const char *bytes, size_t length)
{
    connections[fd].pending = malloc(length);
    memcpy(connections[fd].pending, bytes, length);
    connections[fd].start = 0;
    connections[fd].end = length;
    return WRITING;
}

/* Level-triggered: one recv per event. Unread data is reported again. */
static enum wish echo(int fd)
{
    ssize_t got = recv(fd, buffer, sizeof buffer, 0);

    if (got <= 0)
        return got < 0 && (errno == EAGAIN || errno == EINTR) ? READING : GONE;
    ssize_t sent = send(fd, buffer, got, MSG_NOSIGNAL);
    if (sent == got)
        return READING;
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
        return GONE;
    return keep(fd, buffer + (sent > 0 ? sent : 0), got - (sent > 0 ? sent : 0));
}

/*
 * Edge-triggered: reads until the socket is empty. A short read means empty, unless the peer has closed. Then only recv's result shows
 * the end.
 */
static enum wish echo_all(int fd, int closing)
{
    for (;;) {
        ssize_t got = recv(fd, buffer, sizeof buffer, 0);
        if (got <= 0)
            return got < 0 && errno == EAGAIN ? READING : GONE;
        ssize_t sent = send(fd, buffer, got, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return GONE;
        if (sent != got)
            return keep(fd, buffer + (sent > 0 ? sent : 0), got - (sent > 0 ? sent : 0));
        if (got < (ssize_t)sizeof buffer && !closing)
            return READING;
    }
}

static enum wish flush(int fd)
{
    while (connections[fd].start < connections[fd].end) {
        ssize_t sent = send(fd, connections[fd].pending + connections[fd].start, connections[fd].end - connections[fd].start, MSG_NOSIGNAL);
        if (sent < 0)
            return errno == EAGAIN || errno == EINTR ? WRITING : GONE;
        connections[fd].start += sent;
    }
    free(connections[fd].pending);
    connections[fd].pending = NULL;
    return edge ? echo_all(fd, 1) : READING;
}

static void serve(int fd, int closing)
{
    enum wish before = connections[fd].wish;
    enum wish wish = before == WRITING ? flush(fd) : edge ? echo_all(fd, closing) : echo(fd);

    if (wish == before)
        return;
    connections[fd].wish = wish;
    if (wish != GONE) {
        change(fd, wish);
        return;
    }
    unwatch(fd);
    close(fd);
    free(connections[fd].pending);
    connections[fd].pending = NULL;
    count--;
}

static void welcome(void)
{
    int fd, on = 1;

    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        if (fd >= MAX_FDS)
            die("too many descriptors");
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections[fd].wish = READING;
        count++;
        watch(fd);
    }
}

static void answer(void)
{
    char line[16];

    if (read(STDIN_FILENO, line, sizeof line) <= 0)
        exit(0);
    printf("0 %d\n", count);
}

static void *control(void *unused)
{
    for (;;)
        answer();
    return unused;
}

static void handle(int fd, int closing)
{
    if (fd == listener)
        welcome();
    else if (fd == STDIN_FILENO)
        answer();
    else
        serve(fd, closing);
}

/* select */
static fd_set reading, writing;
static int maxfdp1;

static void select_change(int fd, enum wish wish)
{
    FD_CLR(fd, wish == READING ? &writing : &reading);
    FD_SET(fd, wish == READING ? &reading : &writing);
}

static void select_watch(int fd)
{
    if (fd >= FD_SETSIZE) {
        errno = EMFILE;
        die("select");
    }
    FD_SET(fd, &reading);
    if (fd >= maxfdp1)
        maxfdp1 = fd + 1;
}

static void select_unwatch(int fd)
{
    FD_CLR(fd, &reading);
    FD_CLR(fd, &writing);
    while (maxfdp1 > 0 && !FD_ISSET(maxfdp1 - 1, &reading) && !FD_ISSET(maxfdp1 - 1, &writing))
        maxfdp1--;
}

static void select_turn(void)
{
    fd_set r = reading, w = writing;
    unsigned long *rs = (unsigned long *)&r, *ws = (unsigned long *)&w;
    int words = (maxfdp1 + WORD - 1) / WORD;

    if (select(maxfdp1, &r, &w, NULL, NULL) < 0)
        die("select");
    for (int i = 0; i < words; i++)
        for (unsigned long bits = rs[i] | ws[i]; bits != 0; bits &= bits - 1)
            handle(i * WORD + __builtin_ctzl(bits), 0);
}

/* poll: the array is dense, so the last entry replaces a removed one. */
static struct pollfd polled[MAX_FDS];
static int place[MAX_FDS], places;

static void poll_change(int fd, enum wish wish) { polled[place[fd]].events = wish == READING ? POLLIN : POLLOUT; }

static void poll_watch(int fd)
{
    place[fd] = places;
    polled[places++] = (struct pollfd){ .fd = fd, .events = POLLIN };
}

static void poll_unwatch(int fd)
{
    polled[place[fd]] = polled[--places];
    place[polled[place[fd]].fd] = place[fd];
}

static void poll_turn(void)
{
    int ready = poll(polled, places, -1);

    if (ready < 0)
        die("poll");
    for (int i = 0; ready > 0;) {
        int fd = polled[i].fd;
        if (polled[i].revents != 0) {
            ready--;
            polled[i].revents = 0;
            handle(fd, 0);
        }
        if (i < places && polled[i].fd == fd)
            i++;
    }
}

/* epoll */
static int epfd;

static void epoll_control(int op, int fd, unsigned events)
{
    struct epoll_event event = { .events = events, .data.fd = fd };

    if (epoll_ctl(epfd, op, fd, &event) < 0)
        die("epoll_ctl");
}

static void epoll_change(int fd, enum wish wish)
{
    if (!edge)
        epoll_control(EPOLL_CTL_MOD, fd, wish == READING ? EPOLLIN : EPOLLOUT);
}

static void epoll_watch(int fd)
{
    int both = edge && fd != listener && fd != STDIN_FILENO;

    epoll_control(EPOLL_CTL_ADD, fd, both ? EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET : EPOLLIN);
}

static void epoll_unwatch(int fd) { (void)fd; /* close does it */ }

static void epoll_turn(void)
{
    struct epoll_event events[MAX_EVENTS];
    int ready = epoll_wait(epfd, events, MAX_EVENTS, -1);

    if (ready < 0)
        die("epoll_wait");
    for (int i = 0; i < ready; i++)
        handle(events[i].data.fd, (events[i].events & ~(EPOLLIN | EPOLLOUT)) != 0);
}

int main(int argc, char **argv)
{
    const char *mechanism = argc > 1 ? argv[1] : "";
    void (*turn)(void) = epoll_turn;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    struct rlimit limit;
    pthread_t thread;

    edge = strcmp(mechanism, "edge") == 0;
    watch = epoll_watch, change = epoll_change, unwatch = epoll_unwatch;
    if (strcmp(mechanism, "select") == 0)
        watch = select_watch, change = select_change, unwatch = select_unwatch, turn = select_turn;
    if (strcmp(mechanism, "poll") == 0)
        watch = poll_watch, change = poll_change, unwatch = poll_unwatch, turn = poll_turn;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    epfd = epoll_create1(EPOLL_CLOEXEC);
    if (listener < 0 || epfd < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, SOMAXCONN) < 0)
        die("listen");
    getsockname(listener, (struct sockaddr *)&address, &length);
    watch(listener);

    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("port %d\n", ntohs(address.sin_port));
    if (argc > 2 && strcmp(argv[2], "parked") == 0)
        pthread_create(&thread, NULL, control, NULL);
    else
        watch(STDIN_FILENO);
    for (;;)
        turn();
}
