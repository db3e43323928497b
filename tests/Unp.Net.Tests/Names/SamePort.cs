namespace Unp.Net.Tests.Names;

/// <summary>Takes the same TCP port on 127.0.0.1 and ::1, and listens on those of them that the test chooses.</summary>
sealed class SamePort : IDisposable
{
    readonly Fd first;
    readonly Fd second;

    public SamePort(params int[] listening)
    {
        Loopback.Require(AF_INET6);
        first = Socket(AF_INET, SOCK_STREAM);
        SockAddr address;
        do
        {
            second?.Dispose();
            second = Socket(AF_INET6, SOCK_STREAM);
            Bind(second, SockAddr.Loopback(AF_INET6));
            address = Getsockname(second);
        }
        while (bind(first, SockAddr.Loopback(AF_INET, address.Port)) < 0); // if the port is in use there, try another one
        if (listening.Contains(AF_INET))
            Listen(first);
        if (listening.Contains(AF_INET6))
            Listen(second);
        Port = address.Port;
    }

    public int Port { get; }

    /// <summary>Frees the port of 127.0.0.1.</summary>
    public void FreeIpv4() => first.Dispose();

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
