using Unp.Net;

namespace Unp.Testing;

/// <summary>Two connected stream sockets, closed together: <c>using var pair = StreamPair.Unix(out Fd reader, out Fd writer);</c></summary>
public sealed class StreamPair : IDisposable
{
    readonly Fd first;
    readonly Fd second;

    StreamPair((Fd First, Fd Second) pair) => (first, second) = pair;

    /// <summary>Creates a pair with <see cref="Loopback.UnixPair"/>.</summary>
    public static StreamPair Unix(out Fd first, out Fd second) => new((first, second) = Loopback.UnixPair());

    /// <summary>Creates a pair with <see cref="Loopback.TcpPair"/>.</summary>
    public static StreamPair Tcp(out Fd client, out Fd server, int family = Libc.AF_INET) =>
        new((client, server) = Loopback.TcpPair(family));

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
