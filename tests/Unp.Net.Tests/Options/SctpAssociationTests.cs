namespace Unp.Net.Tests.Options;

/// <summary>Tests options of associations and addresses with real associations.</summary>
[Trait("Kernel", "SCTP")]
public class SctpAssociationTests
{
    static TimeSpan Ms(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Fact]
    public void Status_of_only_association_needs_no_question()
    {
        using Fd listener = SctpSockets.Listener();
        using Fd client = SctpSockets.ConnectedTo(listener);
        SctpStatus status = Getsockopt(client, SocketOptions.SctpStatus);
        Assert.Equal(SctpState.Established, status.State);
        Assert.NotEqual(0, status.AssociationId);
        Assert.Equal((10, 10), (status.InStreams, status.OutStreams));
        Assert.InRange(status.PeerWindow, 1500u, uint.MaxValue);
        Assert.InRange(status.FragmentationPoint, 512u, 65535u);
        Assert.Equal((0, 0), (status.UnacknowledgedData, status.PendingData));
        Assert.Equal(Getpeername(client), status.Primary.Address);
        Assert.Equal(status.AssociationId, status.Primary.AssociationId);
        Assert.Equal(SctpPathState.Active, status.Primary.State);
        Assert.InRange(status.Primary.PathMtu, 512u, 65536u);
        Assert.InRange(status.Primary.CongestionWindow, 1500u, uint.MaxValue);
        Assert.InRange(status.Primary.RetransmissionTimeout, Ms(1), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Status_of_each_association_is_read_by_id(bool isIpv6)
    {
        int family = isIpv6 ? AF_INET6 : AF_INET;
        using Fd listener = SctpSockets.Listener(family);
        using Fd first = SctpSockets.ConnectedTo(listener);
        using Fd second = SctpSockets.ConnectedTo(listener);
        var statuses = SctpSockets.Associations(listener, 2).Select(StatusOf);
        Assert.Equal(
            [Getsockname(first).Port, Getsockname(second).Port],
            statuses.Select(status => status.Primary.Address.Port));
        byte[] loopback = SockAddr.Loopback(family).Address.GetAddressBytes(); // Linux adds the scope to ::1
        Assert.All(statuses, status => Assert.Equal(loopback, status.Primary.Address.Address.GetAddressBytes()));
        Assert.All(statuses, status => Assert.Equal(status, Getsockopt(listener, SocketOptions.SctpStatus, status)));
        Assert.Equal(
            "getsockopt error: Invalid argument (SCTP_STATUS of association 2147483647)",
            Assert.Throws<UnpException>(() => StatusOf(int.MaxValue)).Message);

        SctpStatus StatusOf(int id) => Getsockopt(listener, SocketOptions.SctpStatus, new SctpStatus { AssociationId = id });
    }

    [Fact]
    public void Setting_one_association_does_not_change_others()
    {
        using Fd listener = SctpSockets.Listener();
        using Fd first = SctpSockets.ConnectedTo(listener);
        using Fd second = SctpSockets.ConnectedTo(listener);
        int[] ids = SctpSockets.Associations(listener, 2);
        OnlyOne(SocketOptions.SctpRtoInfo, id => new(Ms(500), Ms(5000), Ms(250)) { AssociationId = id });
        OnlyOne(SocketOptions.SctpMaxBurst, id => new(7, id));
        OnlyOne(SocketOptions.SctpMaxSeg, id => new(700, id));
        OnlyOne(SocketOptions.SctpDefaultSendParam, id => new(3, SctpSendModes.Unordered, 46, 5, Ms(900), id));
        SctpAssocInfo before = Ask(SocketOptions.SctpAssocInfo, new(0) { AssociationId = ids[0] });
        Setsockopt(listener, SocketOptions.SctpAssocInfo, new(4, Ms(7000)) { AssociationId = ids[0] });
        Assert.Equal(before with { MaxRetransmits = 4, CookieLife = Ms(7000) }, Ask(SocketOptions.SctpAssocInfo, before));
        Assert.Equal(1, before.PeerDestinations);
        Assert.NotEqual(0u, before.PeerWindow);
        Assert.Equal(10, Ask(SocketOptions.SctpAssocInfo, new(0) { AssociationId = ids[1] }).MaxRetransmits);

        T Ask<T>(SocketOption<T> option, T question)
            where T : struct, ISctpQuestion => Getsockopt(listener, option, question);

        void OnlyOne<T>(SocketOption<T> option, Func<int, T> value)
            where T : struct, ISctpQuestion
        {
            T other = Ask(option, value(ids[1])), toCome = Getsockopt(listener, option);
            Setsockopt(listener, option, value(ids[0]));
            Assert.Equal(value(ids[0]), Ask(option, value(ids[0])));
            Assert.Equal(other, Ask(option, value(ids[1])));
            Assert.Equal(toCome, Getsockopt(listener, option));
            Assert.NotEqual(value(ids[1]), other);
        }
    }

    [Fact]
    public void Peer_address_info_is_read_by_address()
    {
        using Fd listener = SctpSockets.Listener(AF_INET, "127.0.0.2");
        using Fd client = SctpSockets.ConnectedTo(listener);
        SockAddr first = Getpeername(client), second = new(System.Net.IPAddress.Parse("127.0.0.2"), first.Port);
        Assert.NotEqual(second, first);
        Assert.Equal(second, Getsockopt(client, SocketOptions.SctpGetPeerAddrInfo, new SctpPeerAddrInfo(second)).Address);
        SctpPeerAddrInfo unknown = new(new(System.Net.IPAddress.Parse("127.0.0.3"), first.Port));
        SctpStatus status = Getsockopt(client, SocketOptions.SctpStatus);
        SctpPeerAddrInfo known = Getsockopt(client, SocketOptions.SctpGetPeerAddrInfo, new SctpPeerAddrInfo(first, status.AssociationId));
        Assert.Equal(status.Primary.State, known.State);
        Assert.Equal((first, status.AssociationId), (known.Address, known.AssociationId));
        Assert.Equal(
            $"getsockopt error: Invalid argument (SCTP_GET_PEER_ADDR_INFO of association 0, 127.0.0.3:{first.Port})",
            Assert.Throws<UnpException>(() => Getsockopt(client, SocketOptions.SctpGetPeerAddrInfo, unknown)).Message);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Getsockopt(client, SocketOptions.SctpGetPeerAddrInfo)).Errno);
    }

