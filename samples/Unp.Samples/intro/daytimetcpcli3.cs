namespace Unp.Samples.intro;

/// <summary>TCP daytime client that prints the local address chosen by the kernel (exercise 4.2).</summary>
static class daytimetcpcli3
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);
        Console.WriteLine($"local addr: {Sock_ntop(Getsockname(sockfd))}");

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(sockfd, recvline)) > 0)
            Write(Fd.StandardOutput, recvline[..n]);
    }
}
