namespace Unp.Net.Tests.Streams;

public class WritenTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Large_buffer_is_written_through_tiny_socket_buffers(int family)
    {
        using Fd listenfd = Loopback.Listener(family);
        Kernel.ShrinkBuffers(listenfd);
        using Fd client = Loopback.Connected(listenfd);
        using Fd server = Accept(listenfd);
        Kernel.ShrinkBuffers(client);

        byte[] sent = Bytes.Some(200_000);
        var writer = new BlockedThread<int>(() => writen(client, sent)).WaitUntilIn("write");
        byte[] received = new byte[sent.Length];
        Assert.Equal(sent.Length, Readn(server, received));
        Assert.Equal(sent, received);
        Assert.Equal(sent.Length, writer.Result);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("sendto")]
    public void Send_and_write_transfer_whole_buffer(string systemCall)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        byte[] sent = Bytes.Some(2_000_000);
        var writer = new BlockedThread<bool>(() =>
        {
            if (systemCall == "write")
                Write(first, sent);
            else
                Send(first, sent);
            return true;
        }).WaitUntilIn(systemCall);
        byte[] received = new byte[sent.Length];
        Assert.Equal(sent.Length, Readn(second, received));
        Assert.Equal(sent, received);
        Assert.True(writer.Result);
    }

    [Fact]
    public void Close_by_peer_reports_bytes_written_before()
    {
        var (client, server) = Loopback.TcpPair();
        using (client)
        {
            byte[] sent = Bytes.Some(32 * 1024 * 1024);
            var writer = new BlockedThread<bool>(() =>
            {
                Writen(client, sent);
                return true;
            }).WaitUntilIn("write");
            server.Dispose(); // resets the connection, because data is unread

            var failure = Assert.Throws<UnpException>(() => writer.Result);
            Assert.Contains(failure.Errno, (Errno[])[Errno.ECONNRESET, Errno.EPIPE]);
            Assert.InRange(failure.BytesTransferred, 1, sent.Length - 1);

            // The next write finds no connection, and no signal ends this process.
            Assert.Equal(-1, writen(client, "x"u8));
            Assert.Equal(Errno.EPIPE, Errno.Last);
        }
    }

    [Theory]
    [InlineData("write")]
    [InlineData("writen")]
    [InlineData("send")]
    public void Full_non_blocking_descriptor_reports_bytes_written(string function)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.SetNonBlocking(first);
        byte[] sent = Bytes.Some(4_000_000);
        var failure = Assert.Throws<UnpException>(() =>
        {
            if (function == "write")
                Write(first, sent);
            else if (function == "writen")
                Writen(first, sent);
            else
                Send(first, sent);
        });
        Assert.Equal((Errno.EAGAIN, function), (failure.Errno, failure.Function));
        Assert.InRange(failure.BytesTransferred, 1, sent.Length - 1);

        // Exactly these bytes have arrived.
        first.Dispose();
        byte[] received = new byte[sent.Length];
        Assert.Equal(failure.BytesTransferred, Readn(second, received));
        Assert.Equal(sent.AsSpan(0, (int)failure.BytesTransferred), received.AsSpan(0, (int)failure.BytesTransferred));
    }

    [Fact]
    public void Datagram_is_written_in_one_piece()
    {
        Socketpair(AF_UNIX, SOCK_DGRAM, 0, out Fd first, out Fd second);
        using (Loopback.Limited(first))
        using (Loopback.Limited(second))
        {
            Writen(first, new byte[3000]);
            Writen(first, []);
            Write(first, new byte[2000]);
            byte[] buffer = new byte[8000];
            Assert.Equal(3000, Read(second, buffer));
            Assert.Equal(0, Read(second, buffer));
            Assert.Equal(2000, Read(second, buffer));
        }
    }
}
