namespace Unp.Net.Tests.Messages;

/// <summary>
/// Two connected unix sockets of any type, closed together: <c>using var pair = SocketPair.Unix(SOCK_DGRAM, out Fd first, out Fd
/// second);</c>
/// </summary>
sealed class SocketPair : IDisposable
{
    readonly Fd first;
    readonly Fd second;

    SocketPair(Fd first, Fd second) => (this.first, this.second) = (first, second);

    public static TheoryData<int> Types => [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET];

    public static SocketPair Unix(int type, out Fd first, out Fd second)
    {
        Socketpair(AF_UNIX, type, 0, out first, out second);
        return new SocketPair(Loopback.Limited(first), Loopback.Limited(second));
    }

    /// <summary>Creates two UDP sockets that are connected to each other.</summary>
    public static SocketPair Udp(int family, out Fd first, out Fd second)
    {
        (first, second) = (Loopback.Datagram(family), Loopback.Datagram(family));
        Connect(first, Getsockname(second));
        Connect(second, Getsockname(first));
        return new SocketPair(first, second);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
