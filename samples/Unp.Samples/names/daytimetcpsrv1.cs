namespace Unp.Samples.names;

/// <summary>Protocol-independent daytime server (figure 11.13).</summary>
static class daytimetcpsrv1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<service or port#>");

        using Fd listenfd = Tcp_listen(null, args[0]);
        options.Ready(listenfd, args[0]);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd, out SockAddr cliaddr);
            Console.WriteLine($"connection from {Sock_ntop(cliaddr)}");
            if (write(connfd, Daytime.Line()) < 0)
                err_ret("write error"); // C's Write ends the server
        }
    }
}
