namespace Unp.Net.Tests.Sockets;

public class MptcpStatusTests
{
    public static TheoryData<int> Families => [AF_INET, AF_INET6];

    [Theory]
    [MemberData(nameof(Families))]
    public void Connection_reports_its_subflow_and_bytes(int family)
    {
        var (client, server) = Pair(family, isListenerMptcp: true, isClientMptcp: true);
        using (client)
        using (server)
        {
            Writen(client, new byte[1000]);
            Readn(server, new byte[1000]);
            MptcpStatus status = GetMptcpStatus(client);
            Assert.False(status.IsFallback);
            MptcpSubflow subflow = Assert.Single(status.Subflows);
            Assert.Equal((Getsockname(client), Getpeername(client)), (subflow.Local, subflow.Remote));
            Assert.Equal(TcpState.Established, subflow.Tcp.State);
            Assert.InRange(subflow.Tcp.BytesSent, 1000ul, 10_000ul); // more than 1000 if the kernel has sent it again
            Assert.Equal(MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED, status.Info!.Value.Flags);
            Assert.Equal(1000ul, status.Info.Value.BytesSent ?? 1000);

            MptcpStatus received = GetMptcpStatus(server);
            Assert.Equal(1000ul, Assert.Single(received.Subflows).Tcp.BytesReceived);
            Assert.Equal(Getsockopt(server, SocketOptions.MptcpInfo).Token, received.Info!.Value.Token);
            Assert.NotEqual(0u, received.Info.Value.Token);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Fallback_is_reported_if_server_is_plain_TCP(int family)
    {
        var (client, server) = Pair(family, isListenerMptcp: false, isClientMptcp: true);
        AssertPlain(client, server);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Fallback_is_reported_if_client_is_plain_TCP(int family)
    {
        var (client, server) = Pair(family, isListenerMptcp: true, isClientMptcp: false);
        AssertPlain(client, server);
    }

    [Fact]
    public void Socket_without_peer_has_no_established_subflow()
    {
        TwoPaths.RequireMptcp();
        using Fd fd = Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
        MptcpStatus before = GetMptcpStatus(fd);
        Assert.False(before.IsFallback);
        Assert.All(before.Subflows, subflow => Assert.Equal(TcpState.Closed, subflow.Tcp.State));
        Listen(fd);
        MptcpStatus after = GetMptcpStatus(fd);
        Assert.False(after.IsFallback);
        Assert.Equal(TcpState.Listen, Assert.Single(after.Subflows).Tcp.State);
    }

    [Fact]
    public void Socket_that_cannot_have_status_is_refused()
    {
        TwoPaths.RequireMptcp();
        using Fd unconnected = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(Errno.ENOTCONN, Assert.Throws<UnpException>(() => GetMptcpStatus(unconnected)).Errno);
        using Fd datagram = Socket(AF_INET, SOCK_DGRAM);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<UnpException>(() => GetMptcpStatus(datagram)).Errno);
        using Fd file = Open("/dev/null", O_RDONLY);
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => GetMptcpStatus(file)).Errno);
    }

    [Fact]
    public void Two_paths_both_carry_data()
    {
        using var hosts = new TwoPaths();
        using Fd listenfd = hosts.Server.Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
        Bind(listenfd, SockAddr.Any(AF_INET));
        Listen(listenfd);
        using Fd client = hosts.Client.Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
        Connect(client, SockAddr.Inet(TwoPaths.ServerAddress(0), Getsockname(listenfd).Port));
        using Fd server = Accept(listenfd);

        byte[] data = new byte[100_000];
        long sent = 0;
        var reader = new BlockedThread<long>(() => ReadToEnd(server));
        Limit.Until(
            () =>
            {
                Writen(client, data);
                sent += data.Length;
                return GetMptcpStatus(client).Subflows.Count(subflow => subflow.Tcp.BytesAcked > 1) == 2; // the SYN counts as one
            },
            "both subflows have carried data");

        MptcpStatus status = GetMptcpStatus(client);
        Assert.Equal((TwoPaths.ClientAddress(0), TwoPaths.ServerAddress(0)), Addresses(status.Subflows[0]));
        Assert.Equal((TwoPaths.ClientAddress(1), TwoPaths.ServerAddress(1)), Addresses(status.Subflows[1]));
        Assert.Equal(1, status.Info!.Value.Subflows);
        Assert.Equal(2, status.Info.Value.SubflowsTotal ?? 2);
        Assert.NotEqual(status.Subflows[0].Id ?? 1, status.Subflows[1].Id ?? 2);
        Assert.Equal(2, GetMptcpStatus(server).Subflows.Count);

        MptcpStatus older = TryOlderMptcpStatus(client)!;
        Assert.Equal(status.Subflows.Select(Addresses), older.Subflows.Select(Addresses));
        Assert.All(
            status.Subflows.Zip(older.Subflows),
            pair => Assert.InRange(pair.Second.Tcp.BytesAcked, pair.First.Tcp.BytesAcked, (ulong)sent + 1));
        Assert.Equal(status.Info.Value.Token, older.Info!.Value.Token);
        Assert.All(older.Subflows, subflow => Assert.Null(subflow.Id));

        Shutdown(client, SHUT_WR);
        Assert.Equal(sent, reader.Result);
    }

    [Fact]
    public void Subflow_prints_addresses_state_and_bytes()
    {
        var subflow = new MptcpSubflow(
            1,
            SockAddr.Inet("192.0.2.1", 5000),
            SockAddr.Inet("192.0.2.2", 9877),
            new TcpInfo { State = TcpState.Established, BytesSent = 10, BytesReceived = 20 });
        Assert.Equal("192.0.2.1:5000 - 192.0.2.2:9877, Established, 10 bytes sent, 20 bytes received", subflow.ToString());
    }

    static long ReadToEnd(Fd fd)
    {
        byte[] buffer = new byte[100_000];
        long total = 0;
        for (int n; (n = Read(fd, buffer)) > 0;)
            total += n;
        return total;
    }

    static void AssertPlain(Fd client, Fd server)
    {
        using (client)
        using (server)
        {
            Writen(client, new byte[1000]);
            Readn(server, new byte[1000]);
            Assert.Null(TryOlderMptcpStatus(client));
            foreach (Fd end in (Fd[])[client, server])
            {
                MptcpStatus status = GetMptcpStatus(end);
                Assert.True(status.IsFallback);
                MptcpSubflow subflow = Assert.Single(status.Subflows);
                Assert.Equal((Getsockname(end), Getpeername(end), null), (subflow.Local, subflow.Remote, subflow.Id));
                Assert.InRange(subflow.Tcp.BytesSent + subflow.Tcp.BytesReceived, 1000ul, 10_000ul);
            }
        }
    }

    static (Fd Client, Fd Server) Pair(int family, bool isListenerMptcp, bool isClientMptcp)
    {
        TwoPaths.RequireMptcp();
        Loopback.Require(family);
        using Fd listenfd = Loopback.Limited(Socket(family, SOCK_STREAM, isListenerMptcp ? IPPROTO_MPTCP : 0));
        Bind(listenfd, SockAddr.Loopback(family));
        Listen(listenfd);
        Fd client = Loopback.Limited(Socket(family, SOCK_STREAM, isClientMptcp ? IPPROTO_MPTCP : 0));
        Connect(client, Getsockname(listenfd));
        return (client, Accept(listenfd));
    }

    static (string Local, string Remote) Addresses(MptcpSubflow subflow) =>
        ($"{subflow.Local.Address}", $"{subflow.Remote.Address}");
}
