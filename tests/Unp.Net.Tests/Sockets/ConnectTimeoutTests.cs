using System.Diagnostics;

namespace Unp.Net.Tests.Sockets;

/// <summary>Connect_timeo and Connect_nonb, which wait in the same way, and Connect with SO_SNDTIMEO.</summary>
public sealed class ConnectTimeoutTests : IDisposable
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);

    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    public static TheoryData<string, bool> Ways => new()
    {
        { "connect_timeo", false },
        { "connect_timeo", true },
        { "connect_nonb", false },
        { "connect_nonb", true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Connection_is_established_and_O_NONBLOCK_is_restored(string way, bool nonBlocking)
    {
        SockAddr[] locals = [SockAddr.Loopback(AF_INET), SockAddr.Loopback(AF_INET6), SockAddr.Unix(directory["socket"])];
        foreach (SockAddr local in locals)
        {
            using Fd listenfd = Loopback.Listener(local);
            using Fd client = Loopback.Limited(Socket(local.Family, SOCK_STREAM));
            SetNonBlocking(client, nonBlocking);
            Connect(way, client, Getsockname(listenfd), Limit.Default);
            using Fd server = Accept(listenfd);
            Assert.Equal(nonBlocking, Kernel.IsNonBlocking(client));
            Writen(client, "here"u8);
            Assert.Equal(4, Readn(server, new byte[4]));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Time_out_is_ETIMEDOUT_and_ends_attempt(string way, bool nonBlocking)
    {
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        SetNonBlocking(client, nonBlocking);
        long started = Stopwatch.GetTimestamp();
        var failure = Assert.Throws<UnpException>(() => Connect(way, client, full.Address, Short));
        Assert.InRange(Stopwatch.GetElapsedTime(started), Short, Limit.Default);
        Assert.Equal((Errno.ETIMEDOUT, $"{way} error: Connection timed out ({full.Address})"), (failure.Errno, failure.Message));
        Assert.Equal(nonBlocking, Kernel.IsNonBlocking(client));
        Assert.Equal(TcpState.Closed, Getsockopt(client, SocketOptions.TcpInfo).State); // no more SYN is sent
    }

    [Fact]
    public void Time_out_works_for_descriptor_beyond_FD_SETSIZE()
    {
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd low = Socket(AF_INET, SOCK_STREAM);
        using Fd client = Polling.HighDescriptor.Of(low);
        Assert.Equal((-1, Errno.ETIMEDOUT), (connect_timeo(client, full.Address, Short), Errno.Last));
    }

    [Fact]
    public void Client_waits_for_unix_server_with_full_queue()
    {
        using var full = new FullListener(SockAddr.Unix(directory["socket"]));
        using Fd client = Socket(AF_UNIX, SOCK_STREAM);
        Assert.Equal((-1, Errno.ETIMEDOUT), (connect_nonb(client, full.Address, TimeSpan.Zero), Errno.Last));
        long started = Stopwatch.GetTimestamp();
        Assert.Equal((-1, Errno.ETIMEDOUT), (connect_nonb(client, full.Address, Short), Errno.Last));
        Assert.InRange(Stopwatch.GetElapsedTime(started), Short, Limit.Default);
        Assert.Equal(TimeSpan.Zero, Getsockopt(client, SocketOptions.SndTimeo));
        Assert.False(Kernel.IsNonBlocking(client));

        var connecting = new BlockedThread<int>(() => connect_nonb(client, full.Address)).WaitUntilIn("connect");
        using Fd first = Accept(full.Fd);
        Assert.Equal(0, connecting.Result);
        using Fd server = Accept(full.Fd);
        Writen(client, "here"u8);
        Assert.Equal(4, Readn(server, new byte[4]));
    }

    [Fact]
    public void Signals_neither_end_nor_lengthen_wait()
    {
        using var interruption = new Interruption();
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        var connecting = new BlockedThread<Errno>(() =>
            connect_timeo(client, full.Address, TimeSpan.FromSeconds(1)) < 0 ? Errno.Last : default);
        interruption.Hit(connecting, "poll");
        interruption.Hit(connecting, "poll");
        Assert.Equal(Errno.ETIMEDOUT, connecting.Result);
    }

    [Fact]
    public void Connection_established_during_wait_is_success()
    {
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        var connecting = new BlockedThread<int>(() => connect_nonb(client, full.Address)).WaitUntilIn("poll");
        using Fd first = Accept(full.Fd);
        Assert.Equal(0, connecting.Result);
        using Fd server = Accept(full.Fd);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Refusal_is_reported_at_once_or_later(string way, bool nonBlocking)
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        using (Fd client = Socket(AF_INET, SOCK_STREAM))
        {
            SetNonBlocking(client, nonBlocking);
            var failure = Assert.Throws<UnpException>(() => Connect(way, client, deaf, Limit.Default));
            Assert.Equal((Errno.ECONNREFUSED, $"{way} error: Connection refused ({deaf})"), (failure.Errno, failure.Message));
            Assert.Equal(nonBlocking, Kernel.IsNonBlocking(client));
        }
        using Fd unix = Socket(AF_UNIX, SOCK_STREAM);
        Assert.Equal((-1, Errno.ENOENT), (connect_nonb(unix, SockAddr.Unix(directory["none"]), Short), Errno.Last));
        Assert.False(Kernel.IsNonBlocking(unix));
    }

    [Fact]
    public void Send_time_out_makes_Connect_fail()
    {
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(client, SocketOptions.SndTimeo, Short);
        long started = Stopwatch.GetTimestamp();
        Assert.Equal(Errno.EINPROGRESS, Assert.Throws<UnpException>(() => Libunp.Connect(client, full.Address)).Errno);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(40), Limit.Default);
    }

    [Fact]
    public void Negative_time_out_is_refused()
    {
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        SockAddr address = SockAddr.Loopback(AF_INET, 9);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Connect_timeo(client, address, TimeSpan.FromTicks(-2)));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Readable_timeo(client, TimeSpan.FromTicks(-2)));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Writable_timeo(client, TimeSpan.FromTicks(-2)));
    }

    static void Connect(string way, Fd fd, SockAddr address, TimeSpan timeout)
    {
        if (way == "connect_timeo")
            Connect_timeo(fd, address, timeout);
        else
            Connect_nonb(fd, address, timeout);
    }
}
