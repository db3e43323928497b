using Unp.Net;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>Real sockets on this machine's own addresses, on ports of the kernel's choice.</summary>
public static class Loopback
{
    /// <summary>A TCP socket that listens on 127.0.0.1 or ::1.</summary>
    public static Fd Listener(int family = AF_INET, int backlog = LISTENQ)
    {
        Fd listenfd = Socket(family, SOCK_STREAM);
        try
        {
            Bind(listenfd, SockAddr.Loopback(family));
            Listen(listenfd, backlog);
            return listenfd;
        }
        catch
        {
            listenfd.Dispose();
            throw;
        }
    }

    /// <summary>Two ends of a TCP connection.</summary>
    public static (Fd Client, Fd Server) TcpPair(int family = AF_INET)
    {
        using Fd listenfd = Listener(family);
        Fd client = Socket(family, SOCK_STREAM);
        Connect(client, Getsockname(listenfd));
        return (client, Accept(listenfd));
    }

    /// <summary>Two unix stream sockets connected to each other.</summary>
    public static (Fd First, Fd Second) UnixPair()
    {
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd first, out Fd second);
        return (first, second);
    }
}
