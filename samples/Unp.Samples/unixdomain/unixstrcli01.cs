namespace Unp.Samples.unixdomain;

/// <summary>Unix domain stream echo client (figure 15.4).</summary>
static class unixstrcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = Socket(AF_LOCAL, SOCK_STREAM);
        Connect(sockfd, SockAddr.Unix(UnixPath.Of(options, UNIXSTR_PATH)));

        Str_cli(Fd.StandardInput, sockfd);
    }
}
