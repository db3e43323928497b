using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Options;

/// <summary>Tests SCTP's structures as bytes, because few kernels have SCTP.</summary>
public class SctpOptionTests
{
    static readonly SockAddr Peer = new(System.Net.IPAddress.Parse("192.0.2.7"), 0x1234);

    /// <summary><see cref="Peer"/> as a sockaddr_in of Linux.</summary>
    static readonly byte[] PeerBytes = [2, 0, 0x12, 0x34, 192, 0, 2, 7];

    static byte[] Encode<T>(SocketOption<T> option, T value)
    {
        byte[] bytes = new byte[option.Size];
        Assert.Equal(bytes.Length, option.Encode(value, bytes));
        return bytes;
    }

    static byte[] Ask<T>(SocketOption<T> option, T question)
    {
        byte[] bytes = new byte[option.Size];
        option.Ask(question, bytes);
        return bytes;
    }

    static void ComesBack<T>(SocketOption<T> option, T value) => Assert.Equal(value, option.Decode(Encode(option, value)));

    /// <summary>Returns zeros of the given length with some bytes replaced.</summary>
    static byte[] Zeros(int length, params (int At, byte[] Bytes)[] parts)
    {
        byte[] bytes = new byte[length];
        foreach (var (at, part) in parts)
            part.CopyTo(bytes, at);
        return bytes;
    }

    static byte[] Number(int number) => BitConverter.GetBytes(number);

