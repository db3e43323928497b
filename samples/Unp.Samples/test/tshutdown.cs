namespace Unp.Samples.test;

/// <summary>
/// Sends standard input, then prints the reply until the server ends (UNP 6.6). In the C program a call that would
/// half-close the connection is commented out.
/// </summary>
static class tshutdown
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        err_msg("connected");
        byte[] buff = new byte[100_000];
        int n;
        while ((n = Read(Fd.StandardInput, buff)) > 0)
            Writen(sockfd, buff.AsSpan(0, n));

        long nbytes = 0;
        while ((n = Read(sockfd, buff)) > 0)
        {
            Writen(Fd.StandardOutput, buff.AsSpan(0, n));
            nbytes += n;
        }
        err_msg($"total: {nbytes} bytes read from socket");
    }
}
