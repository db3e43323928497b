namespace Unp.Net.Tests.Datagrams;

/// <summary>Losses, truncation and errors of UDP.</summary>
public class UdpTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Port_without_server_is_ECONNREFUSED_on_connected_socket(int family)
    {
        SockAddr nobody;
        using (Fd gone = Loopback.Datagram(family))
            nobody = Getsockname(gone);
        using Fd client = Loopback.Limited(Socket(family, SOCK_DGRAM));
        Connect(client, nobody);
        byte[] buffer = new byte[80];
        Action[] calls = [() => Read(client, buffer), () => Recv(client, buffer), () => Recvfrom(client, buffer, 0, out _)];
        foreach (Action call in calls)
        {
            Write(client, "anybody?"u8);
            var failure = Assert.Throws<UnpException>(call);
            Assert.Equal(Errno.ECONNREFUSED, failure.Errno);
            Assert.EndsWith($" error: Connection refused ({client})", failure.Message);
        }

        // A pending error is reported once, by the send of the next datagram.
        Write(client, "anybody?"u8);
        Loopback.WaitUntilReadable(client);
        Assert.Equal(
            $"write error: Connection refused ({client})",
            Assert.Throws<UnpException>(() => Write(client, "still nobody?"u8)).Message);
    }

    [Fact]
    public void Port_without_server_is_not_reported_to_unconnected_socket()
    {
        SockAddr nobody;
        using (Fd gone = Loopback.Datagram())
            nobody = Getsockname(gone);
        using Fd client = Loopback.Datagram();
        Sendto(client, "anybody?"u8, 0, nobody);
        Sendto(client, "anybody?"u8, 0, nobody);
        Assert.Equal(-1, recvfrom(client, new byte[8], MSG_DONTWAIT, out _));
        Assert.Equal(Errno.EAGAIN, Errno.Last);
        Assert.Equal(default, Getsockopt(client, SocketOptions.Error));
    }

    [Fact]
    public void Full_length_of_truncated_datagram_is_returned_on_request()
    {
        using Fd receiver = Loopback.Datagram();
        using Fd sender = Loopback.Datagram();
        byte[] largest = new byte[65_507];
        Sendto(sender, largest, 0, Getsockname(receiver));
        Sendto(sender, largest, 0, Getsockname(receiver));
        Sendto(sender, "next"u8, 0, Getsockname(receiver));
        byte[] buffer = new byte[MAXLINE];
        Assert.Equal(largest.Length, Recvfrom(receiver, buffer, MSG_TRUNC, out SockAddr from));
        Assert.Equal(Getsockname(sender), from);
        Assert.Equal(buffer.Length, Recvfrom(receiver, buffer, 0, out _));
        Assert.Equal("next"u8, buffer.AsSpan(0, Recvfrom(receiver, buffer, 0, out _)));
    }

    [Fact]
    public void Too_large_datagram_is_EMSGSIZE()
    {
        using Fd fd = Loopback.Datagram();
        SockAddr self = Getsockname(fd);
        byte[] tooLarge = new byte[65_508];
        Assert.Equal($"sendto error: Message too long ({self})", Assert.Throws<UnpException>(() => Sendto(fd, tooLarge, 0, self)).Message);
    }

    [Fact]
    public void Datagrams_beyond_receive_buffer_are_lost_without_blocking()
    {
        const int Sent = 2000, Size = 1400;
        using Fd receiver = Loopback.Datagram();
        Setsockopt(receiver, SocketOptions.RcvBuf, 10 * Size);
        using Fd sender = Loopback.Datagram();
        SockAddr to = Getsockname(receiver);
        byte[] datagram = new byte[Size];
        Limit.Run(() =>
        {
            for (int i = 0; i < Sent; i++)
            {
                BitConverter.TryWriteBytes(datagram, i);
                Sendto(sender, datagram, 0, to);
            }
        });

        // The queued datagrams came first, whole and in order. The others are lost completely.
        byte[] buffer = new byte[MAXLINE];
        int received = 0;
        while (recvfrom(receiver, buffer, MSG_DONTWAIT, out SockAddr from) is >= 0 and var n)
        {
            Assert.Equal((Size, received, Getsockname(sender)), ((int)n, BitConverter.ToInt32(buffer), from));
            received++;
        }
        Assert.Equal(Errno.EAGAIN, Errno.Last);
        Assert.InRange(received, 1, Sent - 1);

        Sendto(sender, "room again"u8, 0, to);
        Assert.Equal("room again"u8, buffer.AsSpan(0, Recvfrom(receiver, buffer, 0, out _)));
    }
}
