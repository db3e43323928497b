using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of any socket, level SOL_SOCKET, that Linux has added.
public static partial class SocketOptions
{
    /// <summary>Datagrams bring the time of their arrival, in nanoseconds, as ancillary data.</summary>
    /// <remarks>Off by default; it and <see cref="Timestamp"/> exclude each other. (socket(7))</remarks>
    public static SocketOption<bool> TimestampNs =>
        field ?? Of(
            ref field, Socket, nameof(SO_TIMESTAMPNS), static () => SO_TIMESTAMPNS, Flag,
            on: OptionSystems.Linux, instead: "SO_TIMESTAMP");

    /// <summary>Time stamps of arrival and departure, by software or the device: SOF_TIMESTAMPING_* flags.</summary>
    /// <remarks>0 by default. (socket(7), the kernel's timestamping.rst)</remarks>
    public static SocketOption<int> Timestamping =>
        field ?? Of(ref field, Socket, nameof(SO_TIMESTAMPING), static () => SO_TIMESTAMPING, Int, on: OptionSystems.Linux);

    /// <summary>Sends and receives by the network device of this name only; an empty name undoes it.</summary>
    /// <remarks>Since Linux 5.7 a socket that has no device yet may get one without CAP_NET_RAW. (socket(7))</remarks>
    public static SocketOption<string> BindToDevice =>
        field ?? Of(
            ref field, Socket, nameof(SO_BINDTODEVICE), static () => SO_BINDTODEVICE, InterfaceName,
            on: OptionSystems.Linux, instead: "IP_BOUND_IF");

    /// <summary>As <see cref="BindToDevice"/>, by the interface's index; 0 undoes it.</summary>
    /// <remarks>Linux 5.1. (socket(7))</remarks>
    public static SocketOption<int> BindToIfIndex =>
        field ?? Of(
            ref field, Socket, nameof(SO_BINDTOIFINDEX), static () => SO_BINDTOIFINDEX, Int,
            on: OptionSystems.Linux, instead: "IP_BOUND_IF");

    /// <summary>A number on every packet that is sent, for routing rules and the packet filter.</summary>
    /// <remarks>0 by default; needs CAP_NET_ADMIN (since Linux 5.17 CAP_NET_RAW will do). (socket(7))</remarks>
    public static SocketOption<uint> Mark =>
        field ?? Of(ref field, Socket, nameof(SO_MARK), static () => SO_MARK, UInt, on: OptionSystems.Linux, instead: "SO_USER_COOKIE");

    /// <summary>Datagrams bring their mark as ancillary data.</summary>
    /// <remarks>Linux 5.19. Off by default. (socket(7))</remarks>
    public static SocketOption<bool> RcvMark =>
        field ?? Of(ref field, Socket, nameof(SO_RCVMARK), static () => SO_RCVMARK, Flag, on: OptionSystems.Linux);

    /// <summary>Queueing priority of what is sent: 0 (the default) to 6, more with CAP_NET_ADMIN.</summary>
    /// <remarks>On IPv4 <see cref="IpTos"/> sets it too. (socket(7))</remarks>
    public static SocketOption<int> Priority =>
        field ?? Of(ref field, Socket, nameof(SO_PRIORITY), static () => SO_PRIORITY, Int, on: OptionSystems.Linux);

    /// <summary>Datagrams bring their priority as ancillary data.</summary>
    /// <remarks>Linux 6.14. Off by default. (socket(7))</remarks>
    public static SocketOption<bool> RcvPriority =>
        field ?? Of(ref field, Socket, nameof(SO_RCVPRIORITY), static () => SO_RCVPRIORITY, Flag, on: OptionSystems.Linux);

