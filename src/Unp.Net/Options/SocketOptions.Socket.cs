using Unp.Net.Abi;
using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of any socket, level SOL_SOCKET: those of the book's figure 7.1, then what several systems have.
public static partial class SocketOptions
{
    /// <summary>Allows datagrams to a broadcast address.</summary>
    /// <remarks>
    /// Off by default: sending to one fails with EACCES, so that a program does not do it by accident. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<bool> Broadcast => field ?? Of(ref field, Socket, nameof(SO_BROADCAST), static () => SO_BROADCAST, Flag);

    /// <summary>TCP keeps a record of what it does, where the kernel was built with that.</summary>
    /// <remarks>Linux asks for CAP_NET_ADMIN and does nothing with it. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<bool> Debug => field ?? Of(ref field, Socket, nameof(SO_DEBUG), static () => SO_DEBUG, Flag);

    /// <summary>Sends only to hosts on a directly attached network, past the routing table.</summary>
    /// <remarks>Off by default; <c>MSG_DONTROUTE</c> does it for one datagram. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<bool> DontRoute => field ?? Of(ref field, Socket, nameof(SO_DONTROUTE), static () => SO_DONTROUTE, Flag);

    /// <summary>The error that waits on the socket: reading clears it, and 0 is none.</summary>
    /// <remarks>It tells how a connect in the background ended. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<Errno> Error =>
        field ?? Of(ref field, Socket, nameof(SO_ERROR), static () => SO_ERROR, OptionForms.Error, access: OptionAccess.ReadOnly);

    /// <summary>Probes a connection on which nothing has come for long, and drops it with ETIMEDOUT when the peer is gone.</summary>
    /// <remarks>Off by default; after two hours unless <see cref="TcpKeepIdle"/> says else. (socket(7), tcp(7); UNP 7.5)</remarks>
    public static SocketOption<bool> KeepAlive => field ?? Of(ref field, Socket, nameof(SO_KEEPALIVE), static () => SO_KEEPALIVE, Flag);

    /// <summary>
    /// How long <c>close</c> waits for what is sent to be acknowledged. Null (the default): not at all, the kernel goes on sending behind
    /// it.
    /// </summary>
    /// <remarks>
    /// Whole seconds, rounded up. Zero throws away what is not sent and ends the connection with a reset. On macOS it is SO_LINGER_SEC,
    /// since SO_LINGER counts clock ticks there. Linux also waits on a non-blocking socket. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<TimeSpan?> Linger =>
        field ?? Of(
            ref field, Socket, nameof(SO_LINGER), static () => Target.IsMacOS ? SO_LINGER_SEC : SO_LINGER, TimeForms.Linger,
            mac: nameof(SO_LINGER_SEC));

    /// <summary>Urgent data stays in the stream, in its place.</summary>
    /// <remarks>Off by default: MSG_OOB receives it. (socket(7), tcp(7); UNP 7.5, 24.2)</remarks>
    public static SocketOption<bool> OobInline => field ?? Of(ref field, Socket, nameof(SO_OOBINLINE), static () => SO_OOBINLINE, Flag);

    /// <summary>Size of the receive buffer in bytes.</summary>
    /// <remarks>
    /// Set it before <c>connect</c> or <c>listen</c>: TCP's window scale is agreed on in the handshake. Linux doubles what is set, for its
    /// own bookkeeping, and reads back the double; it takes at most net.core.rmem_max, at least 2304 after doubling, and no longer adapts
    /// TCP's buffer by itself. (socket(7), tcp(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<int> RcvBuf => field ?? Of(ref field, Socket, nameof(SO_RCVBUF), static () => SO_RCVBUF, OptionForms.Bytes);

    /// <summary>Size of the send buffer in bytes.</summary>
    /// <remarks>
    /// Linux doubles what is set, for its own bookkeeping, and reads back the double; it takes at most net.core.wmem_max, at least 4608
    /// after doubling, and no longer adapts TCP's buffer by itself. (socket(7), tcp(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<int> SndBuf => field ?? Of(ref field, Socket, nameof(SO_SNDBUF), static () => SO_SNDBUF, OptionForms.Bytes);

    /// <summary>Bytes that must wait before a receive returns or <c>select</c> says readable.</summary>
    /// <remarks>1 by default. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<int> RcvLowat =>
        field ?? Of(ref field, Socket, nameof(SO_RCVLOWAT), static () => SO_RCVLOWAT, OptionForms.Bytes);

    /// <summary>Bytes of room in the send buffer before <c>select</c> says writable.</summary>
    /// <remarks>
    /// 2048 by default on the BSDs. Linux: always 1, setting it fails with ENOPROTOOPT; see <see cref="TcpNotSentLowat"/>. (socket(7); book
    /// 7.5)
    /// </remarks>
    public static SocketOption<int> SndLowat =>
        field ?? Of(ref field, Socket, nameof(SO_SNDLOWAT), static () => SO_SNDLOWAT, OptionForms.Bytes);

