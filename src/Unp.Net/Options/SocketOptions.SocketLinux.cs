using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of any socket, level SOL_SOCKET, that Linux has added.
public static partial class SocketOptions
{
    /// <summary>Received datagrams carry the time of their arrival, in nanoseconds, as ancillary data.</summary>
    /// <remarks>Off by default. <see cref="Timestamp"/> and this option exclude each other. (socket(7))</remarks>
    public static SocketOption<bool> TimestampNs =>
        field ?? Of(
            ref field, Socket, nameof(SO_TIMESTAMPNS), static () => SO_TIMESTAMPNS, Flag,
            on: OptionSystems.Linux, instead: "SO_TIMESTAMP");

    /// <summary>Time stamps of arrival and departure, made by software or by the device: SOF_TIMESTAMPING_* flags.</summary>
    /// <remarks>0 by default. (socket(7), the kernel's timestamping.rst)</remarks>
    public static SocketOption<int> Timestamping =>
        field ?? Of(ref field, Socket, nameof(SO_TIMESTAMPING), static () => SO_TIMESTAMPING, Int, on: OptionSystems.Linux);

    /// <summary>Sends and receives only through the network device with this name; an empty name removes the restriction.</summary>
    /// <remarks>Since Linux 5.7 a socket without a device can be bound to one without CAP_NET_RAW. (socket(7))</remarks>
    public static SocketOption<string> BindToDevice =>
        field ?? Of(
            ref field, Socket, nameof(SO_BINDTODEVICE), static () => SO_BINDTODEVICE, InterfaceName,
            on: OptionSystems.Linux, instead: "IP_BOUND_IF");

    /// <summary>Like <see cref="BindToDevice"/>, by the index of the interface; 0 removes the restriction.</summary>
    /// <remarks>Linux 5.1. (socket(7))</remarks>
    public static SocketOption<int> BindToIfIndex =>
        field ?? Of(
            ref field, Socket, nameof(SO_BINDTOIFINDEX), static () => SO_BINDTOIFINDEX, Int,
            on: OptionSystems.Linux, instead: "IP_BOUND_IF");

    /// <summary>A number on every outgoing packet, for routing rules and the packet filter.</summary>
    /// <remarks>0 by default; needs CAP_NET_ADMIN, or since Linux 5.17 CAP_NET_RAW. (socket(7))</remarks>
    public static SocketOption<uint> Mark =>
        field ?? Of(ref field, Socket, nameof(SO_MARK), static () => SO_MARK, UInt, on: OptionSystems.Linux, instead: "SO_USER_COOKIE");

    /// <summary>Received datagrams carry their mark as ancillary data.</summary>
    /// <remarks>Linux 5.19. Off by default. (socket(7))</remarks>
    public static SocketOption<bool> RcvMark =>
        field ?? Of(ref field, Socket, nameof(SO_RCVMARK), static () => SO_RCVMARK, Flag, on: OptionSystems.Linux);

    /// <summary>Queueing priority of outgoing packets: 0 (the default) to 6; higher values need CAP_NET_ADMIN.</summary>
    /// <remarks>On IPv4 <see cref="IpTos"/> sets it too. (socket(7))</remarks>
    public static SocketOption<int> Priority =>
        field ?? Of(ref field, Socket, nameof(SO_PRIORITY), static () => SO_PRIORITY, Int, on: OptionSystems.Linux);

    /// <summary>Received datagrams carry their priority as ancillary data.</summary>
    /// <remarks>Linux 6.14. Off by default. (socket(7))</remarks>
    public static SocketOption<bool> RcvPriority =>
        field ?? Of(ref field, Socket, nameof(SO_RCVPRIORITY), static () => SO_RCVPRIORITY, Flag, on: OptionSystems.Linux);

