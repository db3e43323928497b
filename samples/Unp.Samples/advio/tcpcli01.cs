namespace Unp.Samples.advio;

/// <summary>TCP echo client that limits the time for connect to 10 seconds (UNP 14.2).</summary>
static class tcpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect_timeo(sockfd, servaddr, TimeSpan.FromSeconds(10));

        Str_cli(Fd.StandardInput, sockfd);
    }
}
