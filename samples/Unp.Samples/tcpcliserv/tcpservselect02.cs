namespace Unp.Samples.tcpcliserv;

/// <summary>
/// <see cref="tcpservselect01"/> with nonblocking sockets (UNP 6.8). A client that does not read, or for which no descriptor is free,
/// delays no other client. It serves as many clients as fit into a set.
/// </summary>
static class tcpservselect02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        var listener = new EchoListener(listenfd);
        options.Ready(listenfd);

        var clients = new List<EchoConnection>();
        FdSet reading = default;
        FdSet writing = default;
        reading.Set(listenfd);
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            FdSet rset = reading;
            FdSet wset = writing;
            Select(Math.Max(reading.Maxfdp1, writing.Maxfdp1), ref rset, ref wset, listener.WaitTimeout);

            for (int i = clients.Count - 1; i >= 0; i--)
            {
                EchoConnection client = clients[i];
                if (!rset.IsSet(client.Sockfd) && !wset.IsSet(client.Sockfd))
                    continue;
                client.Echo(buf);
                reading.Clr(client.Sockfd);
                writing.Clr(client.Sockfd);
                if (client.IsOver)
                {
                    clients.RemoveAt(i);
                    client.Dispose();
                }
                else if (client.IsSending)
                {
                    writing.Set(client.Sockfd);
                }
                else
                {
                    reading.Set(client.Sockfd);
                }
            }

            bool mayAccept = listener.IsFull || rset.IsSet(listenfd);
            while (mayAccept && listener.Accept() is { } newcomer)
            {
                if (FdSet.Fits(newcomer.Sockfd))
                {
                    reading.Set(newcomer.Sockfd);
                    clients.Add(newcomer);
                }
                else
                {
                    err_msg($"too many clients: {newcomer.Sockfd} does not fit into a set of {FdSet.Capacity}");
                    newcomer.Dispose();
                }
            }
            if (listener.IsFull)
                reading.Clr(listenfd);
            else
                reading.Set(listenfd);
        }
    }
}
