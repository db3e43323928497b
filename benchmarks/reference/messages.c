/*
 * Messages in C: the baseline of the benchmarks of descriptors, packet information, batches and segments. A function that fails
 * returns -1.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SIZE = 64, BATCH = 32, MAX_SEGMENTS = 64 };

/* A buffer for a control message, aligned for its header. */
#define CONTROL(size) union { char bytes[CMSG_SPACE(size)]; struct cmsghdr align; }

static ssize_t send_message(int fd, const struct msghdr *message)
{
    ssize_t n;

    do
        n = sendmsg(fd, message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n;
}

static ssize_t receive_message(int fd, struct msghdr *message, int flags)
{
    ssize_t n;

    do
        n = recvmsg(fd, message, flags | MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    return n;
}

static ssize_t write_fd(int fd, void *data, size_t length, int descriptor)
{
    CONTROL(sizeof descriptor) control = { 0 };
    struct iovec piece = { data, length };
    struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);

    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
    return send_message(fd, &message);
}

static ssize_t read_fd(int fd, void *data, size_t length, int *descriptor)
{
    CONTROL(sizeof *descriptor) control;
    struct iovec piece = { data, length };
    struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
    ssize_t n = receive_message(fd, &message, 0);

    *descriptor = -1;
    if (n < 0)
        return n;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head))
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS && head->cmsg_len == CMSG_LEN(sizeof *descriptor))
            memcpy(descriptor, CMSG_DATA(head), sizeof *descriptor);
    return n;
}

/* Sends a descriptor with a byte, receives and closes it, count times. Returns the number received. */
long c_pass_descriptor(int to, int from, int descriptor, long count)
{
    long passed = 0;

    for (long i = 0; i < count; i++) {
        char byte = 0;
        int received;
        if (write_fd(to, &byte, 1, descriptor) != 1 || read_fd(from, &byte, 1, &received) != 1 || received < 0)
            return -1;
        passed += close(received) == 0;
    }
    return passed;
}

/* Sends up to 64 datagrams of 64 bytes in one call. */
static ssize_t send_segments(int fd, const char *data, int count)
{
    CONTROL(sizeof (uint16_t)) control = { 0 };
    struct iovec piece = { (void *) data, (size_t) count * SIZE };
    struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    uint16_t size = SIZE;

    head->cmsg_level = IPPROTO_UDP;
    head->cmsg_type = UDP_SEGMENT;
    head->cmsg_len = CMSG_LEN(sizeof size);
    memcpy(CMSG_DATA(head), &size, sizeof size);
    return send_message(fd, &message);
}

/* Sends 64 datagrams. Every receiver, in C or .NET, uses this sender. */
int c_send_segments(int fd)
{
    static const char data[MAX_SEGMENTS * SIZE];

    return send_segments(fd, data, MAX_SEGMENTS) == sizeof data ? 0 : -1;
}

/* Receives a datagram, its sender, and its destination and interface. */
static ssize_t receive_packet_info(int fd, char *data, size_t length, int flags, struct sockaddr_storage *sender, struct in_pktinfo *info)
{
    CONTROL(sizeof *info) control;
    struct iovec piece = { data, length };
    struct msghdr message = {
        .msg_name = sender, .msg_namelen = sizeof *sender, .msg_iov = &piece, .msg_iovlen = 1,
        .msg_control = &control, .msg_controllen = sizeof control,
    };
    ssize_t n = receive_message(fd, &message, flags);

    memset(info, 0, sizeof *info);
    if (n < 0)
        return n;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head))
        if (head->cmsg_level == IPPROTO_IP && head->cmsg_type == IP_PKTINFO && head->cmsg_len >= CMSG_LEN(sizeof *info))
            memcpy(info, CMSG_DATA(head), sizeof *info);
    return n;
}

