using Unp.Net.Abi;
using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of any socket, level SOL_SOCKET: first those of the book (figure 7.1), then those that several systems have.
public static partial class SocketOptions
{
    /// <summary>Allows sending datagrams to a broadcast address.</summary>
    /// <remarks>
    /// Off by default: such a datagram fails with EACCES, so a program does not broadcast by accident. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<bool> Broadcast => field ?? Of(ref field, Socket, nameof(SO_BROADCAST), static () => SO_BROADCAST, Flag);

    /// <summary>TCP keeps a trace of its packets, if the kernel was built with that feature.</summary>
    /// <remarks>Linux requires CAP_NET_ADMIN and keeps no trace. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<bool> Debug => field ?? Of(ref field, Socket, nameof(SO_DEBUG), static () => SO_DEBUG, Flag);

    /// <summary>Bypasses the routing table: sends only to hosts on a directly attached network.</summary>
    /// <remarks>Off by default; <c>MSG_DONTROUTE</c> does the same for one datagram. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<bool> DontRoute => field ?? Of(ref field, Socket, nameof(SO_DONTROUTE), static () => SO_DONTROUTE, Flag);

    /// <summary>The pending error of the socket, 0 if none. Reading clears it.</summary>
    /// <remarks>It reports the result of a connect in the background. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<Errno> Error =>
        field ?? Of(ref field, Socket, nameof(SO_ERROR), static () => SO_ERROR, OptionForms.Error, access: OptionAccess.ReadOnly);

    /// <summary>Probes a connection that has been idle for long, and drops it with ETIMEDOUT if the peer is gone.</summary>
    /// <remarks>
    /// Off by default. The first probe follows after two hours, or after <see cref="TcpKeepIdle"/>. (socket(7), tcp(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<bool> KeepAlive => field ?? Of(ref field, Socket, nameof(SO_KEEPALIVE), static () => SO_KEEPALIVE, Flag);

    /// <summary>
    /// How long <c>close</c> waits until sent data is acknowledged. Null (the default): it does not wait, and the kernel sends the rest in
    /// the background.
    /// </summary>
    /// <remarks>
    /// Whole seconds, rounded up. Zero discards unsent data and ends the connection with a reset. On macOS this option is SO_LINGER_SEC,
    /// because SO_LINGER counts clock ticks there. Linux also waits on a non-blocking socket. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<TimeSpan?> Linger =>
        field ?? Of(
            ref field, Socket, nameof(SO_LINGER), static () => Target.IsMacOS ? SO_LINGER_SEC : SO_LINGER, TimeForms.Linger,
            mac: nameof(SO_LINGER_SEC));

    /// <summary>Keeps urgent data in the stream, at its place.</summary>
    /// <remarks>Off by default: MSG_OOB receives it. (socket(7), tcp(7); UNP 7.5, 24.2)</remarks>
    public static SocketOption<bool> OobInline => field ?? Of(ref field, Socket, nameof(SO_OOBINLINE), static () => SO_OOBINLINE, Flag);

    /// <summary>Size of the receive buffer in bytes.</summary>
    /// <remarks>
    /// Set it before <c>connect</c> or <c>listen</c>, because TCP negotiates the window scale in the handshake. Linux doubles the value for
    /// its own bookkeeping and reads back the double. It accepts at most net.core.rmem_max, uses at least 2304 after doubling, and no
    /// longer adapts TCP's buffer itself. (socket(7), tcp(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<int> RcvBuf => field ?? Of(ref field, Socket, nameof(SO_RCVBUF), static () => SO_RCVBUF, OptionForms.Bytes);

    /// <summary>Size of the send buffer in bytes.</summary>
    /// <remarks>
    /// Linux doubles the value for its own bookkeeping and reads back the double. It accepts at most net.core.wmem_max, uses at least 4608
    /// after doubling, and no longer adapts TCP's buffer itself. (socket(7), tcp(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<int> SndBuf => field ?? Of(ref field, Socket, nameof(SO_SNDBUF), static () => SO_SNDBUF, OptionForms.Bytes);

    /// <summary>Minimum number of received bytes before a receive returns or <c>select</c> reports the socket readable.</summary>
    /// <remarks>1 by default. (socket(7); UNP 7.5)</remarks>
    public static SocketOption<int> RcvLowat =>
        field ?? Of(ref field, Socket, nameof(SO_RCVLOWAT), static () => SO_RCVLOWAT, OptionForms.Bytes);

    /// <summary>Minimum free space in the send buffer, in bytes, before <c>select</c> reports the socket writable.</summary>
    /// <remarks>
    /// 2048 by default on the BSDs. On Linux it is always 1, and setting it fails with ENOPROTOOPT; see <see cref="TcpNotSentLowat"/>.
    /// (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<int> SndLowat =>
        field ?? Of(ref field, Socket, nameof(SO_SNDLOWAT), static () => SO_SNDLOWAT, OptionForms.Bytes);