    /// <summary>How long a receive (and an accept) may block before it fails with EAGAIN. Zero (the default): for ever.</summary>
    /// <remarks>
    /// Microseconds, rounded up. Linux rounds further up to its clock's tick (1 to 10 ms), which is what is read back. (socket(7); book
    /// 7.5, 14.2)
    /// </remarks>
    public static SocketOption<TimeSpan> RcvTimeo => field ?? Of(ref field, Socket, nameof(SO_RCVTIMEO), static () => SO_RCVTIMEO, Timeval);

    /// <summary>How long a send may block before it fails with EAGAIN. Zero (the default): for ever.</summary>
    /// <remarks>
    /// Microseconds, rounded up. Linux rounds further up to its clock's tick (1 to 10 ms), which is what is read back; there it limits
    /// <c>connect</c> too, which fails with EINPROGRESS. (socket(7); UNP 7.5, 14.2)
    /// </remarks>
    public static SocketOption<TimeSpan> SndTimeo => field ?? Of(ref field, Socket, nameof(SO_SNDTIMEO), static () => SO_SNDTIMEO, Timeval);

    /// <summary>Lets a server bind its port while connections of its former life are still in TIME_WAIT.</summary>
    /// <remarks>
    /// Off by default; set it in every TCP server before <c>bind</c>. For UDP it shares the port altogether, on Linux if all sockets have
    /// it set. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<bool> ReuseAddr => field ?? Of(ref field, Socket, nameof(SO_REUSEADDR), static () => SO_REUSEADDR, Flag);

    /// <summary>Several sockets of one user bind to one address and port, if each has set it before.</summary>
    /// <remarks>
    /// Off by default. Linux (since 3.9) spreads connections and datagrams over them; macOS and FreeBSD give all to one: see
    /// <see cref="ReusePortLb"/>. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<bool> ReusePort => field ?? Of(ref field, Socket, nameof(SO_REUSEPORT), static () => SO_REUSEPORT, Flag);

    /// <summary>The socket's type: SOCK_STREAM, SOCK_DGRAM...</summary>
    /// <remarks>(socket(7); UNP 7.5)</remarks>
    public static SocketOption<int> Type =>
        field ?? Of(ref field, Socket, nameof(SO_TYPE), static () => SO_TYPE, Int, access: OptionAccess.ReadOnly);

    /// <summary>A routing socket gets back what it sends itself.</summary>
    /// <remarks>On by default. (route(4); UNP 7.5, 18.2)</remarks>
    public static SocketOption<bool> UseLoopback =>
        field ?? Of(ref field, Socket, nameof(SO_USELOOPBACK), static () => SO_USELOOPBACK, Flag, on: OptionSystems.Bsd);

    /// <summary>Whether the socket listens.</summary>
    /// <remarks>(socket(7))</remarks>
    public static SocketOption<bool> AcceptConn =>
        field ?? Of(ref field, Socket, nameof(SO_ACCEPTCONN), static () => SO_ACCEPTCONN, Flag, access: OptionAccess.ReadOnly);

    /// <summary>The socket's address family: AF_INET, AF_UNIX...</summary>
    /// <remarks>Book 7.4 gets it by sockfd_to_family. (socket(7))</remarks>
    public static SocketOption<int> Domain =>
        field ?? Of(
            ref field, Socket, nameof(SO_DOMAIN), static () => SO_DOMAIN, Int,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);

    /// <summary>The socket's protocol: IPPROTO_TCP...</summary>
    /// <remarks>(socket(7))</remarks>
    public static SocketOption<int> Protocol =>
        field ?? Of(
            ref field, Socket, nameof(SO_PROTOCOL), static () => SO_PROTOCOL, Int,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);

    /// <summary>Datagrams bring the time of their arrival, in microseconds, as ancillary data.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> Timestamp => field ?? Of(ref field, Socket, nameof(SO_TIMESTAMP), static () => SO_TIMESTAMP, Flag);

    /// <summary>Writing to a connection whose reader is gone fails with EPIPE and raises no SIGPIPE.</summary>
    /// <remarks>Off by default; .NET ignores the signal for the whole process. (setsockopt(2) on the BSDs; UNP 5.13)</remarks>
    public static SocketOption<bool> NoSigPipe =>
        field ?? Of(
            ref field, Socket, nameof(SO_NOSIGPIPE), static () => SO_NOSIGPIPE, Flag,
            on: OptionSystems.Bsd, instead: "MSG_NOSIGNAL");

    /// <summary>Bytes a second that TCP may send at most; all ones (the default): no limit.</summary>
    /// <remarks>(socket(7), tcp(7))</remarks>
    public static SocketOption<ulong> MaxPacingRate =>
        field ?? Of(
            ref field, Socket, nameof(SO_MAX_PACING_RATE), static () => SO_MAX_PACING_RATE, Rate,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);
}
