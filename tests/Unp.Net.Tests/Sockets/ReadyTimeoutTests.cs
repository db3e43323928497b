using System.Diagnostics;

namespace Unp.Net.Tests.Sockets;

/// <summary>Readable_timeo, Writable_timeo, SetNonBlocking, and the kernel's own time-outs.</summary>
public class ReadyTimeoutTests
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);

    [Fact]
    public void Readable_reports_data_connection_and_end()
    {
        using Fd listenfd = Loopback.Listener();
        Assert.Equal(0, Readable_timeo(listenfd, TimeSpan.Zero));
        using Fd client = Loopback.Connected(listenfd);
        Assert.Equal(1, Readable_timeo(listenfd, Limit.Default));
        using Fd server = Accept(listenfd);
        Assert.Equal(0, Readable_timeo(server, TimeSpan.Zero));
        Writen(client, "x"u8);
        Assert.Equal(1, Readable_timeo(server, Limit.Default));
        Assert.Equal(1, Read(server, new byte[8]));
        Assert.Equal(0, readable_timeo(server, TimeSpan.Zero));
        client.Dispose();
        Assert.Equal(1, readable_timeo(server, null));
    }

    [Fact]
    public void Readable_reports_bytes_read_ahead()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "one\ntwo\n"u8);
        Assert.Equal(4, Readline(first, new byte[8]));
        Assert.Equal(0, Kernel.Waiting(first));
        Assert.Equal(1, Readable_timeo(first, TimeSpan.Zero));
        Assert.Equal(4, Readline(first, new byte[8]));
        Assert.Equal(0, Readable_timeo(first, TimeSpan.Zero));
    }

    [Fact]
    public void Time_out_is_not_shortened_by_signals()
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out _);
        foreach (TimeSpan time in (TimeSpan[])[TimeSpan.FromTicks(1), Short])
        {
            long started = Stopwatch.GetTimestamp();
            Assert.Equal(0, Readable_timeo(first, time));
            Assert.InRange(Stopwatch.GetElapsedTime(started), time, Limit.Default);
        }
        var waiting = new BlockedThread<int>(() => Readable_timeo(first, TimeSpan.FromSeconds(1)));
        interruption.Hit(waiting, "poll");
        Assert.Equal(0, waiting.Result);
    }

    [Fact]
    public void Writable_reports_space()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Assert.Equal(1, Writable_timeo(first, null));
        Assert.False(SetNonBlocking(first));
        byte[] much = new byte[1 << 16];
        while (write(first, much) > 0)
        {
        }
        Assert.Equal(0, Writable_timeo(first, Short));
        while (read(second, much) == much.Length)
        {
        }
        Assert.Equal(1, writable_timeo(first, Limit.Default));
    }

    [Fact]
    public void Any_descriptor_number_works_and_closed_one_is_EBADF()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        using Fd high = Polling.HighDescriptor.Of(first);
        Assert.Equal((0, 1), (Readable_timeo(high, TimeSpan.Zero), Writable_timeo(high, TimeSpan.Zero)));
        using Fd none = Fd.Borrow(999_999);
        Assert.Equal((-1, Errno.EBADF), (readable_timeo(none, null), Errno.Last));
        Assert.Equal(
            $"writable_timeo error: Bad file descriptor ({none})",
            Assert.Throws<UnpException>(() => Writable_timeo(none, null)).Message);
    }

    [Fact]
    public void Set_nonblock_sets_and_clears_only_its_flag()
    {
        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        {
            Fcntl(writer, F_SETFL, O_APPEND);
            int before = Fcntl(writer, F_GETFL);
            Assert.False(SetNonBlocking(writer));
            Assert.Equal(before | O_NONBLOCK, Fcntl(writer, F_GETFL));
            Assert.True(SetNonBlocking(writer));
            Assert.True(SetNonBlocking(writer, false));
            Assert.False(SetNonBlocking(writer, false));
            Assert.Equal(before, Fcntl(writer, F_GETFL));
        }
    }

    [Fact]
    public void Socket_with_SO_RCVTIMEO_stops_reading_with_EAGAIN()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd client = Loopback.Connected(listenfd);
        using Fd server = Accept(listenfd);
        using Fd datagram = Loopback.Datagram();
        foreach (Fd fd in (Fd[])[listenfd, server, datagram])
            Setsockopt(fd, SocketOptions.RcvTimeo, Short);
        foreach (Action call in (Action[])[
            () => Read(server, new byte[1]), () => Recv(server, new byte[1]), () => Readline(server, new byte[9]),
            () => Recvfrom(datagram, new byte[1], 0, out _), () => Accept(listenfd)])
        {
            long started = Stopwatch.GetTimestamp();
            Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(call).Errno);
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(40), Limit.Default);
        }
    }

    [Fact]
    public void Socket_with_SO_SNDTIMEO_stops_writing_with_EAGAIN()
    {
        using var pair = StreamPair.Unix(out Fd first, out _);
        Setsockopt(first, SocketOptions.SndTimeo, Short);
        var failure = Assert.Throws<UnpException>(() => Writen(first, new byte[1 << 22]));
        Assert.Equal(Errno.EAGAIN, failure.Errno);
        Assert.InRange(failure.BytesTransferred, 1, (1 << 22) - 1);
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        AllocationCheck.AssertFree("Readable_timeo", () => Readable_timeo(first, TimeSpan.Zero));
        AllocationCheck.AssertFree("Writable_timeo", () => Writable_timeo(first, null));
        AllocationCheck.AssertFree("SetNonBlocking", () => SetNonBlocking(first, !SetNonBlocking(first)));
    }
}
