namespace Unp.Net.Tests.Options;

/// <summary>
/// Sockets of each kind, for options that only some kinds have. An entry is null if this process is not permitted to create the socket.
/// </summary>
static class SuitableSockets
{
    public static readonly (string Kind, Func<Fd?> Make)[] All =
    [
        ("TCP", () => Socket(AF_INET, SOCK_STREAM)),
        ("TCP over IPv6", () => Socket(AF_INET6, SOCK_STREAM)),
        ("MPTCP", () => IfAllowed(AF_INET, SOCK_STREAM, IPPROTO_MPTCP)),
        ("UDP", () => Socket(AF_INET, SOCK_DGRAM)),
        ("UDP over IPv6", () => Socket(AF_INET6, SOCK_DGRAM)),
        ("connected UDP", () => Connected(AF_INET)),
        ("connected UDP over IPv6", () => Connected(AF_INET6)),
        ("Unix", () => Socket(AF_UNIX, SOCK_STREAM)),
        ("raw", () => IfAllowed(AF_INET, SOCK_RAW, IPPROTO_ICMP)),
        ("raw over IPv6", () => IfAllowed(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6)),
    ];

    static Fd? Connected(int family)
    {
        Fd fd = Socket(family, SOCK_DGRAM);
        if (connect(fd, SockAddr.Loopback(family, 9)) == 0)
            return fd;
        fd.Dispose();
        return null;
    }

    static Fd? IfAllowed(int family, int type, int protocol)
    {
        try
        {
            return Socket(family, type, protocol);
        }
        catch (UnpException)
        {
            return null;
        }
    }
}
