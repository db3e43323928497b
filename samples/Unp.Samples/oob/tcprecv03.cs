namespace Unp.Samples.oob;

/// <summary>
/// Receives out-of-band data with select(2), the right way (figure 24.6). After the urgent byte it ignores exceptions until it has read
/// normal data.
/// </summary>
static class tcprecv03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <port#>");

        using Fd listenfd = args is [var host, var port] ? Tcp_listen(host, port) : Tcp_listen(null, args[0]);
        options.Ready(listenfd, args[^1]);
        using Fd connfd = Accept(listenfd);

        Span<byte> buff = stackalloc byte[Received.MaxSize];
        FdSet rset = default, wset = default, xset = default;
        bool justreadoob = false;
        while (true)
        {
            rset.Set(connfd);
            if (!justreadoob)
                xset.Set(connfd);
            Select(rset.Maxfdp1, ref rset, ref wset, ref xset);

            if (xset.IsSet(connfd))
            {
                int n = Recv(connfd, buff, MSG_OOB);
                Received.OutOfBand(buff[..n]);
                justreadoob = true;
                xset.Clr(connfd);
            }

            if (rset.IsSet(connfd))
            {
                int n = Read(connfd, buff);
                if (n == 0)
                {
                    Console.WriteLine("received EOF");
                    return;
                }
                Received.Data(buff[..n]);
                justreadoob = false;
            }
        }
    }
}
