namespace Unp.Net.Tests.Messages;

/// <summary>Why datagrams were not delivered, from the socket's error queue.</summary>
public class ErrorQueueTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Refused_datagram_comes_back_with_its_destination_and_who_refused_it(int family)
    {
        using Fd fd = Loopback.Datagram(family);
        SockAddr deaf;
        using (Fd gone = Loopback.Datagram(family))
            deaf = Getsockname(gone);
        bool six = family == AF_INET6;
        Setsockopt(fd, six ? SocketOptions.Ipv6RecvErr : SocketOptions.IpRecvErr, true);
        Sendmsg(fd, "nobody there"u8, to: deaf);
        WaitForError(fd);

        byte[] buffer = new byte[20];
        ReceivedMessage received = Recvmsg(fd, buffer, MSG_ERRQUEUE, stackalloc byte[ControlSpace.ExtendedError]);
        Assert.Equal((12, deaf), (received.Length, received.Address));
        Assert.Equal(MSG_ERRQUEUE, received.Flags);
        Assert.Equal("nobody there"u8, buffer.AsSpan(0, 12));
        int errors = 0;
        foreach (ControlMessage message in received.Control)
        {
            Assert.True(message.TryGetError(out ExtendedError error));
            Assert.Equal(Errno.ECONNREFUSED, error.Errno);
            Assert.Equal(six ? SO_EE_ORIGIN_ICMP6 : SO_EE_ORIGIN_ICMP, error.Origin);
            Assert.Equal(six ? (1, 4) : (3, 3), (error.Type, error.Code)); // port unreachable
            Assert.Equal(SockAddr.Loopback(family), error.Offender);
            errors++;
        }
        Assert.Equal(1, errors);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Recvmsg(fd, buffer, MSG_ERRQUEUE).Length).Errno);
    }

    static void WaitForError(Fd fd)
    {
        Span<pollfd> wait = [new pollfd { fd = Kernel.Number(fd) }];
        Assert.Equal(1, Poll(wait, Limit.Default));
        Assert.Equal(POLLERR, wait[0].revents);
    }
}
