/*
 * kqueue(2) on Linux for the tests of KqueuePoller: the filters READ, WRITE, EXCEPT and USER, implemented with epoll. It is for tests only,
 * because a queue's memory is never freed and DESCRIPTORS limits the descriptor numbers. The BSD manual pages define its behaviour.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct kevent {
    uintptr_t ident;
    int16_t filter;
    uint16_t flags;
    uint32_t fflags;
    intptr_t data;
    void *udata;
};

enum { READ = -1, WRITE = -2, USER = -11, EXCEPT = -15 };
enum { ADD = 0x1, DELETE = 0x2, ENABLE = 0x4, DISABLE = 0x8, CLEAR = 0x20, DISPATCH = 0x80, EV_EOF = 0x8000 };
enum { LOWAT = 0x1, TRIGGER = 0x1000000 };

#define DESCRIPTORS 20480
#define USER_EVENT UINT64_MAX

/* The registration of one filter of one descriptor. Without flags the filter is not registered. */
struct registration {
    uint16_t flags;
    uint32_t fflags;
    int enabled;
    void *udata;
};

/*
 * A descriptor and its file at the time of registration, because the number may have been reused since. The generation distinguishes its
 * events from those of an earlier file.
 */
struct watched {
    struct registration read, write, except;
    dev_t dev;
    ino_t ino;
    uint32_t generation;
};

struct queue {
    struct watched fds[DESCRIPTORS];
    struct registration user;
    unsigned turn;
    uint32_t generations;
};

