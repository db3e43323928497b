namespace Unp.Net.Tests.Streams;

public class ReadWriteTests
{
    [Fact]
    public void Read_returns_available_data_and_0_at_end()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        {
            byte[] buffer = new byte[80];
            Write(second, "some"u8);
            Assert.Equal(4, Read(first, buffer));
            Assert.Equal("some"u8, buffer.AsSpan(0, 4));
            Write(second, "more"u8);
            Assert.Equal(1, Read(first, buffer.AsSpan(0, 1)));
            Assert.Equal(3, Read(first, buffer));
            second.Dispose();
            Assert.Equal(0, Read(first, buffer));
            Assert.Equal(0, Read(first, buffer));
        }
    }

    [Fact]
    public void Empty_buffer_is_refused_for_reading()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        Assert.Throws<ArgumentException>("buffer", () => Read(first, []));
        Assert.Throws<ArgumentException>("buffer", () => Recv(first, []));
        Assert.Throws<ArgumentException>("buffer", () => Recvfrom(first, [], 0, out _));
        Assert.Throws<ArgumentException>("line", () => Readline(first, []));
        Assert.Contains("must not be empty", Assert.Throws<ArgumentException>("line", () => readline(first, [])).Message);

        // Readn of 0 bytes is unambiguous, because it read all requested bytes.
        Assert.Equal(0, Readn(first, []));
        Assert.Equal(0, readn(first, []));
        Assert.Equal(1, Read(first, new byte[2]));
    }

    [Fact]
    public void Empty_buffer_writes_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Write(first, []);
        Writen(first, []);
        Send(first, []);
        Assert.Equal(0, writen(first, []));
        Assert.Equal(0, Kernel.Waiting(second));
    }

    [Fact]
    public void Non_blocking_read_without_data_is_EAGAIN()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.SetNonBlocking(first);
        byte[] buffer = new byte[8];
        (string Name, Action Call)[] calls =
        [
            ("read", () => Read(first, buffer)),
            ("readn", () => Readn(first, buffer)),
            ("readline", () => Readline(first, buffer)),
            ("recv", () => Recv(first, buffer)),
            ("recvfrom", () => Recvfrom(first, buffer, 0, out _)),
        ];
        Assert.All(calls, call =>
        {
            var failure = Assert.Throws<UnpException>(call.Call);
            Assert.Equal(Errno.EAGAIN, failure.Errno);
            Assert.Equal(call.Name, failure.Function);
            Assert.Equal($"{call.Name} error: Resource temporarily unavailable ({first})", failure.Message);
        });
        Assert.Equal(-1, readn(first, buffer));
        Assert.Equal(Errno.EAGAIN, Errno.Last);
        Assert.Equal(-1, readline(first, buffer));
        Assert.Equal(Errno.EAGAIN, Errno.Last);
    }

    [Fact]
    public void Time_out_is_EAGAIN()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.SetTimeouts(first, microseconds: 20_000);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Read(first, new byte[1])).Errno);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Writen(first, new byte[1024 * 1024])).Errno);
    }

    [Fact]
    public void Directory_and_wrong_direction_are_errors()
    {
        using Fd directory = Open("/", O_RDONLY);
        Assert.Equal($"read error: Is a directory ({directory})", Assert.Throws<UnpException>(() => Read(directory, new byte[1])).Message);
        Assert.Equal($"write error: Bad file descriptor ({directory})", Assert.Throws<UnpException>(() => Write(directory, "x"u8)).Message);
        using Fd full = Open("/dev/full", O_WRONLY);
        Assert.Equal($"writen error: No space left on device ({full})", Assert.Throws<UnpException>(() => Writen(full, "x"u8)).Message);
    }

    [Fact]
    public void Closed_peer_is_error_of_every_writing_function()
    {
        (string Name, Action<Fd> Call)[] calls =
        [
            ("write", fd => Write(fd, "x"u8)),
            ("writen", fd => Writen(fd, "x"u8)),
            ("send", fd => Send(fd, "x"u8)),
            ("sendto", fd => Sendto(fd, "x"u8, 0, default)),
        ];
        Assert.All(calls, call =>
        {
            var (first, second) = Loopback.UnixPair();
            using (first)
            {
                second.Dispose();
                var failure = Assert.Throws<UnpException>(() => call.Call(first));
                Assert.Equal((Errno.EPIPE, call.Name), (failure.Errno, failure.Function));
            }
        });
    }
}
