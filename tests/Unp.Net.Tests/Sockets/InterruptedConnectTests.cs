namespace Unp.Net.Tests.Sockets;

/// <summary>
/// An interrupted connect continues in the kernel, and calling it again would fail with EALREADY. Connect waits with poll and reads the
/// result from SO_ERROR (UNP 5.9).
/// </summary>
public class InterruptedConnectTests
{
    [Fact]
    public void Kernel_interrupts_connect_with_time_out()
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        Kernel.MakeInterruptible(client);
        var ended = new BlockedThread<Errno>(() => connect(client, full.Address) < 0 ? Errno.Last : default);
        interruption.Hit(ended, "connect");
        Assert.Equal(Errno.EINTR, ended.Result);
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Connection_established_later_is_success(int family)
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(family));
        using Fd client = Socket(family, SOCK_STREAM);
        var connecting = Connecting(client, full.Address);
        interruption.Hit(connecting, "connect");
        interruption.Hit(connecting, "poll");
        connecting.WaitUntilIn("poll");

        // The queue now has room for the client's next SYN.
        using Fd first = Accept(full.Fd);
        Assert.Null(connecting.Result);
        using Fd server = Accept(full.Fd);
        Writen(client, "here"u8);
        Assert.Equal(4, Readn(server, new byte[4]));
    }

    [Fact]
    public void Connection_refused_later_is_reported()
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        var connecting = Connecting(client, full.Address);
        interruption.Hit(connecting, "connect");
        connecting.WaitUntilIn("poll");
        full.Fd.Dispose();
        Assert.Equal($"connect error: Connection refused ({full.Address})", connecting.Result?.Message);
    }

    [Fact]
    public void Time_out_works_after_signal()
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        var connecting = Connecting(client, full.Address, milliseconds: 500);
        interruption.Hit(connecting, "connect");
        Assert.Equal(Errno.EINPROGRESS, connecting.Result?.Errno); // the same as without a signal
    }

    [Fact]
    public void Interrupted_connect_of_unix_socket_is_repeated()
    {
        using var interruption = new Interruption();
        using var directory = new TempDirectory();
        using var full = new FullListener(SockAddr.Unix(directory["socket"]));
        using Fd client = Socket(AF_UNIX, SOCK_STREAM);
        var connecting = Connecting(client, full.Address);
        interruption.Hit(connecting, "connect");
        interruption.Hit(connecting, "connect");
        connecting.WaitUntilIn("connect");
        using Fd first = Accept(full.Fd);
        Assert.Null(connecting.Result);
        using Fd server = Accept(full.Fd);
        Writen(client, "here"u8);
        Assert.Equal(4, Readn(server, new byte[4]));
    }

    [Fact]
    public void Tcp_connect_reaches_server_after_signal()
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        string port = $"{full.Address.Port}";
        var connecting = new BlockedThread<Fd>(() => Tcp_connect("127.0.0.1", port));
        interruption.Hit(connecting, "connect"); // the kernel restarts it, because it has no time-out
        connecting.WaitUntilIn("connect");
        using Fd first = Accept(full.Fd);
        using Fd client = connecting.Result;
        using Fd server = Accept(full.Fd);
        Assert.Equal(Getsockname(client), Getpeername(server));
    }

    /// <summary>Connects in a thread that a signal can interrupt. The result is the exception, or null.</summary>
    static BlockedThread<UnpException?> Connecting(Fd client, SockAddr address, int milliseconds = 60_000)
    {
        Kernel.SetTimeouts(client, milliseconds / 1000, milliseconds % 1000 * 1000);
        return new BlockedThread<UnpException?>(() => Record.Exception(() => Connect(client, address)) as UnpException);
    }
}
