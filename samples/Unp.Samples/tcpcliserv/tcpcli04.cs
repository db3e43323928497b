namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo client that opens five connections and uses the first. Its exit closes all five at once (figure 5.9).</summary>
static class tcpcli04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        var sockfd = new Fd[5];
        try
        {
            for (int i = 0; i < sockfd.Length; i++)
            {
                sockfd[i] = Socket(servaddr.Family, SOCK_STREAM);
                Connect(sockfd[i], servaddr);
            }

            Str_cli(Fd.StandardInput, sockfd[0]);
        }
        finally
        {
            foreach (Fd? fd in sockfd)
                fd?.Dispose();
        }
    }
}
