namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with kqueue, on macOS and FreeBSD (UNP 14.9). The number of clients is limited only by the number of
/// descriptors.
/// </summary>
static class tcpservkqueue01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd kq = Kqueue();
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        var listener = new EchoListener(listenfd);
        Kevent(kq, [Change(listenfd, EVFILT_READ, EV_ADD)], []);
        options.Ready(listenfd);

        var clients = new Dictionary<nuint, EchoConnection>();
        Span<kevent> events = stackalloc kevent[64];
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            bool wasFull = listener.IsFull;
            bool mayAccept = wasFull;
            foreach (ref readonly kevent ready in events[..Kevent(kq, [], events, listener.WaitTimeout)])
            {
                if (!clients.TryGetValue(ready.ident, out EchoConnection? client))
                {
                    mayAccept = true;
                    continue;
                }
                bool wasSending = client.IsSending;
                client.Echo(buf);
                if (client.IsOver)
                {
                    clients.Remove(ready.ident);
                    client.Dispose(); // also removes it from the queue
                }
                else if (client.IsSending != wasSending)
                {
                    Watch(kq, client.Sockfd, client.IsSending);
                }
            }

            while (mayAccept && listener.Accept() is { } newcomer)
            {
                if (TryWatch(kq, newcomer.Sockfd))
                    clients.Add((nuint)newcomer.Sockfd.DangerousGetHandle(), newcomer);
                else
                    newcomer.Dispose();
            }
            if (listener.IsFull != wasFull)
                Kevent(kq, [Change(listenfd, EVFILT_READ, listener.IsFull ? EV_DISABLE : EV_ENABLE)], []);
        }
    }

    /// <summary>Watches a new client for input. If the kernel has no room for it (ENOMEM), prints the error and returns false.</summary>
    static bool TryWatch(Fd kq, Fd sockfd)
    {
        try
        {
            Watch(kq, sockfd, sending: false);
            return true;
        }
        catch (UnpException failure)
        {
            err_msg($"{failure.Message}; closing a client");
            return false;
        }
    }

    /// <summary>Sets the two filters of a client, of which one is enabled.</summary>
    static void Watch(Fd kq, Fd sockfd, bool sending)
    {
        kevent read = Change(sockfd, EVFILT_READ, EV_ADD | (sending ? EV_DISABLE : EV_ENABLE));
        kevent write = Change(sockfd, EVFILT_WRITE, EV_ADD | (sending ? EV_ENABLE : EV_DISABLE));
        Kevent(kq, [read, write], []);
    }

    static kevent Change(Fd fd, short filter, int flags) =>
        new() { ident = (nuint)fd.DangerousGetHandle(), filter = filter, flags = (ushort)flags };
}
