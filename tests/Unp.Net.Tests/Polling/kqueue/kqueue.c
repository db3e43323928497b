/*
 * kqueue(2) on Linux for the tests of KqueuePoller: the filters READ, WRITE and USER, made of an epoll each. Not a library for others: a queue's
 * memory is never given back, and it takes no more descriptors than it says below. The manual pages of the BSDs say how it has to behave.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <time.h>

struct kevent {
    uintptr_t ident;
    int16_t filter;
    uint16_t flags;
    uint32_t fflags;
    intptr_t data;
    void *udata;
};

enum { READ = -1, WRITE = -2, USER = -11 };
enum { ADD = 0x1, DELETE = 0x2, ENABLE = 0x4, DISABLE = 0x8, CLEAR = 0x20, DISPATCH = 0x80, EV_EOF = 0x8000 };
enum { LOWAT = 0x1, TRIGGER = 0x1000000 };

#define DESCRIPTORS 20480
#define USER_EVENT UINT64_MAX

/* What is watched for one filter of one descriptor; no flags, nothing. */
struct note {
    uint16_t flags;
    uint32_t fflags;
    int enabled;
    void *udata;
};

struct queue {
    struct note read[DESCRIPTORS];
    struct note write[DESCRIPTORS];
    struct note user;
};

static struct queue *queues[DESCRIPTORS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Always readable: it is in the epoll of a queue whose USER event was triggered. */
static int always_ready;

__attribute__((constructor)) static void open_always_ready(void) { always_ready = eventfd(1, EFD_CLOEXEC); }
__attribute__((destructor)) static void close_always_ready(void) { extern int close(int); close(always_ready); }

int kqueue(void)
{
    int kq = epoll_create1(0);

    if (kq < 0)
        return -1;
    pthread_mutex_lock(&lock);
    free(queues[kq]); /* that of a queue which has been closed */
    queues[kq] = calloc(1, sizeof(struct queue));
    pthread_mutex_unlock(&lock);
    return kq;
}

static uint32_t wanted(struct queue *q, uintptr_t fd)
{
    struct note *r = &q->read[fd], *w = &q->write[fd];
    uint32_t events = 0;

    if (r->enabled)
        events |= EPOLLRDHUP | (r->fflags & LOWAT ? 0 : EPOLLIN);
    if (w->enabled)
        events |= EPOLLOUT;
    if ((r->flags | w->flags) & CLEAR)
        events |= EPOLLET;
    return events;
}

/* Tells epoll what is wanted of a descriptor now. With nothing enabled it must not be there: epoll tells of errors unasked. */
static int update(int kq, struct queue *q, uintptr_t fd)
{
    struct epoll_event event = { .events = wanted(q, fd), .data.u64 = fd };

    if (!q->read[fd].enabled && !q->write[fd].enabled) {
        epoll_ctl(kq, EPOLL_CTL_DEL, (int)fd, &event);
        return 0;
    }
    if (epoll_ctl(kq, EPOLL_CTL_MOD, (int)fd, &event) == 0)
        return 0;
    return errno == ENOENT ? epoll_ctl(kq, EPOLL_CTL_ADD, (int)fd, &event) : -1;
}

static int change_user(int kq, struct queue *q, const struct kevent *change)
{
    struct epoll_event event = { .events = EPOLLIN, .data.u64 = USER_EVENT };

    if (change->flags & ADD)
        q->user = (struct note){ .flags = change->flags, .enabled = 1, .udata = change->udata };
    if (!(change->fflags & TRIGGER))
        return 0;
    return epoll_ctl(kq, EPOLL_CTL_ADD, always_ready, &event) == 0 || errno == EEXIST ? 0 : -1;
}

static int change_one(int kq, struct queue *q, const struct kevent *change)
{
    struct epoll_event probe = { .data.u64 = change->ident };
    struct note *note;

    if (change->filter == USER)
        return change_user(kq, q, change);
    if (change->ident >= DESCRIPTORS || (change->filter != READ && change->filter != WRITE)) {
        errno = EINVAL;
        return -1;
    }
    /* The kernel has forgotten a descriptor that was closed; so must we, or its number's next owner would have its filters. */
    probe.events = wanted(q, change->ident);
    if ((q->read[change->ident].enabled || q->write[change->ident].enabled)
        && epoll_ctl(kq, EPOLL_CTL_MOD, (int)change->ident, &probe) < 0 && errno == ENOENT)
        q->read[change->ident] = q->write[change->ident] = (struct note){ 0 };

    note = change->filter == READ ? &q->read[change->ident] : &q->write[change->ident];
    if (change->flags & ADD)
        *note = (struct note){ .flags = change->flags, .fflags = change->fflags, .enabled = !(change->flags & DISABLE), .udata = change->udata };
    else if (note->flags == 0) {
        errno = ENOENT;
        return -1;
    } else if (change->flags & DELETE)
        *note = (struct note){ 0 };
    else
        note->enabled = !(change->flags & DISABLE);
    return update(kq, q, change->ident);
}

/* Writes down what one filter has to tell. Returns how many events that are. */
static int tell(struct note *note, uintptr_t fd, int16_t filter, uint32_t ready, struct kevent *event)
{
    int end = filter == READ ? ready & (EPOLLRDHUP | EPOLLHUP | EPOLLERR) : ready & (EPOLLHUP | EPOLLERR);
    int bytes = 0;

    if (!note->enabled || !(end || ready & (filter == READ ? EPOLLIN : EPOLLOUT)))
        return 0;
    if (filter == READ)
        ioctl((int)fd, FIONREAD, &bytes);
    *event = (struct kevent){
        .ident = fd,
        .filter = filter,
        .flags = (note->flags & (CLEAR | DISPATCH)) | (end ? EV_EOF : 0),
        .fflags = ready & EPOLLERR ? ECONNRESET : 0, /* which error it is SO_ERROR says, once */
        .data = bytes,
        .udata = note->udata,
    };
    if (note->flags & DISPATCH)
        note->enabled = 0;
    return 1;
}

static int take(int kq, struct queue *q, const struct epoll_event *ready, int count, struct kevent *events, int room)
{
    int told = 0;

    for (int i = 0; i < count; i++) {
        uintptr_t fd = ready[i].data.u64;
        struct epoll_event none;
        int before = told;

        if (ready[i].data.u64 == USER_EVENT) {
            epoll_ctl(kq, EPOLL_CTL_DEL, always_ready, &none);
            events[told++] = (struct kevent){ .filter = USER, .flags = q->user.flags, .udata = q->user.udata };
            continue;
        }
        told += tell(&q->read[fd], fd, READ, ready[i].events, &events[told]);
        if (told < room)
            told += tell(&q->write[fd], fd, WRITE, ready[i].events, &events[told]);
        if (told > before && (q->read[fd].flags | q->write[fd].flags) & DISPATCH)
            update(kq, q, fd);
    }
    return told;
}

int kevent(int kq, const struct kevent *changes, int nchanges, struct kevent *events, int nevents, const struct timespec *timeout)
{
    struct queue *q = kq >= 0 && kq < DESCRIPTORS ? queues[kq] : NULL;
    struct epoll_event ready[256];
    int milliseconds = timeout ? (int)(timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000) : -1;
    int count, failed = 0;

    if (!q) {
        errno = EBADF;
        return -1;
    }
    pthread_mutex_lock(&lock);
    for (int i = 0; i < nchanges && !failed; i++)
        failed = change_one(kq, q, &changes[i]);
    pthread_mutex_unlock(&lock);
    if (failed || nevents == 0)
        return failed;

    /* A descriptor may have two filters to tell of. */
    count = nevents / 2 < 1 ? 1 : nevents / 2 < 256 ? nevents / 2 : 256;
    count = epoll_wait(kq, ready, count, milliseconds);
    if (count <= 0)
        return count;
    pthread_mutex_lock(&lock);
    count = take(kq, q, ready, count, events, nevents);
    pthread_mutex_unlock(&lock);
    return count;
}
