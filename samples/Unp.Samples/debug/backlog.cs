using System.CommandLine;

namespace Unp.Samples.debug;

/// <summary>
/// Counts the connections that are established before a server accepts any, for each backlog (UNP 4.5). Each system derives its own limit
/// from the argument of listen(2). In the book a child listens and its parent connects. Here one process does both.
/// </summary>
static class backlog
{
    const int PORT = 9999;
    const int MAXBACKLOG = 100;

    public static readonly Option<double> Patience = new("--patience")
    {
        Description = "The time limit for a connection. The default is 2 seconds.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 2,
    };

    public static void Main(string[] args, ProgramOptions options)
    {
        double seconds = options.Value(Patience);
        if (args.Length != 0 || seconds is not (> 0 and <= 60))
            options.Usage();
        SockAddr servaddr = SockAddr.Loopback(AF_INET, options.Port ?? PORT);
        for (int backlog = 0; backlog <= 14; backlog++)
        {
            using Fd listenfd = Socket(AF_INET, SOCK_STREAM);
            Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
            Bind(listenfd, servaddr);
            if (listen(listenfd, backlog) < 0)
                err_sys("listen error");
            servaddr = Getsockname(listenfd);
            Console.WriteLine($"backlog = {backlog}: {Count(servaddr, TimeSpan.FromSeconds(seconds))}");
        }
    }

    static string Count(in SockAddr servaddr, TimeSpan timeout)
    {
        var connected = new List<Fd>();
        try
        {
            while (connected.Count < MAXBACKLOG)
            {
                Fd fd = Socket(AF_INET, SOCK_STREAM);
                connected.Add(fd);
                if (connect_timeo(fd, servaddr, timeout) == 0)
                    continue;
                if (Errno.Last != Errno.ETIMEDOUT)
                    err_sys($"connect error, j = {connected.Count}");
                return $"timeout, {connected.Count - 1} connections completed";
            }
            return $"{MAXBACKLOG} connections?";
        }
        finally
        {
            connected.ForEach(fd => fd.Dispose());
        }
    }
}