    [Fact]
    public void Primary_address_can_be_any_peer_address()
    {
        using Fd listener = SctpSockets.Listener(AF_INET, "127.0.0.2");
        using Fd client = SctpSockets.ConnectedTo(listener);
        SctpPrimaryAddr before = Getsockopt(client, SocketOptions.SctpPrimaryAddr);
        Assert.Equal(Getpeername(client), before.Address);
        SockAddr second = new(System.Net.IPAddress.Parse("127.0.0.2"), before.Address.Port);
        Assert.NotEqual(second, before.Address);
        Setsockopt(client, SocketOptions.SctpPrimaryAddr, new(second));
        Assert.Equal(before with { Address = second }, Getsockopt(client, SocketOptions.SctpPrimaryAddr));
        int id = Assert.Single(SctpSockets.Associations(listener, 1));
        SctpPrimaryAddr ofClient = Getsockopt(listener, SocketOptions.SctpPrimaryAddr, new SctpPrimaryAddr(default, id));
        Assert.Equal(Getsockname(client).Port, ofClient.Address.Port);
        Assert.StartsWith(
            "setsockopt error: Invalid argument "
                + $"(SCTP_PRIMARY_ADDR = SctpPrimaryAddr {{ Address = 127.0.0.3:{second.Port}, AssociationId = 0 }})",
            Assert.Throws<UnpException>(() => Setsockopt(
                client, SocketOptions.SctpPrimaryAddr, new(new(System.Net.IPAddress.Parse("127.0.0.3"), second.Port)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_peer_primary_without_ASCONF_is_EPERM()
    {
        using Fd listener = SctpSockets.Listener(AF_INET, "127.0.0.2");
        using Fd client = SctpSockets.ConnectedTo(listener);
        int id = Assert.Single(SctpSockets.Associations(listener, 1));
        SctpPrimaryAddr wanted = new(new(System.Net.IPAddress.Parse("127.0.0.2"), Getsockname(listener).Port), id);
        var error = Assert.Throws<UnpException>(() => Setsockopt(listener, SocketOptions.SctpSetPeerPrimaryAddr, wanted));
        Assert.Equal(Errno.EPERM, error.Errno);
    }

    [Fact]
    public void Setting_peer_primary_with_ASCONF_changes_it()
    {
        const int ASCONF_SUPPORTED = 128, AUTH_SUPPORTED = 129; // from <linux/sctp.h>, per socket since Linux 5.5
        using Fd listener = SctpSockets.New(SOCK_SEQPACKET);
        using Fd client = SctpSockets.New(SOCK_STREAM);
        foreach (Fd fd in (Fd[])[listener, client])
        {
            Setsockopt(fd, IPPROTO_SCTP, AUTH_SUPPORTED, new AssocValue(0, 1));
            Setsockopt(fd, IPPROTO_SCTP, ASCONF_SUPPORTED, new AssocValue(0, 1));
        }
        Bind(listener, SockAddr.Loopback(AF_INET));
        SockAddr second = new(System.Net.IPAddress.Parse("127.0.0.2"), Getsockname(listener).Port);
        Setsockopt(listener, IPPROTO_SCTP, SCTP_SOCKOPT_BINDX_ADD, second.Bytes);
        Listen(listener, 5);
        Connect(client, SockAddr.Loopback(AF_INET, second.Port));
        int id = Assert.Single(SctpSockets.Associations(listener, 1));
        Assert.NotEqual(second, Getsockopt(client, SocketOptions.SctpPrimaryAddr).Address);
        Setsockopt(listener, SocketOptions.SctpSetPeerPrimaryAddr, new(second, id));
        Limit.Until(() => Getsockopt(client, SocketOptions.SctpPrimaryAddr).Address == second, "the other address is the primary one");
    }

    record struct AssocValue(int Id, int Value);
}
