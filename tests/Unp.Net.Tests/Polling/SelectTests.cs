using System.Diagnostics;
using Unp.Net.Tests.Sockets;

namespace Unp.Net.Tests.Polling;

public class SelectTests
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    static FdSet SetOf(params Fd[] descriptors)
    {
        FdSet set = default;
        foreach (Fd fd in descriptors)
            set.Set(fd);
        return set;
    }

    [Fact]
    public void Sets_keep_ready_descriptors_and_count_includes_all()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        FdSet readset = SetOf(first, second), writeset = SetOf(first, second);
        Assert.Equal(3, Select(readset.Maxfdp1, ref readset, ref writeset));
        Assert.Equal((true, false), (readset.IsSet(first), readset.IsSet(second)));
        Assert.Equal((true, true), (writeset.IsSet(first), writeset.IsSet(second)));

        readset = SetOf(first, second);
        Assert.Equal(1, Select(readset.Maxfdp1, ref readset));
        Assert.Equal((true, false), (readset.IsSet(first), readset.IsSet(second)));
    }

    [Fact]
    public void End_of_stream_and_pending_connection_are_readable()
    {
        using Fd listenfd = Loopback.Listener();
        FdSet rset = SetOf(listenfd);
        Assert.Equal(0, Select(rset.Maxfdp1, ref rset, TimeSpan.Zero));
        Fd client = Loopback.Connected(listenfd);
        rset = SetOf(listenfd);
        Assert.Equal(1, Select(rset.Maxfdp1, ref rset, Limit.Default));
        using Fd server = Accept(listenfd);
        client.Dispose();
        rset = SetOf(server);
        Assert.Equal(1, Select(rset.Maxfdp1, ref rset, Limit.Default));
        Assert.Equal(0, Read(server, new byte[1]));
    }

    [Fact]
    public void Timeout_empties_sets_and_is_never_too_short()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        FdSet readset = SetOf(first, second), writeset = default, exceptset = SetOf(first);
        long started = Stopwatch.GetTimestamp();
        Assert.Equal(0, Select(readset.Maxfdp1, ref readset, ref writeset, ref exceptset, Short));
        Assert.InRange(Stopwatch.GetElapsedTime(started), Short, Limit.Default);
        Assert.Equal((0, 0, 0), (readset.Maxfdp1, writeset.Maxfdp1, exceptset.Maxfdp1));
    }

    [Fact]
    public void Zero_timeout_checks_once()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        FdSet rset = SetOf(first);
        Assert.Equal(0, Limit.Run(() => Select(rset.Maxfdp1, ref rset, TimeSpan.Zero)));
        Writen(second, "x"u8);
        rset = SetOf(first);
        Assert.Equal(1, Select(rset.Maxfdp1, ref rset, TimeSpan.Zero));
    }

    [Fact]
    public void Shortest_timeout_is_rounded_up_but_finite()
    {
        using var pair = StreamPair.Unix(out Fd first, out _);
        FdSet rset = SetOf(first);
        Assert.Equal(0, Limit.Run(() => Select(rset.Maxfdp1, ref rset, TimeSpan.FromTicks(1))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue / TimeSpan.TicksPerMillisecond)]
    public void Null_infinite_and_longest_timeout_wait(long? milliseconds)
    {
        TimeSpan? timeout = milliseconds is null ? null : TimeSpan.FromMilliseconds(milliseconds.Value);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        FdSet rset = SetOf(first);
        var waiting = new BlockedThread<int>(() => Select(rset.Maxfdp1, ref rset, timeout)).WaitUntilIn("pselect6");
        Writen(second, "x"u8);
        Assert.Equal(1, waiting.Result);
        Assert.True(rset.IsSet(first));
    }

    [Fact]
    public void Out_of_band_data_is_reported_in_third_set()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Send(client, "!"u8, MSG_OOB);
        FdSet readset = SetOf(server), writeset = default, exceptset = SetOf(server);
        Assert.Equal(1, Select(exceptset.Maxfdp1, ref readset, ref writeset, ref exceptset, Limit.Default));
        Assert.Equal((false, true), (readset.IsSet(server), exceptset.IsSet(server)));
        byte[] urgent = new byte[1];
        Assert.Equal(1, Recv(server, urgent, MSG_OOB));
        Assert.Equal("!"u8, urgent);
    }

    [Fact]
    public void Closed_number_is_EBADF_and_set_is_unchanged()
    {
        Fd fd = Loopback.Datagram();
        FdSet rset = SetOf(fd);
        int maxfdp1 = rset.Maxfdp1;
        fd.Dispose();
        var failure = Assert.Throws<UnpException>(() => Select(maxfdp1, ref rset, TimeSpan.Zero));
        Assert.Equal((Errno.EBADF, "select error: Bad file descriptor"), (failure.Errno, failure.Message));
        Assert.Equal(maxfdp1, rset.Maxfdp1);
    }

    [Fact]
    public void Negative_timeout_is_rejected()
    {
        FdSet rset = default;
        foreach (TimeSpan timeout in (TimeSpan[])[TimeSpan.FromTicks(-1), TimeSpan.FromSeconds(-1), TimeSpan.MinValue])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Select(0, ref rset, timeout));
            Assert.Equal(timeout, refused.ActualValue);
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Pselect(0, ref rset, ref rset, ref rset, timeout, SigSet.Empty));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    [InlineData(int.MaxValue)]
    public void Maxfdp1_out_of_range_is_rejected(int maxfdp1)
    {
        FdSet rset = default;
        var refused = Assert.Throws<ArgumentOutOfRangeException>(nameof(maxfdp1), () => Select(maxfdp1, ref rset, TimeSpan.Zero));
        Assert.Equal(maxfdp1, refused.ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(
            nameof(maxfdp1), () => Pselect(maxfdp1, ref rset, ref rset, ref rset, null, SigSet.Empty));
        Assert.Equal(0, Select(FdSet.Capacity, ref rset, TimeSpan.Zero));
    }

    [Fact]
    public void Signal_does_not_end_wait()
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        FdSet rset = SetOf(first);
        var waiting = new BlockedThread<int>(() => Select(rset.Maxfdp1, ref rset));
        interruption.Hit(waiting, "pselect6");
        interruption.Hit(waiting, "pselect6");
        waiting.WaitUntilIn("pselect6");
        Writen(second, "x"u8);
        Assert.Equal(1, waiting.Result);
        Assert.True(rset.IsSet(first));
    }

    [Fact]
    public void Signals_neither_shorten_nor_prolong_wait()
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out _);
        TimeSpan timeout = TimeSpan.FromSeconds(1);
        var waiting = new BlockedThread<TimeSpan>(() =>
        {
            FdSet rset = SetOf(first);
            long started = Stopwatch.GetTimestamp();
            Assert.Equal(0, Select(rset.Maxfdp1, ref rset, timeout));
            return Stopwatch.GetElapsedTime(started);
        });
        interruption.Hit(waiting, "pselect6");
        Assert.InRange(waiting.Result, timeout, Limit.Default);
    }
}
