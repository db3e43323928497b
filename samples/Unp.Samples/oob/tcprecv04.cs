namespace Unp.Samples.oob;

/// <summary>Receives out-of-band data inline and finds its mark with sockatmark (figure 24.9).</summary>
static class tcprecv04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <port#>");

        using Fd listenfd = args is [var host, var port] ? Tcp_listen(host, port) : Tcp_listen(null, args[0]);
        Receive(listenfd, args[^1], options);
    }

    public static void Receive(Fd listenfd, string service, ProgramOptions options)
    {
        Setsockopt(listenfd, SocketOptions.OobInline, true); // the connection inherits it
        options.Ready(listenfd, service);
        using Fd connfd = Accept(listenfd);
        Thread.Sleep(5000); // until all data has arrived

        Span<byte> buff = stackalloc byte[Received.MaxSize];
        while (true)
        {
            if (Sockatmark(connfd))
                Console.WriteLine("at OOB mark");

            int n = Read(connfd, buff);
            if (n == 0)
            {
                Console.WriteLine("received EOF");
                return;
            }
            Received.Data(buff[..n]);
        }
    }
}
