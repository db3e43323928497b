using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of any socket, level SOL_SOCKET, that FreeBSD and macOS have added.
public static partial class SocketOptions
{
    /// <summary>
    /// Like <see cref="ReusePort"/> on Linux: distributes connections and datagrams over the sockets that share the port.
    /// </summary>
    /// <remarks>FreeBSD 12. Off by default. (setsockopt(2))</remarks>
    public static SocketOption<bool> ReusePortLb =>
        field ?? Of(
            ref field, Socket, nameof(SO_REUSEPORT_LB), static () => SO_REUSEPORT_LB, Flag,
            on: OptionSystems.FreeBsd, instead: "SO_REUSEPORT");

    /// <summary>The index of the system's routing table that the socket uses.</summary>
    /// <remarks>The process's own by default. (setsockopt(2))</remarks>
    public static SocketOption<int> SetFib =>
        field ?? Of(
            ref field, Socket, nameof(SO_SETFIB), static () => SO_SETFIB, Int,
            on: OptionSystems.FreeBsd, access: OptionAccess.WriteOnly);

    /// <summary>A number on the socket that the packet filter can read.</summary>
    /// <remarks>(setsockopt(2))</remarks>
    public static SocketOption<uint> UserCookie =>
        field ?? Of(
            ref field, Socket, nameof(SO_USER_COOKIE), static () => SO_USER_COOKIE, UInt,
            on: OptionSystems.FreeBsd, access: OptionAccess.WriteOnly, instead: "SO_MARK");

    /// <summary>The backlog that was passed to <c>listen</c>.</summary>
    /// <remarks>(setsockopt(2); UNP 4.5)</remarks>
    public static SocketOption<int> ListenQLimit =>
        field ?? Of(
            ref field, Socket, nameof(SO_LISTENQLIMIT), static () => SO_LISTENQLIMIT, Int,
            on: OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);

    /// <summary>Number of connections that wait for <c>accept</c>.</summary>
    /// <remarks>(setsockopt(2); UNP 4.5)</remarks>
    public static SocketOption<int> ListenQLen =>
        field ?? Of(
            ref field, Socket, nameof(SO_LISTENQLEN), static () => SO_LISTENQLEN, Int,
            on: OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);

    /// <summary>Number of connections whose handshake is not finished.</summary>
    /// <remarks>(setsockopt(2); UNP 4.5)</remarks>
    public static SocketOption<int> ListenIncQLen =>
        field ?? Of(
            ref field, Socket, nameof(SO_LISTENINCQLEN), static () => SO_LISTENINCQLEN, Int,
            on: OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);

    /// <summary>Received datagrams carry the time of their arrival as a <c>bintime</c>.</summary>
    /// <remarks>Off by default. (setsockopt(2))</remarks>
    public static SocketOption<bool> BinTime =>
        field ?? Of(ref field, Socket, nameof(SO_BINTIME), static () => SO_BINTIME, Flag, on: OptionSystems.FreeBsd);

    /// <summary>The clock that stamps arriving datagrams: one of SO_TS_*.</summary>
    /// <remarks>SO_TS_REALTIME_MICRO by default. (setsockopt(2))</remarks>
    public static SocketOption<int> TsClock =>
        field ?? Of(ref field, Socket, nameof(SO_TS_CLOCK), static () => SO_TS_CLOCK, Int, on: OptionSystems.FreeBsd);

    /// <summary>The next receive reports an overflow of the receive buffer with ENOBUFS.</summary>
    /// <remarks>Off by default. (setsockopt(2); UNP 8.13)</remarks>
    public static SocketOption<bool> RError =>
        field ?? Of(ref field, Socket, nameof(SO_RERROR), static () => SO_RERROR, Flag, on: OptionSystems.FreeBsd, instead: "SO_RXQ_OVFL");

    /// <summary>Number of bytes that can be read at once; with datagrams the size of the first.</summary>
    /// <remarks>(setsockopt(2))</remarks>
    public static SocketOption<int> NRead =>
        field ?? Of(
            ref field, Socket, nameof(SO_NREAD), static () => SO_NREAD, OptionForms.Bytes,
            on: OptionSystems.MacOS, access: OptionAccess.ReadOnly, instead: "FIONREAD");

    /// <summary>Number of bytes in the send buffer.</summary>
    /// <remarks>(setsockopt(2))</remarks>
    public static SocketOption<int> NWrite =>
        field ?? Of(
            ref field, Socket, nameof(SO_NWRITE), static () => SO_NWRITE, OptionForms.Bytes,
            on: OptionSystems.MacOS, access: OptionAccess.ReadOnly);

    /// <summary>Number of datagrams in the receive buffer.</summary>
    /// <remarks>(setsockopt(2))</remarks>
    public static SocketOption<int> NumRcvPkt =>
        field ?? Of(
            ref field, Socket, nameof(SO_NUMRCVPKT), static () => SO_NUMRCVPKT, Int,
            on: OptionSystems.MacOS, access: OptionAccess.ReadOnly);

    /// <summary>The kernel chooses the local port at random.</summary>
    /// <remarks>(setsockopt(2))</remarks>
    public static SocketOption<bool> RandomPort =>
        field ?? Of(ref field, Socket, nameof(SO_RANDOMPORT), static () => SO_RANDOMPORT, Flag, on: OptionSystems.MacOS);

    /// <summary>With <see cref="ReuseAddr"/> and <see cref="ReusePort"/>: sockets of different users can share a port.</summary>
    /// <remarks>Off by default. (setsockopt(2))</remarks>
    public static SocketOption<bool> ReuseShareUid =>
        field ?? Of(ref field, Socket, nameof(SO_REUSESHAREUID), static () => SO_REUSESHAREUID, Flag, on: OptionSystems.MacOS);

    /// <summary>The kind of traffic (voice, video, background...), for the quality of service: NET_SERVICE_TYPE_*.</summary>
    /// <remarks>0 (best effort) by default. (setsockopt(2))</remarks>
    public static SocketOption<int> NetServiceType =>
        field ?? Of(ref field, Socket, nameof(SO_NET_SERVICE_TYPE), static () => SO_NET_SERVICE_TYPE, Int, on: OptionSystems.MacOS);
}
