using Unp.Net.Abi;
using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of TCP, level IPPROTO_TCP: first those of the book (figure 7.2), then those that systems have added.
public static partial class SocketOptions
{
    /// <summary>The largest segment that is sent: the peer's announced size minus the TCP options of each segment.</summary>
    /// <remarks>
    /// Bytes; 536 until connected. Set before <c>connect</c> or <c>listen</c>, it lowers the size that this side announces, and Linux then
    /// reads back that size. (tcp(7); UNP 7.9)
    /// </remarks>
    public static SocketOption<int> TcpMaxSeg =>
        field ?? Of(ref field, Tcp, nameof(TCP_MAXSEG), static () => TCP_MAXSEG, OptionForms.Bytes);

    /// <summary>Sends small segments at once, without Nagle's algorithm.</summary>
    /// <remarks>Off by default. (tcp(7); UNP 7.9)</remarks>
    public static SocketOption<bool> TcpNoDelay => field ?? Of(ref field, Tcp, nameof(TCP_NODELAY), static () => TCP_NODELAY, Flag);

    /// <summary>Holds back partial segments for at most 200 ms. Turning it off sends the rest.</summary>
    /// <remarks>Off by default. (tcp(7); UNP 7.9)</remarks>
    public static SocketOption<bool> TcpCork =>
        field ?? Of(ref field, Tcp, nameof(TCP_CORK), static () => TCP_CORK, Flag, on: OptionSystems.Linux, instead: "TCP_NOPUSH");

    /// <summary>Holds back partial segments. Closing the socket sends the rest; on FreeBSD turning it off does too.</summary>
    /// <remarks>Off by default. (tcp(4); UNP 7.9)</remarks>
    public static SocketOption<bool> TcpNoPush =>
        field ?? Of(ref field, Tcp, nameof(TCP_NOPUSH), static () => TCP_NOPUSH, Flag, on: OptionSystems.Bsd, instead: "TCP_CORK");

    /// <summary>Sends no TCP options.</summary>
    /// <remarks>Off by default. (tcp(4))</remarks>
    public static SocketOption<bool> TcpNoOpt =>
        field ?? Of(ref field, Tcp, nameof(TCP_NOOPT), static () => TCP_NOOPT, Flag, on: OptionSystems.Bsd);

