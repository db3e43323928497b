namespace Unp.Net.Tests.Descriptors;

public class CloseWhileBlockedTests
{
    [Theory]
    [InlineData(SHUT_RD)]
    [InlineData(SHUT_RDWR)]
    public void Blocked_reader_gets_0_when_socket_is_shut_down(int how)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        var reader = new BlockedThread<int>(() => Read(first, new byte[1])).WaitUntilIn("read");
        Shutdown(first, how);
        Assert.Equal(0, reader.Result);
    }

    [Fact]
    public void Number_stays_in_use_until_blocked_call_returns()
    {
        var (low, second) = Loopback.UnixPair();
        Fd first = Kernel.Apart(low);
        int number = Kernel.Number(first);
        using (second)
        {
            var reader = new BlockedThread<int>(() => Read(first, new byte[1])).WaitUntilIn("read");
            first.Dispose();

            Assert.True(Kernel.IsOpen(number));
            using (Fd next = Kernel.Take(number, second))
                Assert.NotEqual(number, Kernel.Number(next));

            Shutdown(first, SHUT_RDWR);
            Assert.Equal(0, reader.Result);
            Limit.Until(() => first.IsClosed, "closed");
            Assert.False(Kernel.IsOpen(number));
        }
    }

    [Fact]
    public void Blocked_call_receives_data_of_old_descriptor()
    {
        var (first, second) = Loopback.UnixPair();
        using (second)
        {
            byte[] buffer = new byte[8];
            var reader = new BlockedThread<int>(() => Read(first, buffer)).WaitUntilIn("read");
            first.Dispose();
            Writen(second, "mine"u8);
            Assert.Equal(4, reader.Result);
            Assert.Equal("mine"u8, buffer.AsSpan(0, 4));

            // Now the connection is closed, and the other end sees it.
            Assert.Equal(0, Read(second, buffer));
        }
    }

    [Fact]
    public void Blocked_reader_never_reads_from_next_descriptor_of_number()
    {
        for (int round = 0; round < 300; round++)
            Assert.Equal(-1, ReadWhileTheNumberIsReused(round));
    }

    /// <summary>Returns the result of a read from a descriptor without data that is closed meanwhile: -1 if the read failed.</summary>
    static int ReadWhileTheNumberIsReused(int round)
    {
        var (low, second) = Loopback.UnixPair();
        using Fd peer = second;
        Fd first = Kernel.Apart(low);
        int number = Kernel.Number(first);
        Kernel.SetNonBlocking(first);
        using var next = StreamPair.Unix(out Fd third, out Fd fourth);
        Writen(fourth, "!"u8);
        using var start = new Barrier(2);
        var reader = new BlockedThread<int>(() =>
        {
            byte[] buffer = new byte[1];
            start.SignalAndWait(Limit.Default);
            try
            {
                while (read(first, buffer) < 0)
                    continue;
                return buffer[0];
            }
            catch (ObjectDisposedException)
            {
                return -1;
            }
        });
        start.SignalAndWait(Limit.Default);
        Thread.SpinWait(round * 20);
        first.Dispose();

        // If the number is free, the new descriptor gets it, and has data to read.
        using Fd successor = Kernel.Take(number, third);
        return reader.Result;
    }

    [Fact]
    public void Blocked_accept_wakes_when_listener_is_shut_down()
    {
        Fd listenfd = Loopback.Listener();
        var acceptor = new BlockedThread<Fd>(() => Accept(listenfd)).WaitUntilIn("accept4");
        Shutdown(listenfd, SHUT_RDWR);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => acceptor.Result).Errno);
        listenfd.Dispose();
    }

    [Fact]
    public void Disposed_listener_stops_accepting_after_blocked_accept()
    {
        Fd listenfd = Loopback.Listener();
        SockAddr address = Getsockname(listenfd);
        var acceptor = new BlockedThread<Fd>(() => Accept(listenfd)).WaitUntilIn("accept4");
        listenfd.Dispose();
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        Connect(client, address);
        acceptor.Result.Dispose();
        Limit.Until(() => listenfd.IsClosed, "closed");

        using Fd late = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<UnpException>(() => Connect(late, address)).Errno);
    }

    [Fact]
    public void Blocked_writer_fails_when_socket_is_shut_down()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        var writer = new BlockedThread<int>(() => writen(first, new byte[4 * 1024 * 1024]) < 0 ? Errno.Last.Value : 0).WaitUntilIn("write");
        Shutdown(first, SHUT_RDWR);
        Assert.Equal(Errno.EPIPE, new Errno(writer.Result));
    }
}
