using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Events of poll. They are short, as the fields of pollfd.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Data, a connection to accept, or end of file: a read won't wait.</summary>
    public const short POLLIN = 0x1;

    /// <summary>TCP's urgent data, or another exceptional condition.</summary>
    public const short POLLPRI = 0x2;

    /// <summary>Room: a write won't wait.</summary>
    public const short POLLOUT = 0x4;

    /// <summary>Returned only: an error is pending; for a pipe, the reader is gone.</summary>
    public const short POLLERR = 0x8;

    /// <summary>Returned only: both directions are closed, or a pipe's writer is gone. Data may still be there.</summary>
    public const short POLLHUP = 0x10;

    /// <summary>Returned only: the descriptor is not open.</summary>
    public const short POLLNVAL = 0x20;

    /// <summary>Normal data, like <see cref="POLLIN"/>.</summary>
    public const short POLLRDNORM = 0x40;

    /// <summary>Priority data: TCP's urgent data on the BSDs; Linux does not use it.</summary>
    public const short POLLRDBAND = 0x80;

    /// <summary>Normal data can be written, like <see cref="POLLOUT"/>.</summary>
    public static short POLLWRNORM => (short)Of(0x100, 0x4, 0x4);

    /// <summary>Priority data can be written.</summary>
    public static short POLLWRBAND => (short)Of(0x200, 0x100, 0x100);

    /// <summary>The peer has shut down its writing half, or closed. FreeBSD 13. Not on macOS.</summary>
    public static short POLLRDHUP => (short)Of(0x2000, Absent, 0x4000);

    /// <summary>A SIGPOLL message; unused. Linux only.</summary>
    public static short POLLMSG => (short)Of(0x400, Absent, Absent);

    /// <summary>Take the descriptor out of a /dev/poll set; unused. Linux only.</summary>
    public static short POLLREMOVE => (short)Of(0x1000, Absent, Absent);

    /// <summary>Like <see cref="POLLIN"/>, but without end of file. FreeBSD only.</summary>
    public static short POLLINIGNEOF => (short)Of(Absent, Absent, 0x2000);
}