    [Fact]
    public void Values_read_back()
    {
        ComesBack(SocketOptions.SctpInitMsg, new SctpInitMsg(20, 30, 4, TimeSpan.FromSeconds(60)));
        ComesBack(
            SocketOptions.SctpRtoInfo,
            new SctpRtoInfo(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1)) { AssociationId = 7 });
        ComesBack(SocketOptions.SctpAssocInfo, new SctpAssocInfo(10, TimeSpan.FromSeconds(60)) { AssociationId = 7 });
        ComesBack(SocketOptions.SctpMaxBurst, new SctpAssocValue(4, 7));
        ComesBack(SocketOptions.SctpPrimaryAddr, new SctpPrimaryAddr(Peer, 7));
        ComesBack(SocketOptions.SctpPrimaryAddr, new SctpPrimaryAddr(SockAddr.Loopback(AF_INET6, 9), -1));
        ComesBack(SocketOptions.SctpPrimaryAddr, default);
        ComesBack(
            SocketOptions.SctpDefaultSendParam,
            new SctpDefaultSendParam(5, SctpSendModes.Unordered | SctpSendModes.Eof, 46, 0xFFFFFFFF, TimeSpan.FromSeconds(2), 7));
        ComesBack(SocketOptions.SctpEvents, SctpEvents.DataIo | SctpEvents.SenderDry | SctpEvents.SendFailureEvent);
        ComesBack(SocketOptions.SctpPeerAddrParams, new SctpPeerAddrParams(Peer, 7)
        {
            Heartbeat = true,
            HeartbeatInterval = TimeSpan.FromSeconds(5),
            PathMaxRetransmits = 3,
            PathMtuDiscovery = false,
            PathMtu = 1400,
            DelayedSack = true,
            SackDelay = TimeSpan.FromSeconds(0.1),
            Ipv6FlowLabel = 0xFFFFF,
            Dscp = 0xB8,
        });
    }

    [Fact]
    public void Bytes_equal_those_of_C()
    {
        Assert.Equal([20, 0, 0, 0, 0, 0, 1, 0], Encode(SocketOptions.SctpInitMsg, new SctpInitMsg(20, MaxTimeout: TimeSpan.FromTicks(1))));
        Assert.Equal([7, 0, 0, 0, 5, 0, 0, 0], Encode(SocketOptions.SctpMaxSeg, new(5, 7)));
        Assert.Equal(Zeros(132, (0, [7]), (4, PeerBytes)), Encode(SocketOptions.SctpPrimaryAddr, new(Peer, 7)));
        Assert.Equal(Zeros(132, (0, [7]), (4, PeerBytes)), Encode(SocketOptions.SctpSetPeerPrimaryAddr, new(Peer, 7)));
        Assert.Equal(
            [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            Encode(SocketOptions.SctpEvents, SctpEvents.DataIo | SctpEvents.Address | SctpEvents.SendFailureEvent));
        Assert.Equal(
            Zeros(32, (0, [3]), (4, [1]), (8, [0, 0, 0, 46]), (12, [4]), (16, [5]), (28, [7])),
            Encode(SocketOptions.SctpDefaultSendParam, new(3, SctpSendModes.Unordered, 46, 4, TimeSpan.FromMilliseconds(5), 7)));
        Assert.Equal(
            Zeros(
                156, (0, [7]), (4, PeerBytes), (132, Number(1000)), (136, [3]), (138, Number(1400)), (142, Number(100)),
                (146, Number(SPP_HB_ENABLE | SPP_HB_DEMAND | SPP_PMTUD_DISABLE | SPP_SACKDELAY_ENABLE | SPP_IPV6_FLOWLABEL | SPP_DSCP)),
                (150, [9]), (154, [4])),
            Encode(SocketOptions.SctpPeerAddrParams, new(Peer, 7)
            {
                HeartbeatNow = true,
                HeartbeatInterval = TimeSpan.FromSeconds(1),
                PathMaxRetransmits = 3,
                PathMtu = 1400,
                SackDelay = TimeSpan.FromSeconds(0.1),
                Ipv6FlowLabel = 9,
                Dscp = 4,
            }));
    }

    [Fact]
    public void Question_contains_only_association_and_address()
    {
        Assert.Equal([7, 0, 0, 0, 0, 0, 0, 0], Ask(SocketOptions.SctpMaxSeg, new(5, 7)));
        Assert.Equal(Zeros(16, (0, [7])), Ask(SocketOptions.SctpRtoInfo, new(TimeSpan.FromSeconds(1)) { AssociationId = 7 }));
        Assert.Equal(Zeros(20, (0, [7])), Ask(SocketOptions.SctpAssocInfo, new(1) { AssociationId = 7 }));
        Assert.Equal(Zeros(32, (28, [7])), Ask(SocketOptions.SctpDefaultSendParam, new(1, AssociationId: 7)));
        Assert.Equal(Zeros(132, (0, [7]), (4, PeerBytes)), Ask(SocketOptions.SctpPrimaryAddr, new(Peer, 7)));
        Assert.Equal(Zeros(152, (0, [7]), (4, PeerBytes)), Ask(SocketOptions.SctpGetPeerAddrInfo, new(Peer, 7) { PathMtu = 1500 }));
        Assert.Equal(
            Zeros(156, (0, [7]), (4, PeerBytes)),
            Ask(SocketOptions.SctpPeerAddrParams, new(Peer, 7) { Heartbeat = true, PathMtu = 1500 }));
        Assert.Equal(Zeros(176, (0, [7])), Ask(SocketOptions.SctpStatus, new() { AssociationId = 7, InStreams = 3 }));
    }

    [Fact]
    public void Status_is_read_field_by_field()
    {
        byte[] status = Zeros(
            176, (0, [7]), (4, Number(SCTP_ESTABLISHED)), (8, [1]), (12, [2]), (14, [3]), (16, [4]), (18, [5]), (20, [6]),
            (24, [8]), (28, PeerBytes), (156, Number(SCTP_ACTIVE)), (160, [9]), (164, [10]), (168, [11]), (172, [12]));
        Assert.Equal(
            new SctpStatus
            {
                AssociationId = 7,
                State = SctpState.Established,
                PeerWindow = 1,
                UnacknowledgedData = 2,
                PendingData = 3,
                InStreams = 4,
                OutStreams = 5,
                FragmentationPoint = 6,
                Primary = new(Peer, 8)
                {
                    State = SctpPathState.Active,
                    CongestionWindow = 9,
                    SmoothedRtt = TimeSpan.FromMilliseconds(10L),
                    RetransmissionTimeout = TimeSpan.FromMilliseconds(11L),
                    PathMtu = 12,
                },
            },
            SocketOptions.SctpStatus.Decode(status));
        Assert.Equal(SocketOptions.SctpStatus.Decode(status).Primary, SocketOptions.SctpGetPeerAddrInfo.Decode(status.AsSpan(24)));
    }

    [Fact]
    public void States_have_numbers_of_system()
    {
        SctpState[] ofLinux =
        [
            SctpState.Closed, SctpState.Closed, SctpState.CookieWait, SctpState.CookieEchoed, SctpState.Established,
            SctpState.ShutdownPending, SctpState.ShutdownSent, SctpState.ShutdownReceived, SctpState.ShutdownAckSent,
        ];
        Assert.Equal(ofLinux, Enumerable.Range(SCTP_EMPTY, 9).Select(SctpStates.Of));
        Assert.Equal(
            [
                SctpPathState.Inactive, SctpPathState.PotentiallyFailed, SctpPathState.Active, SctpPathState.Unconfirmed,
                SctpPathState.Unknown,
            ],
            new[] { SCTP_INACTIVE, SCTP_PF, SCTP_ACTIVE, SCTP_UNCONFIRMED, SCTP_UNKNOWN }.Select(SctpStates.OfPath));
    }

    [Fact]
    public void Send_modes_have_bits_of_system()
    {
        (SctpSendModes Mode, int Bit)[] pairs =
        [
            (SctpSendModes.Unordered, SCTP_UNORDERED), (SctpSendModes.AddressOverride, SCTP_ADDR_OVER), (SctpSendModes.Abort, SCTP_ABORT),
            (SctpSendModes.Eof, SCTP_EOF), (SctpSendModes.SendAll, SCTP_SENDALL), (SctpSendModes.SackImmediately, SCTP_SACK_IMMEDIATELY),
        ];
        Assert.Equal(Enum.GetValues<SctpSendModes>(), [SctpSendModes.None, .. pairs.Select(pair => pair.Mode)]);
        Assert.All(pairs, pair => Assert.Equal((pair.Bit, pair.Mode), (SctpSendMode.Number(pair.Mode), SctpSendMode.Of(pair.Bit))));
    }

    [Fact]
    public void Number_sets_its_flag_unless_flag_is_explicit()
    {
        static int Flags(SctpPeerAddrParams value) => MemoryMarshal.Read<int>(Encode(SocketOptions.SctpPeerAddrParams, value).AsSpan(146));
        Assert.Equal(0, Flags(new(Peer) { PathMaxRetransmits = 1 }));
        Assert.Equal(SPP_HB_ENABLE | SPP_HB_TIME_IS_ZERO, Flags(new(Peer) { HeartbeatInterval = TimeSpan.Zero }));
        Assert.Equal(SPP_HB_DISABLE, Flags(new(Peer) { Heartbeat = false, HeartbeatInterval = TimeSpan.Zero }));
        Assert.Equal(SPP_PMTUD_ENABLE, Flags(new(Peer) { PathMtuDiscovery = true, PathMtu = 1500 }));
        Assert.Equal(SPP_SACKDELAY_DISABLE, Flags(new(Peer) { DelayedSack = false, SackDelay = TimeSpan.FromSeconds(0.2) }));
    }

    [Theory]
    [InlineData((SctpEvents)0x3FFF, 14, 14)]
    [InlineData(SctpEvents.Association, 14, 14)]
    [InlineData(SctpEvents.Association, 10, 10)]
    [InlineData(SctpEvents.StreamReset, 10, 11)]
    [InlineData(SctpEvents.None, 10, 10)]
    public void Length_covers_known_and_requested_events(SctpEvents events, int known, int length) =>
        Assert.Equal(length, SocketOptions.SctpEvents.LengthFor(Encode(SocketOptions.SctpEvents, events), known));

    [Fact]
    public void Shorter_answer_of_older_kernel_is_read() =>
        Assert.Equal(SctpEvents.DataIo | SctpEvents.SenderDry, SocketOptions.SctpEvents.Decode([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]));

    [Fact]
    public void Unknown_event_is_argument_error() => Assert.Equal(
        "SCTP_EVENTS does not support 16384 on Linux. (Parameter 'value')",
        Assert.Throws<ArgumentException>(() => Encode(SocketOptions.SctpEvents, (SctpEvents)(1 << 14 | 1))).Message);

    [Fact]
    public void Address_of_other_family_is_argument_error()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        SockAddr path = SockAddr.Unix("/tmp/x");
        Assert.Equal(
            "SCTP_PRIMARY_ADDR takes an IPv4 or IPv6 address, not /tmp/x. (Parameter 'value')",
            Assert.Throws<ArgumentException>(() => Setsockopt(fd, SocketOptions.SctpPrimaryAddr, new(path))).Message);
        Assert.Equal(
            "SCTP_GET_PEER_ADDR_INFO takes an IPv4 or IPv6 address, not /tmp/x. (Parameter 'value')",
            Assert.Throws<ArgumentException>(() => Getsockopt(fd, SocketOptions.SctpGetPeerAddrInfo, new SctpPeerAddrInfo(path))).Message);
    }

    [Fact]
    public void Too_long_time_is_out_of_range()
    {
        Assert.StartsWith(
            "SCTP_INITMSG takes 0 to 65535 milliseconds.",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => Encode(SocketOptions.SctpInitMsg, new(1, MaxTimeout: TimeSpan.FromSeconds(66)))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "SCTP_PEER_ADDR_PARAMS takes 0 to 2147483647 milliseconds.",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => Encode(SocketOptions.SctpPeerAddrParams, new(Peer) { HeartbeatInterval = Timeout.InfiniteTimeSpan })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_only_and_write_only_options_throw()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(
            "SCTP_STATUS can only be read, not set.",
            Assert.Throws<InvalidOperationException>(() => Setsockopt(fd, SocketOptions.SctpStatus, default)).Message);
        Assert.Equal(
            "SCTP_GET_PEER_ADDR_INFO can only be read, not set.",
            Assert.Throws<InvalidOperationException>(() => Setsockopt(fd, SocketOptions.SctpGetPeerAddrInfo, default)).Message);
        Assert.Equal(
            "SCTP_SET_PEER_PRIMARY_ADDR can only be set, not read.",
            Assert.Throws<InvalidOperationException>(
                () => Getsockopt(fd, SocketOptions.SctpSetPeerPrimaryAddr, new SctpPrimaryAddr(Peer))).Message);
    }

    [Fact]
    public void Error_of_question_contains_association_and_address()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Refused("SCTP_STATUS of association 7", () => Getsockopt(fd, SocketOptions.SctpStatus, new SctpStatus { AssociationId = 7 }));
        Refused(
            "SCTP_GET_PEER_ADDR_INFO of association 0, 192.0.2.7:4660",
            () => Getsockopt(fd, SocketOptions.SctpGetPeerAddrInfo, new SctpPeerAddrInfo(Peer)));
        Refused("SCTP_STATUS", () => Getsockopt(fd, SocketOptions.SctpStatus));

        // TCP fails with ENOPROTOOPT or EOPNOTSUPP, depending on the kernel version.
        static void Refused(string what, Func<object> get)
        {
            var error = Assert.Throws<UnpException>(get);
            Assert.Equal($"getsockopt error: {error.Errno.Message} ({what})", error.Message);
        }
    }
}