    /// <summary>Like <see cref="RcvBuf"/>, but may exceed net.core.rmem_max.</summary>
    /// <remarks>Needs CAP_NET_ADMIN. Read the resulting size from <see cref="RcvBuf"/>. (socket(7))</remarks>
    public static SocketOption<int> RcvBufForce =>
        field ?? Of(
            ref field, Socket, nameof(SO_RCVBUFFORCE), static () => SO_RCVBUFFORCE, OptionForms.Bytes,
            on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>Like <see cref="SndBuf"/>, but may exceed net.core.wmem_max.</summary>
    /// <remarks>Needs CAP_NET_ADMIN. Read the resulting size from <see cref="SndBuf"/>. (socket(7))</remarks>
    public static SocketOption<int> SndBufForce =>
        field ?? Of(
            ref field, Socket, nameof(SO_SNDBUFFORCE), static () => SO_SNDBUFFORCE, OptionForms.Bytes,
            on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>The buffers whose size is fixed, so the kernel no longer adapts it: 1 send buffer, 2 receive buffer, 3 both.</summary>
    /// <remarks>Linux 5.15. 0 by default; setting the size of a buffer fixes it. (socket(7))</remarks>
    public static SocketOption<int> BufLock =>
        field ?? Of(ref field, Socket, nameof(SO_BUF_LOCK), static () => SO_BUF_LOCK, Int, on: OptionSystems.Linux);

    /// <summary>Bytes of kernel memory reserved for this socket, so it keeps working under memory pressure.</summary>
    /// <remarks>Linux 5.16. 0 by default; works only in a memory cgroup. (socket(7))</remarks>
    public static SocketOption<int> ReserveMem =>
        field ?? Of(ref field, Socket, nameof(SO_RESERVE_MEM), static () => SO_RESERVE_MEM, OptionForms.Bytes, on: OptionSystems.Linux);

    /// <summary>
    /// The processor that handled the last received packet. Set on listeners that share a port, it makes each prefer connections of its
    /// processor.
    /// </summary>
    /// <remarks>-1: not known yet. (socket(7))</remarks>
    public static SocketOption<int> IncomingCpu =>
        field ?? Of(ref field, Socket, nameof(SO_INCOMING_CPU), static () => SO_INCOMING_CPU, Int, on: OptionSystems.Linux);

    /// <summary>The device queue that delivered the last packet; 0: not known.</summary>
    /// <remarks>Linux 4.12. (socket(7))</remarks>
    public static SocketOption<int> IncomingNapiId =>
        field ?? Of(
            ref field, Socket, nameof(SO_INCOMING_NAPI_ID), static () => SO_INCOMING_NAPI_ID, Int,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly);

    /// <summary>
    /// How long a receive that would block polls the device before it sleeps. Polling reduces the delay and costs CPU time.
    /// </summary>
    /// <remarks>
    /// Microseconds, rounded up. The default is net.core.busy_read, usually 0; a higher value needs CAP_NET_ADMIN. (socket(7))
    /// </remarks>
    public static SocketOption<TimeSpan> BusyPoll =>
        field ?? Of(ref field, Socket, nameof(SO_BUSY_POLL), static () => SO_BUSY_POLL, Microseconds, on: OptionSystems.Linux);

    /// <summary>Leaves the device's interrupts disabled while the program keeps polling.</summary>
    /// <remarks>Linux 5.11. Off by default; needs CAP_NET_ADMIN. (socket(7))</remarks>
    public static SocketOption<bool> PreferBusyPoll =>
        field ?? Of(ref field, Socket, nameof(SO_PREFER_BUSY_POLL), static () => SO_PREFER_BUSY_POLL, Flag, on: OptionSystems.Linux);

    /// <summary>The maximum number of packets handled in one round of busy polling.</summary>
    /// <remarks>Linux 5.11. 8 by default; a higher value needs CAP_NET_ADMIN. (socket(7))</remarks>
    public static SocketOption<int> BusyPollBudget =>
        field ?? Of(
            ref field, Socket, nameof(SO_BUSY_POLL_BUDGET), static () => SO_BUSY_POLL_BUDGET, Int,
            on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>Allows MSG_ZEROCOPY: the kernel sends directly from the program's memory.</summary>
    /// <remarks>Linux 4.14. Off by default. (socket(7), the kernel's msg_zerocopy.rst)</remarks>
    public static SocketOption<bool> ZeroCopy =>
        field ?? Of(ref field, Socket, nameof(SO_ZEROCOPY), static () => SO_ZEROCOPY, Flag, on: OptionSystems.Linux);

    /// <summary>The kernel's number of this socket, unique while the system runs.</summary>
    /// <remarks>Linux 4.12. (socket(7))</remarks>
    public static SocketOption<ulong> Cookie =>
        field ?? Of(
            ref field, Socket, nameof(SO_COOKIE), static () => SO_COOKIE, ULong,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly);

    /// <summary>The kernel's number of the socket's network namespace.</summary>
    /// <remarks>Linux 5.14. (socket(7))</remarks>
    public static SocketOption<ulong> NetnsCookie =>
        field ?? Of(
            ref field, Socket, nameof(SO_NETNS_COOKIE), static () => SO_NETNS_COOKIE, ULong,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly);

    /// <summary>
    /// The credentials of the peer of a connected Unix socket. An unconnected socket reports a user and a group that do not exist.
    /// </summary>
    /// <remarks><c>Getpeercred</c> works on every system. (unix(7); UNP 15.8)</remarks>
    public static SocketOption<PeerCredentials> PeerCred =>
        field ?? Of(
            ref field, Socket, nameof(SO_PEERCRED), static () => SO_PEERCRED, OptionForms.PeerCredentials,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly, instead: "LOCAL_PEERCRED");

    /// <summary>Each message on a Unix socket carries the sender's process, user and group.</summary>
    /// <remarks>Off by default. (unix(7); UNP 15.8)</remarks>
    public static SocketOption<bool> PassCred =>
        field ?? Of(ref field, Socket, nameof(SO_PASSCRED), static () => SO_PASSCRED, Flag, on: OptionSystems.Linux);

    /// <summary>Each message on a Unix socket carries the sender's security label.</summary>
    /// <remarks>Off by default. (unix(7))</remarks>
    public static SocketOption<bool> PassSec =>
        field ?? Of(ref field, Socket, nameof(SO_PASSSEC), static () => SO_PASSSEC, Flag, on: OptionSystems.Linux);

    /// <summary>Each message on a Unix socket carries a descriptor of the sending process.</summary>
    /// <remarks>Linux 6.5. Off by default. (unix(7))</remarks>
    public static SocketOption<bool> PassPidFd =>
        field ?? Of(ref field, Socket, nameof(SO_PASSPIDFD), static () => SO_PASSPIDFD, Flag, on: OptionSystems.Linux);

    /// <summary>Whether a Unix socket accepts passed descriptors.</summary>
    /// <remarks>Linux 6.16. On by default. (unix(7))</remarks>
    public static SocketOption<bool> PassRights =>
        field ?? Of(ref field, Socket, nameof(SO_PASSRIGHTS), static () => SO_PASSRIGHTS, Flag, on: OptionSystems.Linux);

    /// <summary>Each read from a Unix stream returns, as ancillary data, the number of bytes still queued.</summary>
    /// <remarks>Linux 6.17. Off by default; the option itself cannot be read. (unix(7))</remarks>
    public static SocketOption<bool> Inq =>
        field ?? Of(ref field, Socket, nameof(SO_INQ), static () => SO_INQ, Flag, on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>Messages can carry a departure time (SCM_TXTIME) of this clock. For interfaces with the queue fq or etf.</summary>
    /// <remarks>
    /// Linux 4.19. Every clock except CLOCK_MONOTONIC, the clock of fq, needs CAP_NET_ADMIN. Other flags fail with EINVAL. (tc-etf(8))
    /// </remarks>
    public static SocketOption<SockTxTime> TxTime =>
        field ?? Of(ref field, Socket, nameof(SO_TXTIME), static () => SO_TXTIME, OptionForms.TxTime, on: OptionSystems.Linux);

    /// <summary>
    /// The offset at which MSG_PEEK reads. Each peek advances it, and each receive moves it back. -1 (the default): always the start of the
    /// queue.
    /// </summary>
    /// <remarks>Bytes. (socket(7))</remarks>
    public static SocketOption<int> PeekOff =>
        field ?? Of(ref field, Socket, nameof(SO_PEEK_OFF), static () => SO_PEEK_OFF, Int, on: OptionSystems.Linux);

    /// <summary>
    /// Received datagrams carry, as ancillary data, how many datagrams were dropped before them because the buffer was full.
    /// </summary>
    /// <remarks>Off by default. (socket(7); UNP 8.13)</remarks>
    public static SocketOption<bool> RxqOvfl =>
        field ?? Of(ref field, Socket, nameof(SO_RXQ_OVFL), static () => SO_RXQ_OVFL, Flag, on: OptionSystems.Linux, instead: "SO_RERROR");

    /// <summary>A message on the error queue makes <c>select</c> report an exceptional condition.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> SelectErrQueue =>
        field ?? Of(ref field, Socket, nameof(SO_SELECT_ERR_QUEUE), static () => SO_SELECT_ERR_QUEUE, Flag, on: OptionSystems.Linux);

    /// <summary>The wireless driver reports whether a sent frame was acknowledged.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> WifiStatus =>
        field ?? Of(ref field, Socket, nameof(SO_WIFI_STATUS), static () => SO_WIFI_STATUS, Flag, on: OptionSystems.Linux);

    /// <summary>Sends UDP datagrams over IPv4 without a checksum.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> NoCheck =>
        field ?? Of(
            ref field, Socket, nameof(SO_NO_CHECK), static () => SO_NO_CHECK, Flag,
            on: OptionSystems.Linux, instead: "UDP_NOCKSUM");

    /// <summary>Locks the packet filter of this socket, so it can no longer be changed or removed.</summary>
    /// <remarks>Off by default; it cannot be turned off again. (socket(7))</remarks>
    public static SocketOption<bool> LockFilter =>
        field ?? Of(ref field, Socket, nameof(SO_LOCK_FILTER), static () => SO_LOCK_FILTER, Flag, on: OptionSystems.Linux);

    /// <summary>Whether TCP tries another path through the network after time-outs: 1 yes, 0 no, -1 follows net.core.txrehash.</summary>
    /// <remarks>Linux 5.19. (socket(7), tcp(7))</remarks>
    public static SocketOption<int> TxRehash =>
        field ?? Of(ref field, Socket, nameof(SO_TXREHASH), static () => SO_TXREHASH, Int, on: OptionSystems.Linux);
}
