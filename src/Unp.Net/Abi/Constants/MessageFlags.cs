using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of send, recv, sendmsg, recvmsg and sendmmsg, recvmmsg.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Send or receive TCP's urgent byte.</summary>
    public const int MSG_OOB = 0x1;

    /// <summary>Read the data but leave it queued.</summary>
    public const int MSG_PEEK = 0x2;

    /// <summary>Send only to a directly attached network, for this call.</summary>
    public const int MSG_DONTROUTE = 0x4;

    /// <summary>Received: ancillary data did not fit; descriptors among them are lost.</summary>
    public static int MSG_CTRUNC => Of(0x8, 0x20, 0x20);

    /// <summary>Received: the datagram did not fit, and its rest is lost. As an argument on Linux: return the real length.</summary>
    public static int MSG_TRUNC => Of(0x20, 0x10, 0x10);

    /// <summary>Fail with EAGAIN instead of waiting, for this call.</summary>
    public static int MSG_DONTWAIT => Of(0x40, 0x80, 0x80);

    /// <summary>End of a record, in protocols that have them.</summary>
    public static int MSG_EOR => Of(0x80, 0x8, 0x8);

    /// <summary>Wait until the buffer is full, the stream ends, an error or a signal.</summary>
    public static int MSG_WAITALL => Of(0x100, 0x40, 0x40);

    /// <summary>
    /// EPIPE without SIGPIPE if the peer is gone. Old versions of macOS lack it and need <see cref="SO_NOSIGPIPE"/>.
    /// </summary>
    public static int MSG_NOSIGNAL => Of(0x4000, 0x80000, 0x20000);

    /// <summary>Descriptors received are close-on-exec. Not on macOS.</summary>
    public static int MSG_CMSG_CLOEXEC => Of(0x40000000, Absent, 0x40000);

    /// <summary><c>recvmmsg</c>: wait for the first message only. Not on macOS.</summary>
    public static int MSG_WAITFORONE => Of(0x10000, Absent, 0x80000);

    /// <summary>Read the error queue: ICMP errors, time stamps, zero-copy completions. (IP_RECVERR in ip(7)) Linux only.</summary>
    public static int MSG_ERRQUEUE => Of(0x2000, Absent, Absent);

    /// <summary>The neighbour has answered: no need to probe its link-layer address. Linux only.</summary>
    public static int MSG_CONFIRM => Of(0x800, Absent, Absent);

    /// <summary>More will follow: hold a partial packet back. Linux only.</summary>
    public static int MSG_MORE => Of(0x8000, Absent, Absent);

    /// <summary>Reserved, never implemented. Linux only.</summary>
    public static int MSG_PROXY => Of(0x10, Absent, Absent);

    /// <summary>TCP's FIN, inside the kernel. Linux only.</summary>
    public static int MSG_FIN => Of(0x200, Absent, Absent);

    /// <summary>TCP's SYN, inside the kernel. Linux only.</summary>
    public static int MSG_SYN => Of(0x400, Absent, Absent);

    /// <summary>TCP's RST, inside the kernel. Linux only.</summary>
    public static int MSG_RST => Of(0x1000, Absent, Absent);

    /// <summary><c>sendmmsg</c>: more messages follow, set by the kernel. Linux only.</summary>
    public static int MSG_BATCH => Of(0x40000, Absent, Absent);

    /// <summary>
    /// Send from the program's own pages, which must not change until the error queue reports completion. Needs <see cref="SO_ZEROCOPY"/>.
    /// Linux only.
    /// </summary>
    public static int MSG_ZEROCOPY => Of(0x4000000, Absent, Absent);

    /// <summary><c>sendto</c> connects and sends its data with the SYN. (RFC 7413) Linux only.</summary>
    public static int MSG_FASTOPEN => Of(0x20000000, Absent, Absent);

    /// <summary>End the connection after the data. Not on Linux.</summary>
    public static int MSG_EOF => Of(Absent, 0x100, 0x100);

    /// <summary>Received from SCTP: an event, not data. Not on macOS.</summary>
    public static int MSG_NOTIFICATION => Of(0x8000, Absent, 0x2000);

    /// <summary>Wait until the buffer is full, inside the kernel. macOS only.</summary>
    public static int MSG_WAITSTREAM => Of(Absent, 0x200, Absent);

    /// <summary>Send the held-back data. macOS only.</summary>
    public static int MSG_FLUSH => Of(Absent, 0x400, Absent);

    /// <summary>Hold the data back. macOS only.</summary>
    public static int MSG_HOLD => Of(Absent, 0x800, Absent);

    /// <summary>Send the held-back data as one packet. macOS only.</summary>
    public static int MSG_SEND => Of(Absent, 0x1000, Absent);

    /// <summary>Received: more is queued. With <see cref="SO_WANTMORE"/>. macOS only.</summary>
    public static int MSG_HAVEMORE => Of(Absent, 0x2000, Absent);

    /// <summary>Received: the rest of the message is queued. With <see cref="SO_DONTTRUNC"/>. macOS only.</summary>
    public static int MSG_RCVMORE => Of(Absent, 0x4000, Absent);

    /// <summary>The kernel must invent an address for the connected peer. macOS only.</summary>
    public static int MSG_NEEDSA => Of(Absent, 0x10000, Absent);
}
