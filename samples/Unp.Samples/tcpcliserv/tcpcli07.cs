namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo client that SIGALRM ends 50 milliseconds after the start of connect (UNP 5.9).</summary>
static class tcpcli07
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);

        using IDisposable sigalrm = Signal(SIGALRM, _ => Environment.Exit(0));
        using var timer = new Timer(_ => kill(getpid(), SIGALRM), null, 50, Timeout.Infinite);
        Connect(sockfd, servaddr);

        Str_cli(Fd.StandardInput, sockfd);
    }
}
