namespace Unp.Samples.rtt;

/// <summary>Reliable UDP client: repeats a line until its echo arrives (UNP 22.5). Any UDP echo server answers it.</summary>
static class udpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Span<byte> sendline = stackalloc byte[MAXLINE];
        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        using var exchange = new DgExchange { IsTraced = true };
        while ((n = Readline(Fd.StandardInput, sendline)) > 0)
        {
            n = Dg_send_recv(sockfd, sendline[..n], recvline, exchange, servaddr);

            Write(Fd.StandardOutput, recvline[..n]);
        }
    }
}
