/*
 * kqueue(2) on Linux for the tests of KqueuePoller: the filters READ, WRITE, EXCEPT and USER, made of an epoll. Not a library for others: a queue's
 * memory is never given back, and it takes no more descriptors than it says below. The manual pages of the BSDs say how it has to behave.
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

/* What is watched for one filter of one descriptor; no flags, nothing. */
struct note {
    uint16_t flags;
    uint32_t fflags;
    int enabled;
    void *udata;
};

/*
 * A descriptor, and the file that it was when it was added: its number may be another's by now. The generation tells its events from those of an
 * earlier one.
 */
struct watched {
    struct note read, write, except;
    dev_t dev;
    ino_t ino;
    uint32_t generation;
};

struct queue {
    struct watched fds[DESCRIPTORS];
    struct note user;
    unsigned turn;
    uint32_t generations;
};

static struct queue *queues[DESCRIPTORS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Always readable: it is in the epoll of a queue whose USER event was triggered. */
static int always_ready;

__attribute__((constructor)) static void open_always_ready(void) { always_ready = eventfd(1, EFD_CLOEXEC); }
__attribute__((destructor)) static void close_always_ready(void) { close(always_ready); }

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

/* Tells epoll what is wanted of a descriptor now. With nothing enabled it must not be there: epoll tells of errors unasked. */
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

/* Whether the number is still the file that was added. A kqueue forgets a descriptor when it is closed, and with it all that is watched. */
static int is_same(struct watched *w, int fd)
{
    struct stat now;

    if (fstat(fd, &now) == 0 && now.st_dev == w->dev && now.st_ino == w->ino)
        return 1;
    *w = (struct watched){ 0 };
    return 0;
}

/* An epoll goes on telling of a closed descriptor while a duplicate is open. A new one that takes its place knows only the living. */
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
        q->user = (struct note){ .flags = change->flags, .enabled = 1, .udata = change->udata };
    if (!(change->fflags & TRIGGER))
        return 0;
    return epoll_ctl(kq, EPOLL_CTL_ADD, always_ready, &event) == 0 || errno == EEXIST ? 0 : -1;
}

static int change_one(int kq, struct queue *q, const struct kevent *change)
{
    struct watched *w;
    struct note *note;
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

    note = change->filter == READ ? &w->read : change->filter == WRITE ? &w->write : &w->except;
    if (change->flags & ADD) {
        struct note *notes[] = { &w->read, &w->write, &w->except };

        /* A duplicate of the same file under the same number looks the same from here; who adds it knows better. */
        for (int f = 0; f < 3; f++)
            if (notes[f]->flags && notes[f]->udata != change->udata) {
                *notes[f] = (struct note){ 0 };
                w->generation = ++q->generations;
            }
        *note = (struct note){ .flags = change->flags, .fflags = change->fflags, .enabled = !(change->flags & DISABLE), .udata = change->udata };
    } else if (note->flags == 0) {
        errno = ENOENT;
        return -1;
    } else if (change->flags & DELETE)
        *note = (struct note){ 0 };
    else
        note->enabled = !(change->flags & DISABLE);
    if (update(kq, w, (int)change->ident) == 0)
        return 0;
    *note = (struct note){ 0 };
    return -1;
}

/* Writes down what one filter has to tell. Returns how many events that are. */
static int tell(struct note *note, uintptr_t fd, int16_t filter, uint32_t ready, struct kevent *event)
{
    uint32_t ends = filter == READ ? EPOLLRDHUP | EPOLLHUP | EPOLLERR : filter == WRITE ? EPOLLHUP | EPOLLERR : 0;
    uint32_t readies = filter == READ ? EPOLLIN : filter == WRITE ? EPOLLOUT : EPOLLPRI;
    int bytes = 0;

    if (!note->enabled || !(ready & (ends | readies)))
        return 0;
    if (filter == READ)
        ioctl((int)fd, FIONREAD, &bytes);
    *event = (struct kevent){
        .ident = fd,
        .filter = filter,
        .flags = (note->flags & (CLEAR | DISPATCH)) | (ready & ends ? EV_EOF : 0),
        .fflags = filter == EXCEPT ? note->fflags : ready & EPOLLERR ? ECONNRESET : 0, /* which error it is SO_ERROR says, once */
        .data = bytes,
        .udata = note->udata,
    };
    if (note->flags & DISPATCH)
        note->enabled = 0;
    return 1;
}

/* What one descriptor has to tell. Returns how many events that are; -1 if it is dead. */
static int take(int kq, struct queue *q, const struct epoll_event *ready, struct kevent *events, int room)
{
    uintptr_t fd = (uint32_t)ready->data.u64;
    struct watched *w = &q->fds[fd];
    struct epoll_event none;
    int told = 0;

    if (ready->data.u64 == USER_EVENT) {
        epoll_ctl(kq, EPOLL_CTL_DEL, always_ready, &none);
        events[0] = (struct kevent){ .filter = USER, .flags = q->user.flags, .udata = q->user.udata };
        return 1;
    }
    if (w->generation != ready->data.u64 >> 32 || !is_same(w, (int)fd))
        return -1;
    q->turn = q->turn * 1103515245 + 12345;
    for (int f = 0; f < 3 && told < room; f++) {
        /* Any of them first, so that each gets its turn where there is room for one. */
        int filter = (int)(((q->turn >> 16) + (unsigned)f) % 3);
        struct note *note = filter == 0 ? &w->read : filter == 1 ? &w->write : &w->except;

        told += tell(note, fd, filter == 0 ? READ : filter == 1 ? WRITE : EXCEPT, ready->events, &events[told]);
    }
    /* Disables what DISPATCH has told; and what found no room makes its edge again. */
    if ((w->read.flags | w->write.flags | w->except.flags) & DISPATCH || (told == room && wanted(w) & EPOLLET))
        update(kq, w, (int)fd);
    return told;
}

/* Takes one descriptor after the other, until there is no more room or the first one comes again. */
static int take_all(int kq, struct queue *q, struct epoll_event *ready, struct kevent *events, int room)
{
    uint64_t first = ready->data.u64;
    int told = 0, dead = 0;

    do {
        int n = take(kq, q, ready, &events[told], room - told);

        told += n > 0 ? n : 0;
        dead |= n < 0;
    } while (told < room && !dead && epoll_wait(kq, ready, 1, 0) == 1 && ready->data.u64 != first);
    if (dead)
        rebuild(kq, q);
    return told;
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
        /* What macOS refuses. */
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
    count = take_all(kq, q, &ready, events, nevents);
    pthread_mutex_unlock(&lock);
    return count;
}
