using System.CommandLine;
using System.Text;

namespace Unp.Samples.mcast;

/// <summary>
/// Sends the names of this host and process to a group every 5 seconds, and prints what other hosts send (UNP 21.10). The child of C's
/// program, which receives, is a thread here.
/// </summary>
static class sendrecv
{
    public static readonly Option<double> Interval = new("--interval")
    {
        Description = "The time between two datagrams. The default is 5 seconds.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 5,
    };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<IP-multicast-address> <port#>");
        double seconds = options.Value(Interval);
        if (seconds is not (>= 0.01 and <= 3600))
            err_quit($"--interval {seconds}: the interval must be between 0.01 and 3600 seconds");

        using Fd sendfd = Udp_client(args[0], args[1], out SockAddr sasend);

        using Fd recvfd = Socket(sasend.Family, SOCK_DGRAM);
        Setsockopt(recvfd, SocketOptions.ReuseAddr, true);
        Bind(recvfd, sasend);
        Mcast_join(recvfd, sasend);
        Mcast_set_loop(sendfd, false);
        options.Ready(recvfd, args[1]);

        ProgramThread.Start(() => recv_all(recvfd)); // child -> receives
        send_all(sendfd, sasend, TimeSpan.FromSeconds(seconds)); // parent -> sends
    }

    static void send_all(Fd sendfd, SockAddr sadest, TimeSpan interval)
    {
        byte[] line = Encoding.UTF8.GetBytes($"{Gethostname()}, {getpid()}\n");
        while (true)
        {
            Sendto(sendfd, line, 0, sadest);
            Thread.Sleep(interval);
        }
    }

    static void recv_all(Fd recvfd)
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        while (true)
        {
            int n = Recvfrom(recvfd, line, 0, out SockAddr safrom);
            Received.Print(Sock_ntop(safrom), line[..n]);
        }
    }
}
