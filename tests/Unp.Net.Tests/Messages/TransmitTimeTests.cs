namespace Unp.Net.Tests.Messages;

/// <summary>
/// Tests of the transmit time of a datagram. Loopback has no queue that waits, so they only test that the kernel accepts the time and that
/// the datagram arrives.
/// </summary>
public class TransmitTimeTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Transmit_time_requires_TxTime_option(int family)
    {
        using var pair = SocketPair.Udp(family, out Fd first, out Fd second);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => SendAt(first)).Errno);
        Setsockopt(first, SocketOptions.TxTime, new SockTxTime(CLOCK_MONOTONIC, 0));
        Assert.Equal(7, SendAt(first));
        byte[] buffer = new byte[8];
        Assert.Equal("in time"u8, buffer.AsSpan(0, Recv(second, buffer)));
    }

    static int SendAt(Fd fd)
    {
        var control = new ControlWriter(stackalloc byte[ControlSpace.Of(sizeof(ulong))]);
        control.AddTransmitTime((ulong)Environment.TickCount64 * 1_000_000);
        return Sendmsg(fd, "in time"u8, 0, default, control.Written);
    }
}
