namespace Unp.Samples.oob;

/// <summary>The same sender as <see cref="tcpsend01"/>, for <see cref="tcprecv02"/> (UNP 24.2).</summary>
static class tcpsend02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<host> <port#>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        tcpsend01.SendAlternating(sockfd);
    }
}
