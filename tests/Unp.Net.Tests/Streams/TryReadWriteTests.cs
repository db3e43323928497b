namespace Unp.Net.Tests.Streams;

/// <summary><c>TryRead</c>, <c>TryWrite</c>, <c>TryRecv</c> and <c>TrySend</c>: nothing waits, and no error is an exception.</summary>
public class TryReadWriteTests
{
    [Fact]
    public void Receive_neither_waits_nor_throws_on_blocking_socket()
    {
        using StreamPair pair = StreamPair.Unix(out Fd first, out Fd second);
        byte[] buffer = new byte[10];
        Assert.False(TryRecv(first, buffer, out int n));
        Assert.Equal((0, Errno.EAGAIN), (n, Errno.Last));

        Writen(second, "abc"u8);
        Assert.True(TryRecv(first, buffer, out n));
        Assert.Equal("abc"u8, buffer.AsSpan(0, n));

        Shutdown(second, SHUT_WR);
        Assert.True(TryRecv(first, buffer, out n));
        Assert.Equal(0, n);
        Assert.Throws<ArgumentException>(() => TryRecv(first, [], out _));
    }

    [Fact]
    public void Send_takes_what_fits_and_reports_full_buffer_and_lost_peer()
    {
        using StreamPair pair = StreamPair.Unix(out Fd first, out Fd second);
        byte[] much = new byte[10_000_000];
        Assert.True(TrySend(first, much, out int n));
        Assert.InRange(n, 1, much.Length - 1);
        Assert.False(TrySend(first, much, out n));
        Assert.Equal((0, Errno.EAGAIN), (n, Errno.Last));

        second.Dispose();
        Assert.False(TrySend(first, much, out n));
        Assert.Equal((0, Errno.EPIPE), (n, Errno.Last));
    }

    [Fact]
    public void Pipe_is_read_and_written_without_waiting()
    {
        Pipe(out Fd reading, out Fd writing);
        using (reading)
        using (writing)
        {
            SetNonBlocking(reading, true);
            SetNonBlocking(writing, true);
            byte[] buffer = new byte[1_000_000];
            Assert.False(TryRead(reading, buffer, out int n));
            Assert.Equal((0, Errno.EAGAIN), (n, Errno.Last));
            Assert.True(TryWrite(writing, buffer, out int written));
            Assert.InRange(written, 1, buffer.Length - 1);
            Assert.False(TryWrite(writing, buffer, out n));
            Assert.Equal((0, Errno.EAGAIN), (n, Errno.Last));
            Assert.True(TryRead(reading, buffer, out n));
            Assert.Equal(written, n);
            writing.Dispose();
            Assert.True(TryRead(reading, buffer, out n));
            Assert.Equal(0, n);
        }
    }

    [Fact]
    public void Bytes_read_ahead_come_first()
    {
        using StreamPair pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "line\nrest"u8);
        byte[] buffer = new byte[10];
        Assert.Equal(5, Readline(first, buffer));
        Assert.True(TryRecv(first, buffer, out int n));
        Assert.Equal("rest"u8, buffer.AsSpan(0, n));
        Assert.False(TryRead(Nonblocking(first), buffer, out _));
        Assert.Equal(Errno.EAGAIN, Errno.Last);
    }

    [Fact]
    public void Accepted_connection_does_not_block()
    {
        using Fd listenfd = Tcp_listen("127.0.0.1", "0");
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        Connect(client, Getsockname(listenfd));
        Assert.True(TryAccept(listenfd, out Fd? connfd, out _));
        using (connfd)
        {
            Assert.False(TryRead(connfd, new byte[1], out _));
            Assert.Equal(Errno.EAGAIN, Errno.Last);
        }
    }

    static Fd Nonblocking(Fd fd)
    {
        SetNonBlocking(fd, true);
        return fd;
    }
}
