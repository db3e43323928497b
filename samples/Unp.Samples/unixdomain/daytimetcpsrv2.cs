namespace Unp.Samples.unixdomain;

/// <summary>
/// Daytime server that sends single bytes with MSG_EOR (exercise 15.3). Neither TCP nor a Unix stream preserves the records.
/// </summary>
static class daytimetcpsrv2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <service or port>");

        using Fd listenfd = args switch
        {
            ["/unix", var path] => UnixListen(path),
            [var host, var service] => Tcp_listen(host, service),
            _ => Tcp_listen(null, args[0]),
        };
        options.Ready(listenfd, args[^1]);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd, out SockAddr cliaddr);
            Console.WriteLine($"connection from {Sock_ntop(cliaddr)}");
            foreach (byte b in Daytime.Line())
            {
                if (send(connfd, [b], MSG_EOR) < 0)
                {
                    err_ret("send error"); // C's Send ends the server
                    break;
                }
            }
        }
    }
}
