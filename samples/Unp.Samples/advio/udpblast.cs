using System.CommandLine;
using System.Globalization;

namespace Unp.Samples.advio;

/// <summary>
/// Sends datagrams to itself as fast as possible and prints the rate of arrivals and the system calls per datagram (UNP 14.5).
/// It measures four methods: <c>send</c> and <c>recv</c>, batches (<c>sendmmsg</c>, <c>recvmmsg</c>), segmentation by the kernel
/// (UDP_SEGMENT and UDP_GRO: GSO and GRO), and both together. SIGINT ends it, and it prints the results so far.
/// </summary>
static class udpblast
{
    /// <summary>The time a method runs before it is measured, because .NET's first, unoptimized code is slow.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.3);

    public static readonly Option<int?> Size = NumberOption.Create(
        "--size", "bytes", "The size of each datagram. The default is 64.", Blast.MinSize, Blast.MaxSize,
        "the size of a datagram must be between 8 and 65507 bytes");

    public static readonly Option<int?> Count = NumberOption.Create(
        "--count", "datagrams", "The number of datagrams per method. It replaces the time limit and the warm-up.", 1, int.MaxValue,
        "the number of datagrams must be between 1 and 2147483647");

    public static readonly Option<int?> Seconds = NumberOption.Create(
        "--seconds", "seconds", "How long each method sends. The default is 1 second.", 1, 3600,
        "the time must be between 1 and 3600 seconds");

    public static readonly Option<int?> Batch = NumberOption.Create(
        "--batch", "messages", "The number of messages per system call of a batch. The default is 32.", 2, IOV_MAX,
        $"the number of messages must be between 2 and {IOV_MAX}");

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 0)
            options.Usage();
        int size = options.Value(Size) ?? 64;
        int batch = options.Value(Batch) ?? 32;
        int? count = options.Value(Count);
        if (count is not null && options.Value(Seconds) is { } other)
            err_quit($"--count {count} and --seconds {other} exclude each other");
        TimeSpan? duration = count is null ? TimeSpan.FromSeconds(options.Value(Seconds) ?? 1) : null;

        using var stop = new CancellationTokenSource();
        using IDisposable sigint = Signal(SIGINT, _ => stop.Cancel());
        int segments = BlastSegments.Max(size, out string? refusal);
        Print("", "sent", "received", "lost", "per second", "", "sends", "receives");
        BlastResult? single = null;
        foreach ((string name, int messages, int pieces) in ((string, int, int)[])
            [("send, recv", 1, 1), ("sendmmsg, recvmmsg", batch, 1), ("GSO, GRO", 1, segments), ("both", batch, segments)])
        {
            if (pieces == 0)
            {
                Console.WriteLine($"{name,-20}not available: {refusal}");
                continue;
            }
            if (duration is not null)
                _ = Blast.Run(size, messages, pieces, long.MaxValue, WarmUp, stop.Token);
            if (stop.IsCancellationRequested)
                break;
            BlastResult result = Blast.Run(size, messages, pieces, count ?? long.MaxValue, duration, stop.Token);
            if (result.Sent == 0)
                break;
            Print(name, result, single ??= result);
        }
        if (single is null)
            return;
        string together = refusal is null ? $", {segments} datagrams per message with GSO" : "";
        Console.WriteLine($"{size} bytes per datagram, {batch} messages per batch{together}");
        Console.WriteLine($"receive buffer of {single.ReceiveBuffer} bytes, at most {single.Window} datagrams in flight");
    }

    static void Print(string name, BlastResult result, BlastResult single)
    {
        string rate = Text($"{result.PerSecond:F0}");
        string times = Text($"{result.PerSecond / single.PerSecond:F1} x");
        string sends = Text($"{(double)result.SendCalls / result.Sent:F4}");
        string receives = Text($"{(double)result.ReceiveCalls / result.Received:F4}");
        Print(name, $"{result.Sent}", $"{result.Received}", $"{result.Lost}", rate, times, sends, receives);
        if (result.OutOfOrder > 0)
            Console.WriteLine($"{"",-20}{result.OutOfOrder} of them out of order");
    }

    /// <summary>Prints a line of the table. The last two columns are system calls per datagram.</summary>
    static void Print(string name, string sent, string received, string lost, string rate, string times, string sends, string receives) =>
        Console.WriteLine($"{name,-20}{sent,12}{received,12}{lost,10}{rate,12}{times,9}{sends,9}{receives,10}");

    static string Text(FormattableString numbers) => numbers.ToString(CultureInfo.InvariantCulture);
}
