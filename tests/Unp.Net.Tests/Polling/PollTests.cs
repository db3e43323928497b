using System.Diagnostics;
using Unp.Net.Tests.Sockets;

namespace Unp.Net.Tests.Polling;

public class PollTests
{
    static pollfd Watch(Fd fd, int events = POLLIN) => new() { fd = Kernel.Number(fd), events = (short)events };

    [Fact]
    public void Ready_entries_are_counted_and_have_revents()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        pollfd[] fds = [Watch(first), Watch(second), Watch(second, POLLOUT), new() { fd = -1, events = POLLIN }];
        Assert.Equal(2, Poll(fds));
        Assert.Equal([POLLIN, 0, POLLOUT, 0], fds.Select(fd => (int)fd.revents));
    }

    [Fact]
    public void Closed_number_is_POLLNVAL_without_error()
    {
        Fd closed = Loopback.Datagram();
        pollfd[] fds = [Watch(closed)];
        closed.Dispose();
        Assert.Equal(1, Poll(fds));
        Assert.Equal(POLLNVAL, fds[0].revents);
    }

    [Fact]
    public void HangUp_and_reset_are_reported_without_request()
    {
        var (client, server) = Loopback.TcpPair();
        using (server)
        {
            Setsockopt(client, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 0 });
            client.Dispose();
            pollfd[] fds = [Watch(server, 0)];
            Assert.Equal(1, Poll(fds, Limit.Default));
            Assert.Equal(POLLHUP | POLLERR, fds[0].revents);
        }
    }

    [Fact]
    public void Descriptors_over_1024_work()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd[] many = [.. Enumerable.Range(0, 1100).Select(_ => HighDescriptor.Of(first))];
        try
        {
            pollfd[] fds = [.. many.Select(fd => Watch(fd))];
            Assert.Equal(0, Poll(fds, TimeSpan.Zero));
            Writen(second, "x"u8);
            Assert.Equal(many.Length, Poll(fds));
            Assert.All(fds, fd => Assert.Equal((true, POLLIN), (fd.fd >= 1024, fd.revents)));
        }
        finally
        {
            foreach (Fd fd in many)
                fd.Dispose();
        }
    }

    [Fact]
    public void More_entries_than_descriptor_limit_is_EINVAL()
    {
        // poll skips all entries because their fd is -1, but the kernel checks the number of entries first.
        var fds = new pollfd[4_000_000];
        Array.Fill(fds, new pollfd { fd = -1 });
        Assert.SkipWhen(poll(fds, 0) == 0, "This process may have millions of descriptors.");
        Assert.Equal("poll error: Invalid argument", Assert.Throws<UnpException>(() => Poll(fds, TimeSpan.Zero)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(10_001)]
    [InlineData(300_000)]
    public void Timeout_is_rounded_up_and_never_too_short(int ticks)
    {
        using var pair = StreamPair.Unix(out Fd first, out _);
        TimeSpan timeout = TimeSpan.FromTicks(ticks);
        long started = Stopwatch.GetTimestamp();
        Assert.Equal(0, Limit.Run(() => Poll([Watch(first)], timeout)));
        Assert.InRange(Stopwatch.GetElapsedTime(started), timeout, Limit.Default);
    }

    [Fact]
    public void Wait_for_remaining_time_does_not_spin()
    {
        // If the timeout were rounded down to 0, this loop would make thousands of calls.
        using var pair = StreamPair.Unix(out Fd first, out _);
        for (int i = 0; i < 20; i++)
        {
            TimeSpan timeout = TimeSpan.FromMicroseconds(900);
            long started = Stopwatch.GetTimestamp();
            int calls = 0;
            for (TimeSpan rest = timeout; rest > TimeSpan.Zero; rest = timeout - Stopwatch.GetElapsedTime(started), calls++)
                Assert.Equal(0, Poll([Watch(first)], rest));
            Assert.Equal(1, calls);
        }
    }

    [Fact]
    public void Negative_timeout_is_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Poll([], TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Ppoll([], TimeSpan.FromTicks(-1), SigSet.Empty));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1L)]
    [InlineData(20_000L)]
    [InlineData(long.MaxValue / TimeSpan.TicksPerMillisecond)]
    public void Signal_does_not_end_wait(long? milliseconds)
    {
        TimeSpan? timeout = milliseconds is null ? null : TimeSpan.FromMilliseconds(milliseconds.Value);
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        var waiting = new BlockedThread<int>(() => Poll([Watch(first)], timeout));
        interruption.Hit(waiting, "poll");
        interruption.Hit(waiting, "poll");
        waiting.WaitUntilIn("poll");
        Writen(second, "x"u8);
        Assert.Equal(1, waiting.Result);
    }

    [Fact]
    public void Signal_does_not_shorten_wait()
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out _);
        TimeSpan timeout = TimeSpan.FromSeconds(1);
        var waiting = new BlockedThread<TimeSpan>(() =>
        {
            long started = Stopwatch.GetTimestamp();
            Assert.Equal(0, Poll([Watch(first)], timeout));
            return Stopwatch.GetElapsedTime(started);
        });
        interruption.Hit(waiting, "poll");
        Assert.InRange(waiting.Result, timeout, Limit.Default);
    }
}
