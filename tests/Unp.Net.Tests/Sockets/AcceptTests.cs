using System.Net.Sockets;

namespace Unp.Net.Tests.Sockets;

public class AcceptTests
{
    [Fact]
    public void Clients_are_accepted_in_order_of_arrival()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd first = Loopback.Connected(listenfd);
        Loopback.WaitUntilReadable(listenfd);
        using Fd second = Loopback.Connected(listenfd);
        using Fd firstServer = Accept(listenfd, out SockAddr peer);
        Assert.Equal(Getsockname(first), peer);
        using Fd secondServer = Accept(listenfd);
        Assert.Equal(Getsockname(second), Getpeername(secondServer));
    }

    [Fact]
    public void Server_waits_for_client()
    {
        using Fd listenfd = Loopback.Listener();
        var server = new BlockedThread<Fd>(() => Accept(listenfd)).WaitUntilIn("accept4");
        using Fd client = Loopback.Connected(listenfd);
        using Fd connection = server.Result;
        Assert.Equal(Getsockname(client), Getpeername(connection));
    }

    [Fact]
    public void Non_blocking_accept_without_client_is_EAGAIN()
    {
        using Fd listenfd = Loopback.Listener();
        Kernel.SetNonBlocking(listenfd);
        var nobody = Assert.Throws<UnpException>(() => Limit.Run(() => Accept(listenfd, out _)));
        Assert.Equal(Errno.EAGAIN, nobody.Errno);
        Assert.Equal(SocketError.WouldBlock, nobody.SocketErrorCode);
        Assert.Equal($"accept error: Resource temporarily unavailable ({listenfd})", nobody.Message);

        using Fd client = Loopback.Connected(listenfd);
        Loopback.WaitUntilReadable(listenfd);
        using Fd connection = Accept(listenfd);
        Assert.False(Kernel.IsNonBlocking(connection));
    }

    [Fact]
    public void TryAccept_accepts_waiting_clients_without_exception()
    {
        using Fd listenfd = Loopback.Listener();
        SetNonBlocking(listenfd);
        Assert.False(TryAccept(listenfd, out Fd? nobody, out _));
        Assert.Equal((null, Errno.EAGAIN), (nobody, Errno.Last));

        using Fd client = Loopback.Connected(listenfd);
        Loopback.WaitUntilReadable(listenfd);
        Assert.True(TryAccept(listenfd, out Fd? connection, out SockAddr peer, isNonBlocking: false));
        using (connection)
        {
            Assert.Equal(Getsockname(client), peer);
            Assert.True(Kernel.IsCloseOnExec(connection));
            Assert.False(Kernel.IsNonBlocking(connection));
        }

        using Fd another = Loopback.Connected(listenfd);
        Loopback.WaitUntilReadable(listenfd);
        Assert.True(TryAccept(listenfd, out connection, out _));
        using (connection)
            Assert.True(Kernel.IsNonBlocking(connection));

        Assert.False(TryAccept(client, out _, out _));
        Assert.Equal(Errno.EINVAL, Errno.Last);
        using Fd datagrams = Loopback.Datagram();
        Assert.False(TryAccept(datagrams, out _, out _));
        Assert.Equal(Errno.EOPNOTSUPP, Errno.Last);
    }

    [Fact]
    public void Shutdown_of_listener_wakes_server_with_error()
    {
        using Fd listenfd = Loopback.Listener();
        var server = new BlockedThread<Fd>(() => Accept(listenfd)).WaitUntilIn("accept4");
        Shutdown(listenfd, SHUT_RD);
        Assert.Equal(
            $"accept error: Invalid argument ({listenfd} at {Getsockname(listenfd)}, which is not listening)",
            Assert.Throws<UnpException>(() => server.Result).Message);
    }

    [Fact]
    public void Client_that_aborts_in_queue_does_not_stop_server()
    {
        // Linux returns such a connection (UNP 5.11), and its first read reports the error.
        using Fd listenfd = Loopback.Listener();
        using (Fd hasty = Loopback.Connected(listenfd))
        {
            Loopback.WaitUntilReadable(listenfd);
            Setsockopt(hasty, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 0 });
        }
        using Fd patient = Loopback.Connected(listenfd);

        using (Fd aborted = Accept(listenfd))
            Assert.Equal(Errno.ECONNRESET, Assert.Throws<UnpException>(() => Recv(aborted, new byte[1])).Errno);
        using Fd server = Accept(listenfd, out SockAddr peer);
        Assert.Equal(Getsockname(patient), peer);
    }

    [Fact]
    public void Full_queue_makes_next_client_wait()
    {
        using var full = new FullListener(SockAddr.UnixAbstract($"unp-{Guid.NewGuid():N}"));
        var waiting = new BlockedThread<Fd>(() => Loopback.Connected(full.Fd)).WaitUntilIn("connect");
        Accept(full.Fd).Dispose();
        using Fd client = waiting.Result;
        Accept(full.Fd).Dispose();
    }

    [Theory]
    [InlineData("", "5\n1024\n")]
    [InlineData("7", "5\n7\n")]
    [InlineData("0", "5\n0\n")]
    [InlineData("many", "5\n1024\n")]
    [InlineData("-1", "5\n1024\n")]
    [InlineData("99999999999", "5\n1024\n")]
    public void Environment_sets_default_backlog_in_program_that_asks(string listenq, string backlogs)
    {
        Assert.Equal(backlogs, Backlogs(listenq, "by environment"));
        Assert.Equal("5\n1024\n", Backlogs(listenq, "by caller"));
    }

    static string Backlogs(string listenq, string source)
    {
        using Peer program = ChildProcess.Start("listen", new Dictionary<string, string> { ["LISTENQ"] = listenq }, "5", source);
        string backlogs = program.ReadToEnd();
        Assert.Equal("", program.ReadErrorToEnd());
        return backlogs;
    }
}