    /// <summary>As <see cref="RcvBuf"/>, beyond net.core.rmem_max.</summary>
    /// <remarks>Needs CAP_NET_ADMIN; what it has become is read from <see cref="RcvBuf"/>. (socket(7))</remarks>
    public static SocketOption<int> RcvBufForce =>
        field ?? Of(
            ref field, Socket, nameof(SO_RCVBUFFORCE), static () => SO_RCVBUFFORCE, OptionForms.Bytes,
            on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>As <see cref="SndBuf"/>, beyond net.core.wmem_max.</summary>
    /// <remarks>Needs CAP_NET_ADMIN; what it has become is read from <see cref="SndBuf"/>. (socket(7))</remarks>
    public static SocketOption<int> SndBufForce =>
        field ?? Of(
            ref field, Socket, nameof(SO_SNDBUFFORCE), static () => SO_SNDBUFFORCE, OptionForms.Bytes,
            on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>
    /// Which buffers' sizes are fixed and no longer adapted by the kernel: 1 the send buffer's, 2 the receive buffer's, 3 both.
    /// </summary>
    /// <remarks>Linux 5.15. 0 by default; setting a size fixes it. (socket(7))</remarks>
    public static SocketOption<int> BufLock =>
        field ?? Of(ref field, Socket, nameof(SO_BUF_LOCK), static () => SO_BUF_LOCK, Int, on: OptionSystems.Linux);

    /// <summary>Bytes of kernel memory that are kept for this socket, so that it goes on under memory pressure.</summary>
    /// <remarks>Linux 5.16. 0 by default; only in a memory cgroup. (socket(7))</remarks>
    public static SocketOption<int> ReserveMem =>
        field ?? Of(ref field, Socket, nameof(SO_RESERVE_MEM), static () => SO_RESERVE_MEM, OptionForms.Bytes, on: OptionSystems.Linux);

    /// <summary>
    /// The processor that the last packet came in on; set on listeners that share a port, each prefers the connections of its processor.
    /// </summary>
    /// <remarks>-1: not known yet. (socket(7))</remarks>
    public static SocketOption<int> IncomingCpu =>
        field ?? Of(ref field, Socket, nameof(SO_INCOMING_CPU), static () => SO_INCOMING_CPU, Int, on: OptionSystems.Linux);

    /// <summary>The device queue that the last packet came in on; 0: not known.</summary>
    /// <remarks>Linux 4.12. (socket(7))</remarks>
    public static SocketOption<int> IncomingNapiId =>
        field ?? Of(
            ref field, Socket, nameof(SO_INCOMING_NAPI_ID), static () => SO_INCOMING_NAPI_ID, Int,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly);

    /// <summary>How long a receive that would block polls the device before it sleeps: less delay for more CPU.</summary>
    /// <remarks>Microseconds, rounded up. The default is net.core.busy_read, mostly 0; more needs CAP_NET_ADMIN. (socket(7))</remarks>
    public static SocketOption<TimeSpan> BusyPoll =>
        field ?? Of(ref field, Socket, nameof(SO_BUSY_POLL), static () => SO_BUSY_POLL, Microseconds, on: OptionSystems.Linux);

    /// <summary>Leaves the device's interrupts off while the program keeps polling.</summary>
    /// <remarks>Linux 5.11. Off by default; needs CAP_NET_ADMIN. (socket(7))</remarks>
    public static SocketOption<bool> PreferBusyPoll =>
        field ?? Of(ref field, Socket, nameof(SO_PREFER_BUSY_POLL), static () => SO_PREFER_BUSY_POLL, Flag, on: OptionSystems.Linux);

    /// <summary>Packets that one round of busy polling handles.</summary>
    /// <remarks>Linux 5.11. 8 by default; more needs CAP_NET_ADMIN. (socket(7))</remarks>
    public static SocketOption<int> BusyPollBudget =>
        field ?? Of(
            ref field, Socket, nameof(SO_BUSY_POLL_BUDGET), static () => SO_BUSY_POLL_BUDGET, Int,
            on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>Allows MSG_ZEROCOPY, by which the kernel sends from the program's own memory.</summary>
    /// <remarks>Linux 4.14. Off by default. (socket(7), the kernel's msg_zerocopy.rst)</remarks>
    public static SocketOption<bool> ZeroCopy =>
        field ?? Of(ref field, Socket, nameof(SO_ZEROCOPY), static () => SO_ZEROCOPY, Flag, on: OptionSystems.Linux);

    /// <summary>The kernel's number of this socket, which no other gets while the system runs.</summary>
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

    /// <summary>The process at the other side of a connected Unix socket; without one a user and a group that nobody is.</summary>
    /// <remarks><c>Getpeercred</c> is the same on every system. (unix(7); UNP 15.8)</remarks>
    public static SocketOption<PeerCredentials> PeerCred =>
        field ?? Of(
            ref field, Socket, nameof(SO_PEERCRED), static () => SO_PEERCRED, OptionForms.PeerCredentials,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly, instead: "LOCAL_PEERCRED");

    /// <summary>Each message on a Unix socket brings the sender's process, user and group.</summary>
    /// <remarks>Off by default. (unix(7); UNP 15.8)</remarks>
    public static SocketOption<bool> PassCred =>
        field ?? Of(ref field, Socket, nameof(SO_PASSCRED), static () => SO_PASSCRED, Flag, on: OptionSystems.Linux);

    /// <summary>Each message on a Unix socket brings the sender's security label.</summary>
    /// <remarks>Off by default. (unix(7))</remarks>
    public static SocketOption<bool> PassSec =>
        field ?? Of(ref field, Socket, nameof(SO_PASSSEC), static () => SO_PASSSEC, Flag, on: OptionSystems.Linux);

    /// <summary>Each message on a Unix socket brings a descriptor of the sending process.</summary>
    /// <remarks>Linux 6.5. Off by default. (unix(7))</remarks>
    public static SocketOption<bool> PassPidFd =>
        field ?? Of(ref field, Socket, nameof(SO_PASSPIDFD), static () => SO_PASSPIDFD, Flag, on: OptionSystems.Linux);

    /// <summary>Whether a Unix socket receives descriptors at all.</summary>
    /// <remarks>Linux 6.16. On by default. (unix(7))</remarks>
    public static SocketOption<bool> PassRights =>
        field ?? Of(ref field, Socket, nameof(SO_PASSRIGHTS), static () => SO_PASSRIGHTS, Flag, on: OptionSystems.Linux);

    /// <summary>Each read from a Unix stream brings the number of bytes still queued as ancillary data.</summary>
    /// <remarks>Linux 6.17. Off by default; it cannot be read. (unix(7))</remarks>
    public static SocketOption<bool> Inq =>
        field ?? Of(ref field, Socket, nameof(SO_INQ), static () => SO_INQ, Flag, on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>Messages can say when they shall leave (SCM_TXTIME), and by which clock; for interfaces whose queue is fq or etf.</summary>
    /// <remarks>Linux 4.19. Any clock but CLOCK_MONOTONIC, which is fq's, needs CAP_NET_ADMIN; EINVAL for other flags. (tc-etf(8))</remarks>
    public static SocketOption<SockTxTime> TxTime =>
        field ?? Of(ref field, Socket, nameof(SO_TXTIME), static () => SO_TXTIME, OptionForms.TxTime, on: OptionSystems.Linux);

    /// <summary>
    /// Where in the queue MSG_PEEK looks; it moves on with each peek and back with each receive. -1 (the default): always at the head.
    /// </summary>
    /// <remarks>Bytes. (socket(7))</remarks>
    public static SocketOption<int> PeekOff =>
        field ?? Of(ref field, Socket, nameof(SO_PEEK_OFF), static () => SO_PEEK_OFF, Int, on: OptionSystems.Linux);

    /// <summary>Datagrams bring, as ancillary data, how many were dropped before them because the buffer was full.</summary>
    /// <remarks>Off by default. (socket(7); UNP 8.13)</remarks>
    public static SocketOption<bool> RxqOvfl =>
        field ?? Of(ref field, Socket, nameof(SO_RXQ_OVFL), static () => SO_RXQ_OVFL, Flag, on: OptionSystems.Linux, instead: "SO_RERROR");

    /// <summary>A message on the error queue makes <c>select</c> report an exceptional condition.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> SelectErrQueue =>
        field ?? Of(ref field, Socket, nameof(SO_SELECT_ERR_QUEUE), static () => SO_SELECT_ERR_QUEUE, Flag, on: OptionSystems.Linux);

    /// <summary>The wireless driver tells whether a frame that was sent has been acknowledged.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> WifiStatus =>
        field ?? Of(ref field, Socket, nameof(SO_WIFI_STATUS), static () => SO_WIFI_STATUS, Flag, on: OptionSystems.Linux);

    /// <summary>UDP over IPv4 is sent without a checksum.</summary>
    /// <remarks>Off by default. (socket(7))</remarks>
    public static SocketOption<bool> NoCheck =>
        field ?? Of(
            ref field, Socket, nameof(SO_NO_CHECK), static () => SO_NO_CHECK, Flag,
            on: OptionSystems.Linux, instead: "UDP_NOCKSUM");

    /// <summary>The packet filter of this socket can no longer be changed or taken away.</summary>
    /// <remarks>Off by default; once on it stays on. (socket(7))</remarks>
    public static SocketOption<bool> LockFilter =>
        field ?? Of(ref field, Socket, nameof(SO_LOCK_FILTER), static () => SO_LOCK_FILTER, Flag, on: OptionSystems.Linux);

    /// <summary>Whether TCP tries another path through the network after time-outs: 1 yes, 0 no, -1 as net.core.txrehash says.</summary>
    /// <remarks>Linux 5.19. (socket(7), tcp(7))</remarks>
    public static SocketOption<int> TxRehash =>
        field ?? Of(ref field, Socket, nameof(SO_TXREHASH), static () => SO_TXREHASH, Int, on: OptionSystems.Linux);
}
