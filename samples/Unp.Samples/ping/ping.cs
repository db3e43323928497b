using System.CommandLine;
using System.Diagnostics;

namespace Unp.Samples.ping;

/// <summary>
/// Sends an ICMP echo request per second and prints the replies, IPv4 and IPv6 (figure 28.3, UNP 28.5). In C SIGALRM sends the next
/// request while the main loop is in recvmsg. Here the loop waits with select until the next request is due.
/// </summary>
static class ping
{
    public static readonly Option<bool> Verbose = new("-v") { Description = "print every ICMP message that is received" };

    public static readonly Option<bool> Broadcast = new("-b") { Description = "allow a broadcast address, which many hosts answer" };

    public static readonly Option<int?> Count = NumberOption.Create(
        "-c", "count", "end after this number of requests", 1, int.MaxValue, "the count must be 1 or more");

    public static readonly Option<double> Interval = Seconds("-i", "the time between two requests", 1);

    public static readonly Option<double> Linger = Seconds("-W", "with -c: how long replies are awaited after the last request", 2);

    public static readonly Option<int?> Size = NumberOption.Create(
        "-s", "bytes", "the number of data bytes, 56 by default", 0, 65507, "the size must be 0 to 65507");

    public static IReadOnlyList<Option> Own => [Verbose, Broadcast, Count, Interval, Size, Linger];

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("[ -v ] [ -b ] [ -c count ] [ -i seconds ] [ -s bytes ] [ -W seconds ] <hostname>");
        TimeSpan interval = Time(options, Interval, 0.002), linger = Time(options, Linger, 0);

        AddrInfo ai = Host_serv(args[0], null, AF_UNSPEC, 0)[0];
        string h = Sock_ntop_host(ai.Address);
        if (ai.Family == AF_INET6 && ai.Address.Address.IsIPv4MappedToIPv6)
            err_quit("cannot ping IPv4-mapped IPv6 address");
        int datalen = options.Value(Size) ?? 56; // data that goes with ICMP echo request

        Console.WriteLine($"PING {ai.CanonicalName ?? h} ({h}): {datalen} data bytes");

        using EchoProtocol pr = ai.Family == AF_INET
            ? new EchoV4(ai.Address, datalen, options.Value(Verbose))
            : new EchoV6(ai.Address, datalen, options.Value(Verbose));
        RawSocket.GiveUpRights(); // the socket keeps them
        Setsockopt(pr.Sockfd, SocketOptions.RcvBuf, 60 * 1024); // many hosts may answer at once
        if (options.Value(Broadcast))
            Setsockopt(pr.Sockfd, SocketOptions.Broadcast, true);

        readloop(pr, options.Value(Count), interval, linger, expectsMany: options.Value(Broadcast));

        pr.Statistics.Print(args[0]);
        if (pr.Statistics.Received == 0)
            throw new ExitException(1, "");
    }

    /// <summary>Sends and receives until SIGINT arrives, or until the last of <paramref name="count"/> requests is over.</summary>
    static void readloop(EchoProtocol pr, int? count, TimeSpan interval, TimeSpan linger, bool expectsMany)
    {
        Pipe(out Fd reader, out Fd writer);
        using Fd interrupted = reader, ring = writer;
        using IDisposable sigint = Signal(SIGINT, _ => write(ring, [0]));

        FdSet rset = default;
        long sent = 0;
        while (true)
        {
            bool isLast = pr.Statistics.Sent == count;
            TimeSpan wait = pr.Statistics.Sent == 0 ? TimeSpan.Zero : (isLast ? linger : interval) - Stopwatch.GetElapsedTime(sent);
            if (wait > TimeSpan.Zero)
            {
                rset.Zero();
                rset.Set(pr.Sockfd);
                rset.Set(interrupted);
                Select(rset.Maxfdp1, ref rset, wait);
                if (rset.IsSet(interrupted))
                    return;
                if (rset.IsSet(pr.Sockfd))
                    pr.Receive();
                if (isLast && !expectsMany && pr.Statistics.Received == count)
                    return;
            }
            else if (isLast)
            {
                return;
            }
            else
            {
                sent = Stopwatch.GetTimestamp();
                pr.Send();
            }
        }
    }

    static Option<double> Seconds(string name, string description, double book) => new(name)
    {
        Description = $"{description}, {book} s by default",
        HelpName = "seconds",
        DefaultValueFactory = _ => book,
    };

    static TimeSpan Time(ProgramOptions options, Option<double> option, double min)
    {
        double seconds = options.Value(option);
        if (!(seconds >= min && seconds <= 3600))
            err_quit($"{option.Name} {seconds}: the time must be between {min} and 3600 seconds");
        return TimeSpan.FromSeconds(seconds);
    }
}
