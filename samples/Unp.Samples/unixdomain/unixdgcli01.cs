namespace Unp.Samples.unixdomain;

/// <summary>
/// Unix domain datagram echo client (figure 15.6). It binds its own path for the replies, because the kernel assigns none, unlike for UDP.
/// </summary>
static class unixdgcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = SockAddr.Unix(UnixPath.Of(options, UNIXDG_PATH));
        using Fd sockfd = Socket(AF_LOCAL, SOCK_DGRAM);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Bind(sockfd, SockAddr.Unix(path));
        try
        {
            Dg_cli(Fd.StandardInput, sockfd, servaddr);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
