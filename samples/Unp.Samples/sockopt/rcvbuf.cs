namespace Unp.Samples.sockopt;

/// <summary>Prints the receive buffer size and the segment size before and after connect (exercise 7.2).</summary>
static class rcvbuf
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        using Fd sockfd = Socket(args[0].Contains(':', StringComparison.Ordinal) ? AF_INET6 : AF_INET, SOCK_STREAM);
        Console.WriteLine($"defaults: {Sizes(sockfd)}");
        Connect(sockfd, SockAddr.Inet(args[0], options.Port ?? 13));
        Console.WriteLine($"after connect: {Sizes(sockfd)}");
    }

    static string Sizes(Fd fd) => $"SO_RCVBUF = {Getsockopt(fd, SocketOptions.RcvBuf)}, MSS = {Getsockopt(fd, SocketOptions.TcpMaxSeg)}";
}
