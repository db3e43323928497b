namespace Unp.Samples.intro;

/// <summary><see cref="daytimetcpcli1"/> for the port of <see cref="daytimetcpsrv2"/> (exercise 1.5).</summary>
static class daytimetcpcli2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 9999);
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