static struct queue *queues[DESCRIPTORS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Always readable. It is in the epoll of a queue whose USER event was triggered. */
static int always_ready;

__attribute__((constructor)) static void open_always_ready(void) { always_ready = eventfd(1, EFD_CLOEXEC); }
__attribute__((destructor)) static void close_always_ready(void) { close(always_ready); }

int kqueue(void)
{
    int kq = epoll_create1(0);

    if (kq < 0)
        return -1;
    pthread_mutex_lock(&lock);
    free(queues[kq]); /* the memory of a closed queue with the same number */
    queues[kq] = calloc(1, sizeof(struct queue));
    pthread_mutex_unlock(&lock);
    return kq;
}

static int is_enabled(const struct watched *w) { return w->read.enabled || w->write.enabled || w->except.enabled; }

static uint32_t wanted(const struct watched *w)
{
    uint32_t events = 0;

    if (w->read.enabled)
        events |= EPOLLRDHUP | (w->read.fflags & LOWAT ? 0 : EPOLLIN);
    if (w->write.enabled)
        events |= EPOLLOUT;
    if (w->except.enabled)
        events |= EPOLLPRI;
    if ((w->read.flags | w->write.flags | w->except.flags) & CLEAR)
        events |= EPOLLET;
    return events;
}

/* Updates the interest of epoll. With no filter enabled the descriptor is removed, because epoll always reports errors. */
static int update(int kq, struct watched *w, int fd)
{
    struct epoll_event event = { .events = wanted(w), .data.u64 = (uint64_t)w->generation << 32 | (uint32_t)fd };

    if (!is_enabled(w)) {
        epoll_ctl(kq, EPOLL_CTL_DEL, fd, &event);
        return 0;
    }
    if (epoll_ctl(kq, EPOLL_CTL_MOD, fd, &event) == 0)
        return 0;
    return errno == ENOENT ? epoll_ctl(kq, EPOLL_CTL_ADD, fd, &event) : -1;
}

/* Whether the number still refers to the registered file. A kqueue drops the registrations of a closed descriptor. */
static int is_same(struct watched *w, int fd)
{
    struct stat now;

    if (fstat(fd, &now) == 0 && now.st_dev == w->dev && now.st_ino == w->ino)
        return 1;
    *w = (struct watched){ 0 };
    return 0;
}

/* An epoll keeps reporting a closed descriptor while a duplicate is open, so a new epoll replaces it with open ones only. */
static void rebuild(int kq, struct queue *q)
{
    struct epoll_event user = { .events = EPOLLIN, .data.u64 = USER_EVENT };
    int triggered = epoll_ctl(kq, EPOLL_CTL_DEL, always_ready, &user) == 0;
    int fresh = epoll_create1(0);

    if (fresh >= 0) {
        dup3(fresh, kq, O_CLOEXEC);
        close(fresh);
        for (int fd = 0; fd < DESCRIPTORS; fd++)
            if (is_enabled(&q->fds[fd]) && is_same(&q->fds[fd], fd))
                update(kq, &q->fds[fd], fd);
    }
    if (triggered)
        epoll_ctl(kq, EPOLL_CTL_ADD, always_ready, &user);
}

static int change_user(int kq, struct queue *q, const struct kevent *change)
{
    struct epoll_event event = { .events = EPOLLIN, .data.u64 = USER_EVENT };

    if (change->flags & ADD)
        q->user = (struct registration){ .flags = change->flags, .enabled = 1, .udata = change->udata };
    if (!(change->fflags & TRIGGER))
        return 0;
    return epoll_ctl(kq, EPOLL_CTL_ADD, always_ready, &event) == 0 || errno == EEXIST ? 0 : -1;
}

static int change_one(int kq, struct queue *q, const struct kevent *change)
{
    struct watched *w;
    struct registration *entry;
    struct stat file;

    if (change->filter == USER)
        return change_user(kq, q, change);
    if (change->ident >= DESCRIPTORS || (change->filter != READ && change->filter != WRITE && change->filter != EXCEPT)) {
        errno = EINVAL;
        return -1;
    }
    if (fstat((int)change->ident, &file) < 0)
        return -1;
    w = &q->fds[change->ident];
    if (!is_enabled(w) || !is_same(w, (int)change->ident))
        w->generation = ++q->generations;
    w->dev = file.st_dev;
    w->ino = file.st_ino;

    entry = change->filter == READ ? &w->read : change->filter == WRITE ? &w->write : &w->except;
    if (change->flags & ADD) {
        struct registration *entries[] = { &w->read, &w->write, &w->except };

        /* A duplicate of the same file under the same number looks unchanged, but the caller adds it with other data. */
        for (int f = 0; f < 3; f++)
            if (entries[f]->flags && entries[f]->udata != change->udata) {
                *entries[f] = (struct registration){ 0 };
                w->generation = ++q->generations;
            }
        *entry = (struct registration){
            .flags = change->flags, .fflags = change->fflags, .enabled = !(change->flags & DISABLE), .udata = change->udata,
        };
    } else if (entry->flags == 0) {
        errno = ENOENT;
        return -1;
    } else if (change->flags & DELETE)
        *entry = (struct registration){ 0 };
    else
        entry->enabled = !(change->flags & DISABLE);
    if (update(kq, w, (int)change->ident) == 0)
        return 0;
    *entry = (struct registration){ 0 };
    return -1;
}

/* Reports the event of one filter. Returns the number of events, 0 or 1. */
static int report_filter(struct registration *entry, uintptr_t fd, int16_t filter, uint32_t ready, struct kevent *event)
{
    uint32_t ends = filter == READ ? EPOLLRDHUP | EPOLLHUP | EPOLLERR : filter == WRITE ? EPOLLHUP | EPOLLERR : 0;
    uint32_t readies = filter == READ ? EPOLLIN : filter == WRITE ? EPOLLOUT : EPOLLPRI;
    int bytes = 0;

    if (!entry->enabled || !(ready & (ends | readies)))
        return 0;
    if (filter == READ)
        ioctl((int)fd, FIONREAD, &bytes);
    *event = (struct kevent){
        .ident = fd,
        .filter = filter,
        .flags = (entry->flags & (CLEAR | DISPATCH)) | (ready & ends ? EV_EOF : 0),
        .fflags = filter == EXCEPT ? entry->fflags : ready & EPOLLERR ? ECONNRESET : 0, /* only SO_ERROR knows the actual error, once */
        .data = bytes,
        .udata = entry->udata,
    };
    if (entry->flags & DISPATCH)
        entry->enabled = 0;
    return 1;
}

/* Reports the events of one descriptor. Returns their number, or -1 if the descriptor is closed. */
static int report_descriptor(int kq, struct queue *q, const struct epoll_event *ready, struct kevent *events, int space)
{
    uintptr_t fd = (uint32_t)ready->data.u64;
    struct watched *w = &q->fds[fd];
    struct epoll_event none;
    int reported = 0;

    if (ready->data.u64 == USER_EVENT) {
        epoll_ctl(kq, EPOLL_CTL_DEL, always_ready, &none);
        events[0] = (struct kevent){ .filter = USER, .flags = q->user.flags, .udata = q->user.udata };
        return 1;
    }
    if (w->generation != ready->data.u64 >> 32 || !is_same(w, (int)fd))
        return -1;
    q->turn = q->turn * 1103515245 + 12345;
    for (int f = 0; f < 3 && reported < space; f++) {
        /* Starts with a random filter, so that each gets a turn when there is space for only one event. */
        int filter = (int)(((q->turn >> 16) + (unsigned)f) % 3);
        struct registration *entry = filter == 0 ? &w->read : filter == 1 ? &w->write : &w->except;

        reported += report_filter(entry, fd, filter == 0 ? READ : filter == 1 ? WRITE : EXCEPT, ready->events, &events[reported]);
    }
    /* Disables filters that DISPATCH has reported, and triggers the edge again if events did not fit. */
    if ((w->read.flags | w->write.flags | w->except.flags) & DISPATCH || (reported == space && wanted(w) & EPOLLET))
        update(kq, w, (int)fd);
    return reported;
}

/* Reports one descriptor after the other, until the space is full or the first one is ready again. */
static int report_all(int kq, struct queue *q, struct epoll_event *ready, struct kevent *events, int space)
{
    uint64_t first = ready->data.u64;
    int reported = 0, closed = 0;

    do {
        int n = report_descriptor(kq, q, ready, &events[reported], space - reported);

        reported += n > 0 ? n : 0;
        closed |= n < 0;
    } while (reported < space && !closed && epoll_wait(kq, ready, 1, 0) == 1 && ready->data.u64 != first);
    if (closed)
        rebuild(kq, q);
    return reported;
}

int kevent(int kq, const struct kevent *changes, int nchanges, struct kevent *events, int nevents, const struct timespec *timeout)
{
    struct queue *q = kq >= 0 && kq < DESCRIPTORS ? queues[kq] : NULL;
    struct epoll_event ready;
    int milliseconds = -1;
    int count, failed = 0;

    if (!q) {
        errno = EBADF;
        return -1;
    }
    if (timeout) {
        /* macOS refuses these values. */
        if (timeout->tv_sec < 0 || timeout->tv_sec > 100000000 || timeout->tv_nsec < 0 || timeout->tv_nsec > 999999999) {
            errno = EINVAL;
            return -1;
        }
        milliseconds = timeout->tv_sec < 2000000 ? (int)(timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000) : INT_MAX;
    }
    pthread_mutex_lock(&lock);
    for (int i = 0; i < nchanges && !failed; i++)
        failed = change_one(kq, q, &changes[i]);
    pthread_mutex_unlock(&lock);
    if (failed || nevents == 0)
        return failed;

    count = epoll_wait(kq, &ready, 1, milliseconds);
    if (count <= 0)
        return count;
    pthread_mutex_lock(&lock);
    count = report_all(kq, q, &ready, events, nevents);
    pthread_mutex_unlock(&lock);
    return count;
}
