namespace Unp.Samples.debug;

/// <summary>
/// A signal interrupts connect(2), which must not be called again: TCP continues to connect, and select(2) waits for the result
/// (UNP 16.4). On Linux a handler with SA_RESTART, as .NET's are, interrupts connect(2) only if the socket has a timeout. So the socket
/// gets a timeout of one minute.
/// </summary>
static class test04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(sockfd, SocketOptions.SndTimeo, TimeSpan.FromMinutes(1));
        using IDisposable sigalrm = Signal(SIGALRM, _ => Console.WriteLine("SIGALRM received"));
        using var alarm = new Timer(_ => kill(getpid(), SIGALRM), null, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));

        if (connect(sockfd, servaddr) == 0)
        {
            Console.WriteLine("connect was not interrupted");
        }
        else if (Errno.Last == Errno.EINTR)
        {
            Console.WriteLine("connect interrupted");
            Wait(sockfd);
        }
        else
        {
            throw new UnpException(Errno.Last, "connect", servaddr.ToString());
        }
        alarm.Change(Timeout.Infinite, Timeout.Infinite);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(sockfd, recvline)) > 0)
            Write(Fd.StandardOutput, recvline[..n]);
    }

    static void Wait(Fd sockfd)
    {
        FdSet rset = default;
        rset.Set(sockfd);
        FdSet wset = rset;
        Select(wset.Maxfdp1, ref rset, ref wset);
        Console.WriteLine($"select: readable {rset.IsSet(sockfd)}, writable {wset.IsSet(sockfd)}");
        Errno.Last = Getsockopt(sockfd, SocketOptions.Error);
        if (Errno.Last.Value != 0)
            err_sys("connect error");
    }
}
