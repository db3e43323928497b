using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Multiplexing;

/// <summary>The connections to one server: those that send, and those that only are there.</summary>
sealed class LoadConnections : IDisposable
{
    // The server's queue is not longer than this many.
    const int AcceptedAtOnce = 256;

    readonly List<Fd> sockets = [];
    readonly Fd epfd = Epoll_create1();

    /// <summary>Connects. A server that echoes on the last connection has accepted all of them.</summary>
    internal LoadConnections(int port, int active, int idle, int messageSize)
    {
        Active = new LoadConnection[active];
        EpollNumber = (int)epfd.DangerousGetHandle();
        byte[] scratch = new byte[64 * 1024];
        try
        {
            int made = 0;
            for (int i = 0; i < active + idle; i++)
            {
                Fd socket = Connect(port);
                if (i % AcceptedAtOnce == AcceptedAtOnce - 1 || i == active + idle - 1)
                    Try(socket);

                // The active ones lie evenly among the idle ones.
                if ((long)(i + 1) * active / (active + idle) <= made)
                    continue;
                _ = fcntl(socket, F_SETFL, O_NONBLOCK);
                Epoll_ctl(epfd, EPOLL_CTL_ADD, socket, EPOLLIN, (uint)made);
                Active[made] = new LoadConnection(socket, epfd, made, scratch, messageSize);
                made++;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    LoadConnections() => Active = [];

    internal static LoadConnections None => new();

    internal LoadConnection[] Active { get; }

    internal int EpollNumber { get; }

    /// <summary>By a reset, so that no thousands of them wait for their TIME_WAIT to end.</summary>
    public void Dispose()
    {
        foreach (Fd socket in sockets)
        {
            Setsockopt(socket, SocketOptions.Linger, TimeSpan.Zero);
            socket.Dispose();
        }
        sockets.Clear();
        epfd.Dispose();
    }

    Fd Connect(int port)
    {
        Fd socket = Socket(AF_INET, SOCK_STREAM);
        sockets.Add(socket);
        Setsockopt(socket, SocketOptions.TcpNoDelay, true);
        Setsockopt(socket, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(5));
        Libunp.Connect(socket, SockAddr.Loopback(AF_INET, port));
        return socket;
    }

    static void Try(Fd socket)
    {
        Span<byte> one = [42];
        if (send(socket, one) != 1 || recv(socket, one) != 1)
            throw new UnpException(Errno.Last, "the first echo");
    }
}
