using System.Diagnostics.CodeAnalysis;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The socket options, each as one typed value (UNP chapter 7): <c>Setsockopt(fd, SocketOptions.ReuseAddr, true)</c>,
/// <c>TimeSpan t = Getsockopt(fd, SocketOptions.RcvTimeo)</c>.
/// </summary>
/// <remarks>
/// <para>A property has the C name in Pascal case. The prefix <c>SO_</c> is omitted because such an option applies to any socket:
/// SO_RCVBUF is <see cref="RcvBuf"/>. The prefix of a protocol stays: IP_TTL is <see cref="IpTtl"/>, TCP_NODELAY is
/// <see cref="TcpNoDelay"/>.</para>
/// <para>The type of the value expresses its meaning: bool, a number, TimeSpan for a time in any unit, null for off. Statements about
/// Linux,
/// defaults and privileges apply to current kernels. The property of an option that this system lacks exists, and its
/// <see cref="SocketOption.IsSupported"/> is false. Using the option throws <see cref="PlatformNotSupportedException"/> with its
/// name.</para>
/// <para>Options without a property (packet filters, IPsec policies, TCP under repair...) are set by level, number and bytes:
/// <see cref="Libunp.Setsockopt(System.Runtime.InteropServices.SafeHandle, int, int, ReadOnlySpan{byte})"/>.</para>
/// </remarks>
public static partial class SocketOptions
{
    static readonly OptionLevel Socket = new(nameof(SOL_SOCKET), static () => SOL_SOCKET);
    static readonly OptionLevel Local = new(nameof(SOL_LOCAL), static () => SOL_LOCAL);
    static readonly OptionLevel Ip = new(nameof(IPPROTO_IP), static () => IPPROTO_IP);
    static readonly OptionLevel Ipv6 = new(nameof(IPPROTO_IPV6), static () => IPPROTO_IPV6);
    static readonly OptionLevel IpOrIpv6 = new($"{nameof(IPPROTO_IP)} or {nameof(IPPROTO_IPV6)}", static () => IPPROTO_IP);
    static readonly OptionLevel Icmpv6 = new(nameof(IPPROTO_ICMPV6), static () => IPPROTO_ICMPV6);
    static readonly OptionLevel Raw = new(nameof(SOL_RAW), static () => SOL_RAW);
    static readonly OptionLevel Tcp = new(nameof(IPPROTO_TCP), static () => IPPROTO_TCP);
    static readonly OptionLevel Mptcp = new(nameof(SOL_MPTCP), static () => SOL_MPTCP);
    static readonly OptionLevel Udp = new(nameof(IPPROTO_UDP), static () => IPPROTO_UDP);
    static readonly OptionLevel Sctp = new(nameof(IPPROTO_SCTP), static () => IPPROTO_SCTP);

