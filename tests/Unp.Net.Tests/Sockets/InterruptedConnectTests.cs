namespace Unp.Net.Tests.Sockets;

/// <summary>
/// A connect that a signal interrupts goes on in the kernel: called again it would fail with EALREADY. It is waited for with poll, and its outcome asked
/// by SO_ERROR (section 5.9).
/// </summary>
public class InterruptedConnectTests
{
    [Fact]
    public void Kernel_ends_a_connect_with_a_time_out()
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
    public void Connection_that_is_made_later_is_a_success(int family)
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(family));
        using Fd client = Socket(family, SOCK_STREAM);
        var connecting = Connecting(client, full.Address);
        interruption.Hit(connecting, "connect");
        interruption.Hit(connecting, "poll");
        connecting.WaitUntilIn("poll");

        // There is room now for the client's next attempt.
        using Fd first = Accept(full.Fd);
        Assert.Null(connecting.Result);
        using Fd server = Accept(full.Fd);
        Writen(client, "here"u8);
        Assert.Equal(4, Readn(server, new byte[4]));
    }

    [Fact]
    public void Connection_that_is_refused_later_is_that_error()
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
    public void Time_out_holds_after_a_signal_too()
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        var connecting = Connecting(client, full.Address, milliseconds: 500);
        interruption.Hit(connecting, "connect");
        Assert.Equal(Errno.EINPROGRESS, connecting.Result?.Errno); // as without a signal
    }

    [Fact]
    public void Unix_socket_which_forgets_an_interrupted_connect_is_connected_too()
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
    public void Server_by_name_is_reached_after_a_signal_too()
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        string port = $"{full.Address.Port}";
        var connecting = new BlockedThread<Fd>(() => Tcp_connect("127.0.0.1", port));
        interruption.Hit(connecting, "connect"); // which the kernel restarts: it has no time-out
        connecting.WaitUntilIn("connect");
        using Fd first = Accept(full.Fd);
        using Fd client = connecting.Result;
        using Fd server = Accept(full.Fd);
        Assert.Equal(Getsockname(client), Getpeername(server));
    }

    /// <summary>Connects in a thread of its own, which the kernel lets a signal interrupt; the result is what was thrown.</summary>
    static BlockedThread<UnpException?> Connecting(Fd client, SockAddr address, int milliseconds = 60_000)
    {
        Kernel.SetTimeouts(client, milliseconds / 1000, milliseconds % 1000 * 1000);
        return new BlockedThread<UnpException?>(() => Record.Exception(() => Connect(client, address)) as UnpException);
    }
}
