namespace Unp.Samples.names;

/// <summary><see cref="daytimetcpsrv1"/> with a host argument, which selects the protocol (figure 11.14).</summary>
static class daytimetcpsrv2
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
            Console.WriteLine($"connection from {Sock_ntop(cliaddr)}");
            if (write(connfd, Daytime.Line()) < 0)
                err_ret("write error"); // C's Write ends the server
        }
    }
}
