namespace Unp.Net.Tests.Messages;

/// <summary>The values of common control messages, asked of the message itself.</summary>
public class MessageValueTests
{
    [Fact]
    public void Datagram_reports_hop_limit_class_and_time()
    {
        using Fd receiver = Socket(AF_INET, SOCK_DGRAM);
        Bind(receiver, SockAddr.Loopback(AF_INET, 0));
        Setsockopt(receiver, SocketOptions.IpRecvTtl, true);
        Setsockopt(receiver, SocketOptions.IpRecvTos, true);
        Setsockopt(receiver, SocketOptions.TimestampNs, true);
        using Fd sender = Socket(AF_INET, SOCK_DGRAM);
        Setsockopt(sender, SocketOptions.IpTtl, 7);
        Setsockopt(sender, SocketOptions.IpTos, 0x28);
        Sendto(sender, "x"u8, 0, Getsockname(receiver));

        ReceivedMessage message = Recvmsg(receiver, new byte[10], control: new byte[256]);
        Assert.True(message.TryGetHopLimit(out int hops));
        Assert.True(message.TryGetTrafficClass(out int value));
        Assert.True(message.TryGetTimestamp(out timespec time));
        Assert.Equal((7, 0x28), (hops, value));
        Assert.InRange(Math.Abs(time.tv_sec - DateTimeOffset.UtcNow.ToUnixTimeSeconds()), 0, 60);
        Assert.False(message.TryGetSegmentSize(out _) || message.TryGetCredentials(out _));
        Assert.False(message.TryGetError(out _) || message.TryGetTimestamps(out _));
    }

    [Fact]
    public void Message_reports_credentials_of_sender()
    {
        using StreamPair pair = StreamPair.Unix(out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.PassCred, true);
        Writen(first, "x"u8);
        Assert.True(Recvmsg(second, new byte[10], control: new byte[256]).TryGetCredentials(out PeerCredentials credentials));
        Assert.Equal(Environment.ProcessId, credentials.ProcessId);
    }

    [Fact]
    public void Error_queue_reports_refused_datagram()
    {
        using Fd sender = Socket(AF_INET, SOCK_DGRAM);
        Setsockopt(sender, SocketOptions.IpRecvErr, true);
        SockAddr closed;
        using (Fd other = Socket(AF_INET, SOCK_DGRAM))
        {
            Bind(other, SockAddr.Loopback(AF_INET, 0));
            closed = Getsockname(other);
        }
        Sendto(sender, "x"u8, 0, closed);
        ReceivedMessage message = Recvmsg(sender, new byte[10], MSG_ERRQUEUE, control: new byte[256]);
        Assert.True(message.TryGetError(out ExtendedError error));
        Assert.Equal(Errno.ECONNREFUSED, error.Errno);
    }
}
