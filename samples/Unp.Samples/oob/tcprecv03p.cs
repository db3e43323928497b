namespace Unp.Samples.oob;

/// <summary>
/// Receives out-of-band data with poll(2) and POLLRDBAND (exercise 24.2). System V reports it this way. Linux reports TCP's out-of-band
/// data only as POLLPRI, so this program never sees it there.
/// </summary>
static class tcprecv03p
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <port#>");

        using Fd listenfd = args is [var host, var port] ? Tcp_listen(host, port) : Tcp_listen(null, args[0]);
        options.Ready(listenfd, args[^1]);
        using Fd connfd = Accept(listenfd);

        Span<byte> buff = stackalloc byte[Received.MaxSize];
        Span<pollfd> pollfd = [new() { fd = (int)connfd.DangerousGetHandle() }];
        bool justreadoob = false;
        while (true)
        {
            pollfd[0].events = justreadoob ? POLLRDNORM : (short)(POLLRDNORM | POLLRDBAND);
            Poll(pollfd);

            if ((pollfd[0].revents & POLLRDBAND) != 0)
            {
                int n = Recv(connfd, buff, MSG_OOB);
                Received.OutOfBand(buff[..n]);
                justreadoob = true;
            }

            if ((pollfd[0].revents & POLLRDNORM) != 0)
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
