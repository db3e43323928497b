namespace Unp.Samples.unixdomain;

/// <summary>Unix domain datagram echo server (figure 15.5).</summary>
static class unixdgserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = Socket(AF_LOCAL, SOCK_DGRAM);
        BindUnix(sockfd, UnixPath.Of(options, UNIXDG_PATH));
        options.Ready(sockfd);

        Dg_echo(sockfd, Reply.Lost);
    }
}
