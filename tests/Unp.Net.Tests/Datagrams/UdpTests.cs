namespace Unp.Net.Tests.Datagrams;

/// <summary>What UDP loses, cuts and reports.</summary>
public class UdpTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Port_without_server_is_ECONNREFUSED_on_a_connected_socket(int family)
    {
        SockAddr nobody;
        using (Fd gone = Loopback.Datagram(family))
            nobody = Getsockname(gone);
        using Fd client = Loopback.Limited(Socket(family, SOCK_DGRAM));
        Connect(client, nobody);
        byte[] buffer = new byte[80];
        foreach (Action call in (Action[])[() => Read(client, buffer), () => Recv(client, buffer), () => Recvfrom(client, buffer, 0, out _)])
        {
            Write(client, "anybody?"u8);
            var failure = Assert.Throws<UnpException>(call);
            Assert.Equal(Errno.ECONNREFUSED, failure.Errno);
            Assert.EndsWith(" error: Connection refused", failure.Message);
        }

        // An error that nobody asked for meets the next datagram, and is told once.
        Write(client, "anybody?"u8);
        Loopback.WaitUntilReadable(client);
        Assert.Equal("write error: Connection refused", Assert.Throws<UnpException>(() => Write(client, "still nobody?"u8)).Message);
    }

    [Fact]
    public void Port_without_server_is_not_told_to_an_unconnected_socket()
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
    public void Truncated_datagram_tells_its_full_length_where_it_is_asked_for()
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
    public void Datagram_larger_than_there_can_be_is_EMSGSIZE()
    {
        using Fd fd = Loopback.Datagram();
        SockAddr self = Getsockname(fd);
        byte[] tooLarge = new byte[65_508];
        Assert.Equal($"sendto error: Message too long ({self})", Assert.Throws<UnpException>(() => Sendto(fd, tooLarge, 0, self)).Message);
    }

    [Fact]
    public void Flood_larger_than_the_receive_buffer_loses_some_and_blocks_nobody()
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

        // What is there came first and whole, in order; there is nothing of the rest.
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
