namespace Unp.Samples.names;

/// <summary><see cref="daytimetcpsrv2"/> that formats client addresses with getnameinfo (exercise 11.8).</summary>
static class daytimetcpsrv4
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <service or port>");

        using Fd listenfd = args is [var host, var service] ? Tcp_listen(host, service) : Tcp_listen(null, args[0]);
        options.Ready(listenfd, args[^1]);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd, out SockAddr cliaddr);
            var (clihost, cliserv) = Getnameinfo(cliaddr, NI_NUMERICHOST | NI_NUMERICSERV);
            Console.WriteLine($"connection from {clihost}.{cliserv}");
            if (write(connfd, Daytime.Line()) < 0)
                err_ret("write error"); // C's Write ends the server
        }
    }
}