    /// <summary>
    /// Gets all options, including those that this system lacks, in this order: any socket, Unix sockets, IPv4, IPv6, multicast, TCP,
    /// MPTCP, UDP, SCTP. In each group the options of the book come first (figures 7.1 and 7.2).
    /// </summary>
    public static IReadOnlyList<SocketOption> All => field ??=
    [
        Broadcast, Debug, DontRoute, Error, KeepAlive, Linger, OobInline, RcvBuf, SndBuf, RcvLowat, SndLowat, RcvTimeo, SndTimeo,
        ReuseAddr, ReusePort, Type, UseLoopback, AcceptConn, Domain, Protocol, Timestamp, NoSigPipe, MaxPacingRate, TimestampNs,
        Timestamping, BindToDevice, BindToIfIndex, Mark, RcvMark, Priority, RcvPriority, RcvBufForce, SndBufForce, BufLock,
        ReserveMem, IncomingCpu, IncomingNapiId, BusyPoll, PreferBusyPoll, BusyPollBudget, ZeroCopy, Cookie, NetnsCookie, PeerCred,
        PassCred, PassSec, PassPidFd, PassRights, Inq, TxTime, PeekOff, RxqOvfl, SelectErrQueue, WifiStatus, NoCheck, LockFilter, TxRehash,
        ReusePortLb, SetFib, UserCookie, ListenQLimit, ListenQLen, ListenIncQLen, BinTime, TsClock, RError, NRead, NWrite,
        NumRcvPkt, RandomPort, ReuseShareUid, NetServiceType, LocalPeerCred, LocalPeerPid, LocalPeerEPid, LocalCreds,
        LocalCredsPersistent, LocalConnWait, IpHdrIncl, IpOptions, IpRecvDstAddr, IpRecvIf, IpTos, IpTtl,
        IpPktInfo, IpRecvOpts, IpRecvRetOpts, IpRecvTtl, IpRecvTos, IpRecvOrigDstAddr, IpRecvFragSize, IpRecvErr, IpRecvErrRfc4884,
        IpChecksum, IpMtu, IpMtuDiscover, IpDontFrag, IpNoDefrag, IpFreeBind, IpTransparent, IpBindAny, IpBindAddressNoPort,
        IpLocalPortRange, IpPortRange, IpMinTtl, IpRouterAlert, IpUnicastIf, IpBoundIf, IpStripHdr, IpOnesBcast, IpPassSec,
        IpVlanPcp, IcmpFilter, Icmp6Filter, Ipv6Checksum, Ipv6DontFrag, Ipv6NextHop, Ipv6PathMtu, Ipv6RecvDstOpts, Ipv6RecvHopLimit,
        Ipv6RecvHopOpts, Ipv6RecvPathMtu, Ipv6RecvPktInfo, Ipv6RecvRthdr, Ipv6RecvTClass, Ipv6UnicastHops, Ipv6UseMinMtu,
        Ipv6V6Only, Ipv6HopOpts, Ipv6DstOpts, Ipv6RthdrDstOpts, Ipv6Rthdr, Ipv6TClass, Ipv6Mtu, Ipv6MtuDiscover, Ipv6RecvErr,
        Ipv6RecvErrRfc4884, Ipv6RecvOrigDstAddr, Ipv6RecvFragSize, Ipv6MinHopCount, Ipv6FreeBind, Ipv6Transparent, Ipv6BindAny,
        Ipv6UnicastIf, Ipv6BoundIf, Ipv6PortRange, Ipv6AddrPreferences, Ipv6PreferTempAddr, Ipv6AutoFlowLabel, Ipv6FlowInfo,
        Ipv6FlowInfoSend, Ipv6RouterAlert, Ipv6RouterAlertIsolate, Ipv6HdrIncl, Ipv6VlanPcp, IpMulticastIf, IpMulticastTtl,
        IpMulticastLoop, IpAddMembership, IpDropMembership, IpBlockSource, IpUnblockSource, IpAddSourceMembership,
        IpDropSourceMembership, Ipv6MulticastIf, Ipv6MulticastHops, Ipv6MulticastLoop, Ipv6JoinGroup, Ipv6LeaveGroup,
        McastJoinGroup, McastLeaveGroup, McastBlockSource, McastUnblockSource, McastJoinSourceGroup, McastLeaveSourceGroup,
        IpMulticastAll, Ipv6MulticastAll, TcpMaxSeg, TcpNoDelay, TcpCork, TcpNoPush, TcpNoOpt, TcpNotSentLowat, TcpTxDelay,
        TcpCongestion, TcpEnableEcn, TcpKeepIdle, TcpKeepIntvl, TcpKeepCnt, TcpKeepInit, TcpConnectionTimeout, TcpSynCnt,
        TcpUserTimeout, TcpMaxUnackTime, TcpRxtConnDropTime, TcpRxtFinDrop, TcpLinger2, TcpFinIsRst, TcpDeferAccept, TcpWindowClamp,
        TcpQuickAck, TcpDelAck, TcpSendMoreAcks, TcpInq, TcpInfo, TcpSaveSyn, TcpSavedSyn, TcpTimestamp, TcpFastOpen,
        TcpFastOpenConnect, TcpFastOpenKey, TcpFastOpenNoCookie, TcpUlp, TcpRemoteUdpEncapsPort, TcpThinLinearTimeouts,
        TcpThinDupAck, MptcpInfo, UdpCork, UdpSegment, UdpGro, UdpNoCheck6Tx, UdpNoCheck6Rx, UdpNoCkSum, UdpEncap,
        SctpAdaptationLayer, SctpAssocInfo, SctpAutoClose, SctpDefaultSendParam, SctpDisableFragments, SctpEvents,
        SctpGetPeerAddrInfo, SctpIWantMappedV4Addr, SctpInitMsg, SctpMaxBurst, SctpMaxSeg, SctpNoDelay, SctpPeerAddrParams,
        SctpPrimaryAddr, SctpRtoInfo, SctpSetPeerPrimaryAddr, SctpStatus,
    ];

    /// <summary>Creates an option on first use, because a program uses few of them.</summary>
    static SocketOption<T> Of<T>(
        [NotNull] ref SocketOption<T>? property,
        OptionLevel level,
        string name,
        Func<int> number,
        OptionForm<T> form,
        OptionSystems on = OptionSystems.All,
        OptionAccess access = OptionAccess.ReadWrite,
        string? mac = null,
        string? instead = null)
    {
        var option = new SocketOption<T>(new(level, name, number, on, access, mac, instead), form);
        return Interlocked.CompareExchange(ref property, option, null) ?? option;
    }
}
