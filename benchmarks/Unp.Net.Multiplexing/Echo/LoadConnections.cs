using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Multiplexing;

/// <summary>The connections to one server: active ones, which send, and idle ones.</summary>
sealed class LoadConnections : IDisposable
{
    // The server's queue holds no more pending connections than this.
    const int AcceptedAtOnce = 256;

    readonly List<Fd> sockets = [];
    readonly Fd epfd = Epoll_create1();

    /// <summary>Connects. An echo on the last connection shows that the server has accepted all of them.</summary>
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

                // The active connections are spread evenly among the idle ones.
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

    /// <summary>Closes with a reset, so that thousands of connections do not wait in TIME_WAIT.</summary>
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
