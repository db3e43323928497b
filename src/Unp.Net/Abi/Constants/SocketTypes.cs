using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Socket types, and the flags that socket, socketpair and accept4 take with them.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Bytes in order, both ways, over a connection.</summary>
    public const int SOCK_STREAM = 1;

    /// <summary>Messages of limited length, each on its own, which may be lost.</summary>
    public const int SOCK_DGRAM = 2;

    /// <summary>The protocol below the transport, its headers made by the program. Needs privilege.</summary>
    public const int SOCK_RAW = 3;

    /// <summary>Messages that arrive, in no particular order.</summary>
    public const int SOCK_RDM = 4;

    /// <summary>Messages in order, over a connection.</summary>
    public const int SOCK_SEQPACKET = 5;

    /// <summary>Unreliable messages with congestion control (DCCP). Linux only.</summary>
    public static int SOCK_DCCP => Of(6, Absent, Absent);

    /// <summary>Frames of a device, as before <see cref="AF_PACKET"/>. Obsolete. (packet(7)) Linux only.</summary>
    public static int SOCK_PACKET => Of(10, Absent, Absent);

    /// <summary>
    /// Flag: the descriptor is closed in a program started by <c>exec</c>. macOS has only <c>fcntl</c> with <see cref="FD_CLOEXEC"/>.
    /// </summary>
    public static int SOCK_CLOEXEC => Of(0x80000, Absent, 0x10000000);

    /// <summary>
    /// Flag: calls on the descriptor fail with <see cref="Errno.EAGAIN"/> instead of waiting. macOS has only <c>fcntl</c> with
    /// <see cref="O_NONBLOCK"/>.
    /// </summary>
    public static int SOCK_NONBLOCK => Of(0x800, Absent, 0x20000000);

    /// <summary>Bytes of the longest address, length byte included. Not on Linux.</summary>
    public static int SOCK_MAXADDRLEN => Of(Absent, 255, 255);

    /// <summary><c>shutdown</c>: ends reading; a waiting reader gets end of file.</summary>
    public const int SHUT_RD = 0;

    /// <summary><c>shutdown</c>: ends writing; the peer gets end of file after the sent data (TCP: a FIN).</summary>
    public const int SHUT_WR = 1;

    /// <summary><c>shutdown</c>: both.</summary>
    public const int SHUT_RDWR = 2;

    /// <summary>
    /// Conventional maximum for the backlog of <c>listen</c>: 4096 in glibc, 128 in musl. The actual limit of the kernel is a sysctl; a
    /// larger
    /// argument is reduced silently.
    /// </summary>
    public static int SOMAXCONN => Of(4096, 128, 128);

    /// <summary>Number of descriptors in an <c>fd_set</c>: <c>select</c> can watch 0 to 1023.</summary>
    public const int FD_SETSIZE = 1024;

    /// <summary>Bytes of a Unix domain address's path, including the terminating zero.</summary>
    public static int UNIX_PATH_MAX => Of(108, 104, 104);
}
