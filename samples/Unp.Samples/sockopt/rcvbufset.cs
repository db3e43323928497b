namespace Unp.Samples.sockopt;

/// <summary><see cref="rcvbuf"/> with a chosen receive buffer size (exercise 7.2).</summary>
static class rcvbufset
{
    const int Size = 9973; // a prime number

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        using Fd sockfd = Socket(args[0].Contains(':', StringComparison.Ordinal) ? AF_INET6 : AF_INET, SOCK_STREAM);
        Console.WriteLine($"defaults: {Sizes(sockfd)}");
        Setsockopt(sockfd, SocketOptions.RcvBuf, Size);
        Console.WriteLine($"SO_RCVBUF = {Getsockopt(sockfd, SocketOptions.RcvBuf)} (after setting it to {Size})");
        Connect(sockfd, SockAddr.Inet(args[0], options.Port ?? 13));
        Console.WriteLine($"after connect: {Sizes(sockfd)}");
    }

    static string Sizes(Fd fd) => $"SO_RCVBUF = {Getsockopt(fd, SocketOptions.RcvBuf)}, MSS = {Getsockopt(fd, SocketOptions.TcpMaxSeg)}";
}