    /// <summary>The socket is writable only while it has fewer unsent bytes than this.</summary>
    /// <remarks>Linux: the default is net.ipv4.tcp_notsent_lowat, all ones (no limit), which reads as 0. (tcp(7))</remarks>
    public static SocketOption<uint> TcpNotSentLowat =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_NOTSENT_LOWAT), static () => TCP_NOTSENT_LOWAT, UInt,
            on: OptionSystems.Linux | OptionSystems.MacOS);

    /// <summary>Delays all sent data by this time, to simulate a slow line in tests.</summary>
    /// <remarks>Microseconds, rounded up. Linux 5.3. Zero by default. (tcp(7))</remarks>
    public static SocketOption<TimeSpan> TcpTxDelay =>
        field ?? Of(ref field, Tcp, nameof(TCP_TX_DELAY), static () => TCP_TX_DELAY, Microseconds, on: OptionSystems.Linux);

    /// <summary>The name of the congestion control algorithm: "cubic", "reno", "bbr"...</summary>
    /// <remarks>
    /// The default is net.ipv4.tcp_congestion_control. Without privilege only those in net.ipv4.tcp_allowed_congestion_control can be set.
    /// (tcp(7))
    /// </remarks>
    public static SocketOption<string> TcpCongestion =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_CONGESTION), static () => TCP_CONGESTION, AlgorithmName,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Explicit congestion notification.</summary>
    /// <remarks>(netinet/tcp.h)</remarks>
    public static SocketOption<bool> TcpEnableEcn =>
        field ?? Of(ref field, Tcp, nameof(TCP_ENABLE_ECN), static () => TCP_ENABLE_ECN, Flag, on: OptionSystems.MacOS);

    /// <summary>The idle time of a connection with <see cref="KeepAlive"/> before the first probe.</summary>
    /// <remarks>
    /// Whole seconds, rounded up; two hours by default. On macOS it is TCP_KEEPALIVE, as in the book. (tcp(7); UNP 7.5, 7.9)
    /// </remarks>
    public static SocketOption<TimeSpan> TcpKeepIdle =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_KEEPIDLE), static () => Target.IsMacOS ? TCP_KEEPALIVE : TCP_KEEPIDLE, Seconds,
            mac: nameof(TCP_KEEPALIVE));

    /// <summary>The time between two probes of <see cref="KeepAlive"/>.</summary>
    /// <remarks>Whole seconds, rounded up; 75 seconds by default. (tcp(7); UNP 7.5)</remarks>
    public static SocketOption<TimeSpan> TcpKeepIntvl =>
        field ?? Of(ref field, Tcp, nameof(TCP_KEEPINTVL), static () => TCP_KEEPINTVL, Seconds);

    /// <summary>Number of unanswered probes of <see cref="KeepAlive"/> after which the connection is dropped.</summary>
    /// <remarks>Linux: 9 by default, at most 127; the BSDs: 8. (tcp(7); UNP 7.5)</remarks>
    public static SocketOption<int> TcpKeepCnt => field ?? Of(ref field, Tcp, nameof(TCP_KEEPCNT), static () => TCP_KEEPCNT, Int);

    /// <summary>The time after which an attempt to connect fails.</summary>
    /// <remarks>Whole seconds, rounded up; 75 seconds by default. (tcp(4))</remarks>
    public static SocketOption<TimeSpan> TcpKeepInit =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_KEEPINIT), static () => TCP_KEEPINIT, Seconds,
            on: OptionSystems.FreeBsd, instead: "TCP_SYNCNT");

    /// <summary>The time after which an attempt to connect fails.</summary>
    /// <remarks>Whole seconds, rounded up; zero (the default): the system's 75 seconds. (tcp(4))</remarks>
    public static SocketOption<TimeSpan> TcpConnectionTimeout =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_CONNECTIONTIMEOUT), static () => TCP_CONNECTIONTIMEOUT, Seconds,
            on: OptionSystems.MacOS, instead: "TCP_SYNCNT");

    /// <summary>How often <c>connect</c> retransmits its SYN before it fails, 1 to 127.</summary>
    /// <remarks>6 by default (net.ipv4.tcp_syn_retries): about two minutes. (tcp(7))</remarks>
    public static SocketOption<int> TcpSynCnt =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_SYNCNT), static () => TCP_SYNCNT, Int,
            on: OptionSystems.Linux, instead: "TCP_KEEPINIT or TCP_CONNECTIONTIMEOUT");

    /// <summary>How long sent data may stay unacknowledged before the connection is dropped with ETIMEDOUT.</summary>
    /// <remarks>Milliseconds, rounded up. Zero (the default): net.ipv4.tcp_retries2 decides, about 15 minutes. (tcp(7))</remarks>
    public static SocketOption<TimeSpan> TcpUserTimeout =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_USER_TIMEOUT), static () => TCP_USER_TIMEOUT, Milliseconds,
            on: OptionSystems.Linux, instead: "TCP_MAXUNACKTIME or TCP_RXT_CONNDROPTIME");

    /// <summary>How long the connection may make no progress before it is dropped.</summary>
    /// <remarks>Whole seconds, rounded up. Zero (the default): no additional limit. (tcp(4))</remarks>
    public static SocketOption<TimeSpan> TcpMaxUnackTime =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_MAXUNACKTIME), static () => TCP_MAXUNACKTIME, Seconds,
            on: OptionSystems.FreeBsd, instead: "TCP_USER_TIMEOUT");

    /// <summary>How long TCP retransmits before the connection is dropped.</summary>
    /// <remarks>Whole seconds, rounded up. Zero (the default): the system's limit. (tcp(4))</remarks>
    public static SocketOption<TimeSpan> TcpRxtConnDropTime =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_RXT_CONNDROPTIME), static () => TCP_RXT_CONNDROPTIME, Seconds,
            on: OptionSystems.MacOS, instead: "TCP_USER_TIMEOUT");

    /// <summary>Drops the connection after three unacknowledged transmissions of the FIN.</summary>
    /// <remarks>Off by default. (netinet/tcp.h)</remarks>
    public static SocketOption<bool> TcpRxtFinDrop =>
        field ?? Of(ref field, Tcp, nameof(TCP_RXT_FINDROP), static () => TCP_RXT_FINDROP, Flag, on: OptionSystems.MacOS);

    /// <summary>How long a closed connection waits in FIN_WAIT_2 for the peer's FIN; null: it does not wait.</summary>
    /// <remarks>
    /// Whole seconds, rounded up; 60 seconds by default (net.ipv4.tcp_fin_timeout), at most 2 minutes. Zero restores the default. (tcp(7);
    /// UNP 2.6)
    /// </remarks>
    public static SocketOption<TimeSpan?> TcpLinger2 =>
        field ?? Of(ref field, Tcp, nameof(TCP_LINGER2), static () => TCP_LINGER2, SecondsOrNone, on: OptionSystems.Linux);

    /// <summary>Treats a FIN of the peer as a reset.</summary>
    /// <remarks>Off by default. (tcp(4))</remarks>
    public static SocketOption<bool> TcpFinIsRst =>
        field ?? Of(ref field, Tcp, nameof(TCP_FIN_IS_RST), static () => TCP_FIN_IS_RST, Flag, on: OptionSystems.FreeBsd);

    /// <summary>A listener's <c>accept</c> returns a connection when its first data has arrived, or after about this time.</summary>
    /// <remarks>
    /// Whole seconds, rounded up. Linux rounds further up to the times at which it retransmits its SYN (1, 3, 7, 15... s) and reads back
    /// the result. Zero (the default): immediately. (tcp(7))
    /// </remarks>
    public static SocketOption<TimeSpan> TcpDeferAccept =>
        field ?? Of(ref field, Tcp, nameof(TCP_DEFER_ACCEPT), static () => TCP_DEFER_ACCEPT, Seconds, on: OptionSystems.Linux);

    /// <summary>The largest window that is announced to the peer.</summary>
    /// <remarks>Bytes. Linux reads back at least half of the smallest receive buffer. (tcp(7))</remarks>
    public static SocketOption<int> TcpWindowClamp =>
        field ?? Of(ref field, Tcp, nameof(TCP_WINDOW_CLAMP), static () => TCP_WINDOW_CLAMP, OptionForms.Bytes, on: OptionSystems.Linux);

    /// <summary>Acknowledges immediately. The kernel turns it off again automatically, so set it after each receive.</summary>
    /// <remarks>On at the start of most connections. (tcp(7))</remarks>
    public static SocketOption<bool> TcpQuickAck =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_QUICKACK), static () => TCP_QUICKACK, Flag,
            on: OptionSystems.Linux, instead: "TCP_DELACK or TCP_SENDMOREACKS");

    /// <summary>Whether acknowledgements may be delayed.</summary>
    /// <remarks>The default is net.inet.tcp.delayed_ack. (tcp(4))</remarks>
    public static SocketOption<bool> TcpDelAck =>
        field ?? Of(ref field, Tcp, nameof(TCP_DELACK), static () => TCP_DELACK, Flag, on: OptionSystems.FreeBsd, instead: "TCP_QUICKACK");

    /// <summary>Acknowledges every second segment.</summary>
    /// <remarks>Off by default. (tcp(4))</remarks>
    public static SocketOption<bool> TcpSendMoreAcks =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_SENDMOREACKS), static () => TCP_SENDMOREACKS, Flag,
            on: OptionSystems.MacOS, instead: "TCP_QUICKACK");

    /// <summary>Each receive returns, as ancillary data, the number of bytes still queued.</summary>
    /// <remarks>Linux 4.18. Off by default. (tcp(7))</remarks>
    public static SocketOption<bool> TcpInq =>
        field ?? Of(ref field, Tcp, nameof(TCP_INQ), static () => TCP_INQ, Flag, on: OptionSystems.Linux);

    /// <summary>The kernel's statistics of the connection: state, times, windows, counters.</summary>
    /// <remarks>Each system has its own structure, and older kernels have a shorter one. Missing values are 0. (tcp(7); UNP 7.9)</remarks>
    public static SocketOption<TcpInfo> TcpInfo =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_INFO), static () => Target.IsMacOS ? TCP_CONNECTION_INFO : TCP_INFO, Info,
            access: OptionAccess.ReadOnly, mac: nameof(TCP_CONNECTION_INFO));

    /// <summary>A listener keeps the headers of each SYN for <see cref="TcpSavedSyn"/>; 2: including the link-layer header.</summary>
    /// <remarks>0 by default. (tcp(7))</remarks>
    public static SocketOption<int> TcpSaveSyn =>
        field ?? Of(ref field, Tcp, nameof(TCP_SAVE_SYN), static () => TCP_SAVE_SYN, Int, on: OptionSystems.Linux);

    /// <summary>The headers of the SYN of this accepted connection. They can be read once.</summary>
    /// <remarks>Empty without <see cref="TcpSaveSyn"/>. (tcp(7))</remarks>
    public static SocketOption<byte[]> TcpSavedSyn =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_SAVED_SYN), static () => TCP_SAVED_SYN, PacketHeaders,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly);

    /// <summary>The current value of the clock for the timestamp option, in milliseconds.</summary>
    /// <remarks>Can be set only while the socket is under repair. (tcp(7))</remarks>
    public static SocketOption<uint> TcpTimestamp =>
        field ?? Of(ref field, Tcp, nameof(TCP_TIMESTAMP), static () => TCP_TIMESTAMP, UInt, on: OptionSystems.Linux);

    /// <summary>A listener accepts data in the SYN.</summary>
    /// <remarks>
    /// Linux: the maximum number of such pending connections. 0 (the default) accepts none, and net.ipv4.tcp_fastopen must contain bit 2.
    /// The BSDs: 1 on, 0 off; on FreeBSD a client sets it too. (tcp(7), RFC 7413)
    /// </remarks>
    public static SocketOption<int> TcpFastOpen => field ?? Of(ref field, Tcp, nameof(TCP_FASTOPEN), static () => TCP_FASTOPEN, Int);

    /// <summary><c>connect</c> returns immediately, and the first data is sent with the SYN.</summary>
    /// <remarks>Linux 4.11. Off by default. (tcp(7), RFC 7413)</remarks>
    public static SocketOption<bool> TcpFastOpenConnect =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_FASTOPEN_CONNECT), static () => TCP_FASTOPEN_CONNECT, Flag,
            on: OptionSystems.Linux, instead: "TCP_FASTOPEN");

    /// <summary>The key for a listener's cookies: 16 bytes, or 32 with the previous key.</summary>
    /// <remarks>The default is the system's key (net.ipv4.tcp_fastopen_key); empty: there is none yet. (tcp(7), RFC 7413)</remarks>
    public static SocketOption<byte[]> TcpFastOpenKey =>
        field ?? Of(ref field, Tcp, nameof(TCP_FASTOPEN_KEY), static () => TCP_FASTOPEN_KEY, FastOpenKey, on: OptionSystems.Linux);

    /// <summary>Neither requests nor sends a fast-open cookie.</summary>
    /// <remarks>Off by default. (tcp(7), RFC 7413)</remarks>
    public static SocketOption<bool> TcpFastOpenNoCookie =>
        field ?? Of(ref field, Tcp, nameof(TCP_FASTOPEN_NO_COOKIE), static () => TCP_FASTOPEN_NO_COOKIE, Flag, on: OptionSystems.Linux);

    /// <summary>The name of a protocol that the kernel runs on top of the connection: "tls".</summary>
    /// <remarks>Empty by default; the kernel module must be loaded. (tcp(7), the kernel's tls.rst)</remarks>
    public static SocketOption<string> TcpUlp =>
        field ?? Of(ref field, Tcp, nameof(TCP_ULP), static () => TCP_ULP, AlgorithmName, on: OptionSystems.Linux);

    /// <summary>The peer's UDP port, in network order, if the connection is tunnelled in UDP datagrams.</summary>
    /// <remarks>0 (the default): no tunnel. (tcp(4))</remarks>
    public static SocketOption<int> TcpRemoteUdpEncapsPort =>
        field ?? Of(
            ref field, Tcp, nameof(TCP_REMOTE_UDP_ENCAPS_PORT), static () => TCP_REMOTE_UDP_ENCAPS_PORT, Int,
            on: OptionSystems.FreeBsd);

    /// <summary>With few segments in flight, the first retransmissions follow at equal intervals instead of growing ones.</summary>
    /// <remarks>Off by default. Useful for games and terminals. (tcp(7))</remarks>
    public static SocketOption<bool> TcpThinLinearTimeouts =>
        field ?? Of(ref field, Tcp, nameof(TCP_THIN_LINEAR_TIMEOUTS), static () => TCP_THIN_LINEAR_TIMEOUTS, Flag, on: OptionSystems.Linux);

    /// <summary>With few segments in flight, TCP retransmitted after the first duplicate acknowledgement.</summary>
    /// <remarks>Off by default; has no effect since Linux 4.11. (tcp(7))</remarks>
    public static SocketOption<bool> TcpThinDupAck =>
        field ?? Of(ref field, Tcp, nameof(TCP_THIN_DUPACK), static () => TCP_THIN_DUPACK, Flag, on: OptionSystems.Linux);
}
