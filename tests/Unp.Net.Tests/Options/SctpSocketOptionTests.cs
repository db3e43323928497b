namespace Unp.Net.Tests.Options;

/// <summary>Tests that SCTP's options of real sockets read back as set.</summary>
[Trait("Kernel", "SCTP")]
public class SctpSocketOptionTests
{
    static TimeSpan Ms(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    static T SetAndGet<T>(SocketOption<T> option, T value)
    {
        using Fd fd = SctpSockets.New(SOCK_SEQPACKET);
        Setsockopt(fd, option, value);
        return Getsockopt(fd, option);
    }

    [Fact]
    public void Values_for_future_associations_read_back()
    {
        Assert.Equal(new SctpRtoInfo(Ms(500), Ms(5000), Ms(250)), SetAndGet(SocketOptions.SctpRtoInfo, new(Ms(500), Ms(5000), Ms(250))));
        Assert.Equal(Ms(7000), SetAndGet(SocketOptions.SctpAssocInfo, new(4, Ms(7000))).CookieLife);
        Assert.Equal(new SctpInitMsg(20, 30, 4, Ms(6000)), SetAndGet(SocketOptions.SctpInitMsg, new(20, 30, 4, Ms(6000))));
        Assert.Equal(new SctpAssocValue(7), SetAndGet(SocketOptions.SctpMaxBurst, new(7)));
        Assert.Equal(new SctpAssocValue(700), SetAndGet(SocketOptions.SctpMaxSeg, new(700)));
        Assert.Equal(TimeSpan.FromSeconds(3), SetAndGet(SocketOptions.SctpAutoClose, Ms(2001)));
        Assert.Equal(5u, SetAndGet(SocketOptions.SctpAdaptationLayer, 5u));
        Assert.True(SetAndGet(SocketOptions.SctpNoDelay, true));
        Assert.True(SetAndGet(SocketOptions.SctpDisableFragments, true));
        Assert.False(SetAndGet(SocketOptions.SctpIWantMappedV4Addr, false));
        SctpDefaultSendParam param = new(3, SctpSendModes.Unordered, 46, 5, Ms(900));
        Assert.Equal(param, SetAndGet(SocketOptions.SctpDefaultSendParam, param));
    }

    [Fact]
    public void Events_are_those_set_last()
    {
        using Fd fd = SctpSockets.New(SOCK_SEQPACKET);
        Assert.Equal(SctpEvents.None, Getsockopt(fd, SocketOptions.SctpEvents));
        bool hasSendFailureEvent = Environment.OSVersion.Version >= new Version(5, 5);
        SctpEvents[] all = [.. Enum.GetValues<SctpEvents>().Where(e => e != SctpEvents.SendFailureEvent || hasSendFailureEvent)];
        SctpEvents together = all.Aggregate((one, other) => one | other);
        foreach (SctpEvents events in (SctpEvents[])[.. all, together, SctpEvents.DataIo | SctpEvents.Association, SctpEvents.None])
        {
            Setsockopt(fd, SocketOptions.SctpEvents, events);
            Assert.Equal(events, Getsockopt(fd, SocketOptions.SctpEvents));
        }
    }

    [Fact]
    public void Event_sends_notification()
    {
        using Fd listener = SctpSockets.Listener();
        Setsockopt(listener, SocketOptions.SctpEvents, SctpEvents.Association);
        using Fd client = SctpSockets.ConnectedTo(listener);
        byte[] notification = new byte[256];
        Assert.InRange(Read(listener, notification), 20, 256);
        int id = Assert.Single(SctpSockets.Associations(listener, 1));
        Assert.Equal(id, BitConverter.ToInt32(notification, 16)); // sac_assoc_id
    }

    [Fact]
    public void Address_parameters_read_back()
    {
        using Fd listener = SctpSockets.Listener();
        using Fd client = SctpSockets.ConnectedTo(listener);
        SockAddr peer = Getpeername(client);
        SctpPeerAddrParams toCome = Getsockopt(client, SocketOptions.SctpPeerAddrParams);
        Assert.Equal((true, true, true), (toCome.Heartbeat, toCome.PathMtuDiscovery, toCome.DelayedSack));
        Assert.Equal(TimeSpan.FromSeconds(30), toCome.HeartbeatInterval);
        Assert.Equal((5, Ms(200)), (toCome.PathMaxRetransmits, toCome.SackDelay));

        foreach (TimeSpan interval in (TimeSpan[])[Ms(5000), TimeSpan.Zero])
        {
            SctpPeerAddrParams wanted = new(peer) { HeartbeatInterval = interval };
            Assert.Equal((true, interval), SetAndGet(wanted, value => (value.Heartbeat, value.HeartbeatInterval)));
        }
        Assert.Equal(false, SetAndGet(new(peer) { Heartbeat = false }, value => value.Heartbeat));
        Assert.Equal((false, 1400u), SetAndGet(new(peer) { PathMtu = 1400 }, value => (value.PathMtuDiscovery, value.PathMtu)));
        Assert.Equal(true, SetAndGet(new(peer) { PathMtuDiscovery = true }, value => value.PathMtuDiscovery));
        Assert.Equal((true, Ms(100)), SetAndGet(new(peer) { SackDelay = Ms(100) }, value => (value.DelayedSack, value.SackDelay)));
        Assert.Equal(false, SetAndGet(new(peer) { DelayedSack = false }, value => value.DelayedSack));
        Assert.Equal(3, SetAndGet(new(peer) { PathMaxRetransmits = 3 }, value => value.PathMaxRetransmits));
        Assert.Equal((byte)0xB8, SetAndGet(new(peer) { Dscp = 0xB8 }, value => value.Dscp));
        Assert.Equal(peer, SetAndGet(new(peer) { HeartbeatNow = true }, value => value.Address));
        Assert.Equal(Ms(7000), SetAndGet(new(default) { HeartbeatInterval = Ms(7000) }, value => value.HeartbeatInterval));

        T SetAndGet<T>(SctpPeerAddrParams value, Func<SctpPeerAddrParams, T> field)
        {
            Setsockopt(client, SocketOptions.SctpPeerAddrParams, value);
            return field(Getsockopt(client, SocketOptions.SctpPeerAddrParams, value));
        }
    }

    [Fact]
    public void Flow_label_of_address_reads_back()
    {
        using Fd listener = SctpSockets.Listener(AF_INET6);
        using Fd client = SctpSockets.ConnectedTo(listener);
        SctpPeerAddrParams value = new(Getpeername(client)) { Ipv6FlowLabel = 0x12345 };
        Setsockopt(client, SocketOptions.SctpPeerAddrParams, value);
        Assert.Equal(0x12345u, Getsockopt(client, SocketOptions.SctpPeerAddrParams, value).Ipv6FlowLabel);
    }

    [Fact]
    public void Questions_do_not_allocate()
    {
        using Fd listener = SctpSockets.Listener();
        using Fd client = SctpSockets.ConnectedTo(listener);
        SockAddr peer = Getpeername(client);
        void Use()
        {
            _ = Getsockopt(client, SocketOptions.SctpStatus);
            _ = Getsockopt(client, SocketOptions.SctpGetPeerAddrInfo, new SctpPeerAddrInfo(peer));
            Setsockopt(client, SocketOptions.SctpPrimaryAddr, Getsockopt(client, SocketOptions.SctpPrimaryAddr));
            SctpPeerAddrParams parameters = Getsockopt(client, SocketOptions.SctpPeerAddrParams, new SctpPeerAddrParams(peer));
            Setsockopt(client, SocketOptions.SctpPeerAddrParams, parameters);
            Setsockopt(client, SocketOptions.SctpEvents, Getsockopt(client, SocketOptions.SctpEvents));
            Setsockopt(client, SocketOptions.SctpDefaultSendParam, Getsockopt(client, SocketOptions.SctpDefaultSendParam));
        }

        AllocationCheck.AssertFree("SCTP's questions", Use);
    }
}