    /// <summary>How long a receive or an accept may block before it fails with EAGAIN. Zero (the default): indefinitely.</summary>
    /// <remarks>
    /// Microseconds, rounded up. Linux rounds further up to its clock tick (1 to 10 ms) and reads back the result. (socket(7); UNP 7.5,
    /// 14.2)
    /// </remarks>
    public static SocketOption<TimeSpan> RcvTimeo => field ?? Of(ref field, Socket, nameof(SO_RCVTIMEO), static () => SO_RCVTIMEO, Timeval);

    /// <summary>How long a send may block before it fails with EAGAIN. Zero (the default): indefinitely.</summary>
    /// <remarks>
    /// Microseconds, rounded up. Linux rounds further up to its clock tick (1 to 10 ms) and reads back the result. On Linux it also limits
    /// <c>connect</c>, which then fails with EINPROGRESS. (socket(7); UNP 7.5, 14.2)
    /// </remarks>
    public static SocketOption<TimeSpan> SndTimeo => field ?? Of(ref field, Socket, nameof(SO_SNDTIMEO), static () => SO_SNDTIMEO, Timeval);

    /// <summary>Lets a server bind its port while connections of an earlier run are still in TIME_WAIT.</summary>
    /// <remarks>
    /// Off by default. Set it in every TCP server before <c>bind</c>. UDP sockets can then share the port; on Linux all of them must set
    /// it. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<bool> ReuseAddr => field ?? Of(ref field, Socket, nameof(SO_REUSEADDR), static () => SO_REUSEADDR, Flag);

    /// <summary>Lets several sockets of one user bind to the same address and port, if each sets it before <c>bind</c>.</summary>
    /// <remarks>
    /// Off by default. Linux (since 3.9) distributes connections and datagrams over the sockets. macOS and FreeBSD deliver all to one
    /// socket: see <see cref="ReusePortLb"/>. (socket(7); UNP 7.5)
    /// </remarks>
    public static SocketOption<bool> ReusePort => field ?? Of(ref field, Socket, nameof(SO_REUSEPORT), static () => SO_REUSEPORT, Flag);

    /// <summary>The socket's type: SOCK_STREAM, SOCK_DGRAM...</summary>
    /// <remarks>(socket(7); UNP 7.5)</remarks>
    public static SocketOption<int> Type =>
        field ?? Of(ref field, Socket, nameof(SO_TYPE), static () => SO_TYPE, Int, access: OptionAccess.ReadOnly);

    /// <summary>A routing socket receives a copy of its own messages.</summary>
    /// <remarks>On by default. (route(4); UNP 7.5, 18.2)</remarks>
    public static SocketOption<bool> UseLoopback =>
        field ?? Of(ref field, Socket, nameof(SO_USELOOPBACK), static () => SO_USELOOPBACK, Flag, on: OptionSystems.Bsd);

    /// <summary>Whether the socket listens.</summary>
    /// <remarks>(socket(7))</remarks>
    public static SocketOption<bool> AcceptConn =>
        field ?? Of(ref field, Socket, nameof(SO_ACCEPTCONN), static () => SO_ACCEPTCONN, Flag, access: OptionAccess.ReadOnly);

    /// <summary>The socket's address family: AF_INET, AF_UNIX...</summary>
    /// <remarks>The book finds it with sockfd_to_family. (socket(7); UNP 7.4)</remarks>
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

    /// <summary>Received datagrams carry the time of their arrival, in microseconds, as ancillary data.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> Timestamp => field ?? Of(ref field, Socket, nameof(SO_TIMESTAMP), static () => SO_TIMESTAMP, Flag);

    /// <summary>Writing to a connection whose reader is gone fails with EPIPE without raising SIGPIPE.</summary>
    /// <remarks>Off by default; .NET ignores the signal for the whole process. (setsockopt(2) on the BSDs; UNP 5.13)</remarks>
    public static SocketOption<bool> NoSigPipe =>
        field ?? Of(
            ref field, Socket, nameof(SO_NOSIGPIPE), static () => SO_NOSIGPIPE, Flag,
            on: OptionSystems.Bsd, instead: "MSG_NOSIGNAL");

    /// <summary>The maximum rate at which TCP sends, in bytes per second; all ones (the default): no limit.</summary>
    /// <remarks>(socket(7), tcp(7))</remarks>
    public static SocketOption<ulong> MaxPacingRate =>
        field ?? Of(
            ref field, Socket, nameof(SO_MAX_PACING_RATE), static () => SO_MAX_PACING_RATE, Rate,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);
}
