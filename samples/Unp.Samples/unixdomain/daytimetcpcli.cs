namespace Unp.Samples.unixdomain;

/// <summary>
/// Daytime client that sleeps before it reads and prints the size of each read (exercise 15.3). As with the book's getaddrinfo, the host
/// <c>/unix</c> and a path stand for a Unix domain socket.
/// </summary>
static class daytimetcpcli
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = args is ["/unix", var path] ? Unix_connect(path) : Tcp_connect(args[0], args[1]);
        Console.WriteLine($"connected to {Sock_ntop_host(Getpeername(sockfd))}");
        Thread.Sleep(TimeSpan.FromSeconds(5));

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(sockfd, recvline)) > 0)
        {
            Console.Write($"{n} bytes: ");
            Write(Fd.StandardOutput, recvline[..n]);
        }
    }

    static Fd Unix_connect(string path)
    {
        Fd sockfd = Socket(AF_LOCAL, SOCK_STREAM);
        Connect(sockfd, SockAddr.Unix(path));
        return sockfd;
    }
}
