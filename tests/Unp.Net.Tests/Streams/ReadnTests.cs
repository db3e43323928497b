namespace Unp.Net.Tests.Streams;

public class ReadnTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Data_that_arrives_in_pieces_is_read_whole(int family)
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server, family);
        byte[] sent = Bytes.Some(500);
        var dribble = new BlockedThread<int>(() => Bytes.Dribble(server, sent));
        byte[] received = new byte[sent.Length];
        Assert.Equal(sent.Length, Readn(client, received));
        Assert.Equal(sent, received);
        Assert.Equal(sent.Length, dribble.Result);
    }

    [Fact]
    public void Reader_sleeps_between_pieces()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        byte[] buffer = new byte[6];
        var reader = new BlockedThread<int>(() => Readn(first, buffer)).WaitUntilIn("read");
        Writen(second, "one"u8);
        Limit.Until(() => Kernel.Waiting(first) == 0, "the first piece is read");
        reader.WaitUntilIn("read");
        Writen(second, "two"u8);
        Assert.Equal(6, reader.Result);
        Assert.Equal("onetwo"u8, buffer);
    }

    [Fact]
    public void Bytes_after_requested_ones_stay_in_kernel()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "12345678"u8);
        Assert.Equal(3, Readn(first, new byte[3]));
        Assert.Equal(5, Kernel.Waiting(first));
    }

    [Fact]
    public void End_of_data_returns_bytes_received()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        {
            Writen(second, "half"u8);
            second.Dispose();
            byte[] buffer = new byte[8];
            Assert.Equal(4, Readn(first, buffer));
            Assert.Equal("half"u8, buffer.AsSpan(0, 4));
            Assert.Equal(0, Readn(first, buffer));
        }
    }

    [Fact]
    public void Failure_reports_number_of_bytes_received()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.SetNonBlocking(first);
        Writen(second, "half"u8);
        byte[] buffer = new byte[8];
        var failure = Assert.Throws<UnpException>(() => Readn(first, buffer));
        Assert.Equal((Errno.EAGAIN, 4), (failure.Errno, failure.BytesTransferred));
        Assert.Equal("half"u8, buffer.AsSpan(0, 4));
    }

    [Fact]
    public void Reset_is_error()
    {
        var (client, server) = Loopback.TcpPair();
        using (client)
        {
            Setsockopt(server, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 0 });
            server.Dispose();
            Assert.Equal(Errno.ECONNRESET, Assert.Throws<UnpException>(() => Readn(client, new byte[8])).Errno);

            // The error is reported once. Afterwards the connection is at its end.
            Assert.Equal(0, readn(client, new byte[8]));
        }
    }
}
