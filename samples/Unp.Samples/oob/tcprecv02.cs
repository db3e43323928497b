namespace Unp.Samples.oob;

/// <summary>
/// Receives out-of-band data with select(2), the wrong way (figure 24.5). Where the exception condition lasts until the mark is passed,
/// the second recv fails. Linux clears the condition when the byte is received.
/// </summary>
static class tcprecv02
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
        while (true)
        {
            rset.Set(connfd);
            xset.Set(connfd);
            Select(rset.Maxfdp1, ref rset, ref wset, ref xset);

            if (xset.IsSet(connfd))
            {
                int n = Recv(connfd, buff, MSG_OOB);
                Received.OutOfBand(buff[..n]);
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
            }
        }
    }
}