/* Receives datagrams with IP_PKTINFO. Returns the sum of bytes, interface numbers and last bytes of the addresses. */
static long receive_packet_infos(int fd, int flags, long count)
{
    char data[SIZE];
    struct sockaddr_storage sender;
    struct in_pktinfo info;
    long sum = 0;

    for (long i = 0; i < count; i++) {
        ssize_t n = receive_packet_info(fd, data, sizeof data, flags, &sender, &info);
        if (n < 0)
            return -1;
        sum += n + info.ipi_ifindex + (ntohl(info.ipi_addr.s_addr) & 0xFF);
    }
    return sum;
}

/* Peeks the same datagram repeatedly, which measures receiving without sending. */
long c_peek_packet_info(int fd, long count)
{
    return receive_packet_infos(fd, MSG_PEEK, count);
}

/* Sends and receives count datagrams, 64 at a time. */
long c_receive_packet_info(int to, int from, long count)
{
    long sum = 0;

    for (long i = 0; i < count; i += MAX_SEGMENTS) {
        if (c_send_segments(to) < 0)
            return -1;
        sum += receive_packet_infos(from, 0, MAX_SEGMENTS);
    }
    return sum;
}

/* Sends 32 datagrams of 64 bytes in one call and receives them with their senders in one, count times. Returns the bytes. */
long c_batches(int to, int from, long count)
{
    static _Thread_local char sent[BATCH][SIZE], received[BATCH][SIZE];
    static _Thread_local struct sockaddr_storage senders[BATCH];
    struct iovec from_pieces[BATCH], to_pieces[BATCH];
    struct mmsghdr out[BATCH], in[BATCH];
    long bytes = 0;

    memset(out, 0, sizeof out);
    memset(in, 0, sizeof in);
    for (int i = 0; i < BATCH; i++) {
        from_pieces[i] = (struct iovec) { sent[i], SIZE };
        to_pieces[i] = (struct iovec) { received[i], SIZE };
        out[i].msg_hdr = (struct msghdr) { .msg_iov = &from_pieces[i], .msg_iovlen = 1 };
        in[i].msg_hdr = (struct msghdr) { .msg_name = &senders[i], .msg_iov = &to_pieces[i], .msg_iovlen = 1 };
    }
    for (long n = 0; n < count; n++) {
        for (int i = 0; i < BATCH; i++)
            in[i].msg_hdr.msg_namelen = sizeof senders[i];
        if (sendmmsg(to, out, BATCH, MSG_NOSIGNAL) != BATCH || recvmmsg(from, in, BATCH, MSG_WAITFORONE | MSG_CMSG_CLOEXEC, NULL) != BATCH)
            return -1;
        for (int i = 0; i < BATCH; i++)
            bytes += in[i].msg_len;
    }
    return bytes;
}

/* Sends a datagram of 64 bytes and receives it, count times. Returns the bytes. */
long c_single_datagrams(int to, int from, long count)
{
    char data[SIZE] = { 0 };
    long bytes = 0;

    for (long i = 0; i < count; i++) {
        if (send(to, data, sizeof data, MSG_NOSIGNAL) != sizeof data)
            return -1;
        bytes += recv(from, data, sizeof data, 0);
    }
    return bytes;
}

/* Sends 64 datagrams of 64 bytes in one call and receives them coalesced in one, until count. Returns the bytes. */
long c_segments(int to, int from, long count)
{
    static _Thread_local char data[65535];
    long bytes = 0;

    for (long i = 0; i < count; i += MAX_SEGMENTS) {
        CONTROL(sizeof (int)) control;
        struct iovec piece = { data, sizeof data };
        struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
        int size = 0;
        if (send_segments(to, data, MAX_SEGMENTS) < 0)
            return -1;
        ssize_t n = receive_message(from, &message, 0);
        if (n < 0)
            return -1;
        for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head))
            if (head->cmsg_level == IPPROTO_UDP && head->cmsg_type == UDP_GRO)
                memcpy(&size, CMSG_DATA(head), sizeof size);
        if (size != SIZE)
            return -1;
        bytes += n;
    }
    return bytes;
}
