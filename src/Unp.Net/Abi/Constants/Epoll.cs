using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Operations and events of epoll. (epoll(7)) The events are unsigned because EPOLLET is the highest bit. Events that poll also has have its
// numbers.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary><c>epoll_ctl</c>: watch this descriptor. Linux only.</summary>
    public static int EPOLL_CTL_ADD => Of(1, Absent, Absent);

    /// <summary><c>epoll_ctl</c>: stop watching this descriptor. Linux only.</summary>
    public static int EPOLL_CTL_DEL => Of(2, Absent, Absent);

    /// <summary><c>epoll_ctl</c>: change the events; arms an <see cref="EPOLLONESHOT"/> descriptor again. Linux only.</summary>
    public static int EPOLL_CTL_MOD => Of(3, Absent, Absent);

    /// <summary><c>epoll_create1</c>: the descriptor is closed in a program started by <c>exec</c>. Linux only.</summary>
    public static int EPOLL_CLOEXEC => Of(0x80000, Absent, Absent);

    /// <summary>Data, a connection to accept, or end of file: a read won't wait. Linux only.</summary>
    public static uint EPOLLIN => Unsigned(0x1, AbsentUnsigned, AbsentUnsigned);

    /// <summary>TCP's urgent data, or another exceptional condition. Linux only.</summary>
    public static uint EPOLLPRI => Unsigned(0x2, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Room: a write won't wait. Linux only.</summary>
    public static uint EPOLLOUT => Unsigned(0x4, AbsentUnsigned, AbsentUnsigned);

    /// <summary>An error is pending; for a pipe, the reader is gone. Always reported. Linux only.</summary>
    public static uint EPOLLERR => Unsigned(0x8, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Both directions are closed, or a pipe's writer is gone. Data may still be there. Always reported. Linux only.</summary>
    public static uint EPOLLHUP => Unsigned(0x10, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Normal data, like <see cref="EPOLLIN"/>. Linux only.</summary>
    public static uint EPOLLRDNORM => Unsigned(0x40, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Priority data; unused. Linux only.</summary>
    public static uint EPOLLRDBAND => Unsigned(0x80, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Normal data can be written, like <see cref="EPOLLOUT"/>. Linux only.</summary>
    public static uint EPOLLWRNORM => Unsigned(0x100, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Priority data can be written. Linux only.</summary>
    public static uint EPOLLWRBAND => Unsigned(0x200, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Unused. Linux only.</summary>
    public static uint EPOLLMSG => Unsigned(0x400, AbsentUnsigned, AbsentUnsigned);

    /// <summary>The peer has shut down its writing half, or closed. Linux only.</summary>
    public static uint EPOLLRDHUP => Unsigned(0x2000, AbsentUnsigned, AbsentUnsigned);

    /// <summary>
    /// If several epoll descriptors watch this one, wake one or a few, not all. Only with <see cref="EPOLL_CTL_ADD"/>. Linux only.
    /// </summary>
    public static uint EPOLLEXCLUSIVE => Unsigned(0x10000000, AbsentUnsigned, AbsentUnsigned);

    /// <summary>The system must not go to sleep while the event is being handled. Needs CAP_BLOCK_SUSPEND. Linux only.</summary>
    public static uint EPOLLWAKEUP => Unsigned(0x20000000, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Report once, then stop watching until <see cref="EPOLL_CTL_MOD"/>. Linux only.</summary>
    public static uint EPOLLONESHOT => Unsigned(0x40000000, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Edge-triggered: report each change, not a lasting state. Linux only.</summary>
    public static uint EPOLLET => Unsigned(0x80000000, AbsentUnsigned, AbsentUnsigned);
}
