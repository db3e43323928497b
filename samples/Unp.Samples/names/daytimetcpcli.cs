namespace Unp.Samples.names;

/// <summary>Daytime client that looks up its server by name, over IPv4 or IPv6 (figure 11.11).</summary>
static class daytimetcpcli
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        Console.WriteLine($"connected to {Sock_ntop_host(Getpeername(sockfd))}");

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(sockfd, recvline)) > 0)
            Write(Fd.StandardOutput, recvline[..n]);
    }
}
