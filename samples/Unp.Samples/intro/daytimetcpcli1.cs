namespace Unp.Samples.intro;

/// <summary>TCP daytime client that counts its reads, because TCP keeps no record of how the server wrote (exercise 1.4).</summary>
static class daytimetcpcli1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        int counter = 0;
        while ((n = Read(sockfd, recvline)) > 0)
        {
            counter++;
            Write(Fd.StandardOutput, recvline[..n]);
        }
        Console.WriteLine($"counter = {counter}");
    }
}
