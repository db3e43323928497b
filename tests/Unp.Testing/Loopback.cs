using System.Runtime.InteropServices;
using Unp.Net;
using Xunit;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>
/// Creates real sockets on this machine's own addresses, with ports chosen by the kernel. A call that blocks too long fails with EAGAIN, so
/// that a broken test does not hang.
/// </summary>
public static class Loopback
{
    static readonly Lazy<bool> HasIPv6 = new(() =>
    {
        int descriptor = socket(AF_INET6, SOCK_DGRAM, 0);
        if (descriptor < 0)
            return false;
        using var fd = new Fd(descriptor);
        return bind(fd, SockAddr.Loopback(AF_INET6)) == 0;
    });

    /// <summary>Skips the test if this machine has no address of the family. Many containers lack IPv6.</summary>
    public static void Require(int family) => Assert.SkipUnless(family != AF_INET6 || HasIPv6.Value, "this machine has no ::1");

    /// <summary>Creates a TCP socket that listens on 127.0.0.1 or ::1.</summary>
    public static Fd Listener(int family = AF_INET, int backlog = LISTENQ) => Listener(SockAddr.Loopback(family), backlog);

    /// <summary>Creates a stream socket that listens at an address of any family.</summary>
    public static Fd Listener(in SockAddr address, int backlog = LISTENQ)
    {
        Require(address.Family);
        Fd listenfd = Limited(Socket(address.Family, SOCK_STREAM));
        try
        {
            Bind(listenfd, address);
            Listen(listenfd, backlog);
            return listenfd;
        }
        catch
        {
            listenfd.Dispose();
            throw;
        }
    }

    /// <summary>Creates a client connected to a listener, which has not accepted it yet.</summary>
    public static Fd Connected(Fd listenfd)
    {
        SockAddr address = Getsockname(listenfd);
        Fd client = Limited(Socket(address.Family, SOCK_STREAM));
        Connect(client, address);
        return client;
    }

    /// <summary>Creates two ends of a TCP connection.</summary>
    public static (Fd Client, Fd Server) TcpPair(int family = AF_INET)
    {
        using Fd listenfd = Listener(family);
        Fd client = Connected(listenfd);
        return (client, Accept(listenfd));
    }

    /// <summary>Creates two Unix stream sockets connected to each other.</summary>
    public static (Fd First, Fd Second) UnixPair()
    {
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd first, out Fd second);
        return (Limited(first), Limited(second));
    }

    /// <summary>Creates a UDP socket on 127.0.0.1 or ::1.</summary>
    public static Fd Datagram(int family = AF_INET)
    {
        Require(family);
        Fd fd = Limited(Socket(family, SOCK_DGRAM));
        Bind(fd, SockAddr.Loopback(family));
        return fd;
    }

    /// <summary>
    /// Returns a TCP port of 127.0.0.1 without a listener. No other process can listen on it while <paramref name="holder"/> is open.
    /// </summary>
    public static SockAddr Deaf(out Fd holder)
    {
        holder = Socket(AF_INET, SOCK_STREAM);
        Bind(holder, SockAddr.Loopback(AF_INET));
        return Getsockname(holder);
    }

    /// <summary>
    /// Returns an address with a TCP port that is free now, for a server that cannot choose one itself. The kernel gives no port below
    /// 32768 to a socket that requests any, so no other test receives it before the server starts.
    /// </summary>
    public static SockAddr FreePort(string address)
    {
        const int Lowest = 10_000, FirstEphemeral = 32_768;
        while (true)
        {
            using Fd probe = Socket(AF_INET, SOCK_STREAM);
            SockAddr free = SockAddr.Inet(address, Random.Shared.Next(Lowest, FirstEphemeral));
            if (bind(probe, free) == 0)
                return free;
        }
    }

    /// <summary>Waits until a read or an accept would not block.</summary>
    public static void WaitUntilReadable(SafeHandle fd)
    {
        bool held = false;
        fd.DangerousAddRef(ref held);
        try
        {
            Span<pollfd> wait = [new pollfd { fd = (int)fd.DangerousGetHandle(), events = POLLIN }];
            if (poll(wait, (int)Limit.Default.TotalMilliseconds) != 1)
                throw new TimeoutException($"Nothing to read from {fd} after {Limit.Default.TotalSeconds} seconds.");
        }
        finally
        {
            fd.DangerousRelease();
        }
    }

    /// <summary>Gives a socket a time limit for every blocking call. Accepted sockets inherit it.</summary>
    public static Fd Limited(Fd fd)
    {
        // struct timeval
        Span<long> limit = [(long)Limit.Default.TotalSeconds, 0];
        Setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, MemoryMarshal.AsBytes(limit));
        Setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, MemoryMarshal.AsBytes(limit));
        return fd;
    }
}
