using System.CommandLine;
using System.Globalization;

namespace Unp.Samples.advio;

/// <summary>
/// Sends datagrams to itself as fast as it can, in each of the ways there are, and prints how many a second arrived, and how many system calls each
/// took: by <c>send</c> and <c>recv</c>, in batches (<c>sendmmsg</c>, <c>recvmmsg</c>), cut and put together by the kernel (UDP_SEGMENT, UDP_GRO:
/// GSO and GRO), and in batches of those (beside section 14.5). On SIGINT it prints what it has measured.
/// </summary>
static class udpblast
{
    /// <summary>How long a way runs before it is measured: so long the code is compiled anew, and slow.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.3);

    public static readonly Option<int?> Size = NumberOption.Create(
        "--size", "bytes", "Bytes of each datagram, 64 if not given.", Blast.LeastSize, Blast.MostSize, "a datagram here has 8 to 65507 bytes");

    public static readonly Option<int?> Count = NumberOption.Create(
        "--count", "datagrams", "How many datagrams each way sends, in place of a time; without warming up.", 1, int.MaxValue,
        "1 to 2147483647 datagrams can be sent");

    public static readonly Option<int?> Seconds = NumberOption.Create(
        "--seconds", "seconds", "How long each way sends, 1 second if not given.", 1, 3600, "a way can take 1 to 3600 seconds");

    public static readonly Option<int?> Batch = NumberOption.Create(
        "--batch", "messages", "How many messages go in one system call of a batch, 32 if not given.", 2, IOV_MAX,
        $"a batch has 2 to {IOV_MAX} messages");

    public static void Main(string[] args, Options options)
    {
        if (args.Length != 0)
            err_quit("usage: udpblast");
        int size = options.Value(Size) ?? 64;
        int batch = options.Value(Batch) ?? 32;
        int? count = options.Value(Count);
        if (count is not null && options.Value(Seconds) is { } other)
            err_quit($"--count {count} --seconds {other}: a way ends by the one or by the other");
        TimeSpan? duration = count is null ? TimeSpan.FromSeconds(options.Value(Seconds) ?? 1) : null;

        using var stop = new CancellationTokenSource();
        using IDisposable sigint = Signal(SIGINT, _ => stop.Cancel());
        int segments = BlastSegments.Most(size, out string? refusal);
        Print("", "sent", "received", "lost", "per second", "", "sends", "receives");
        BlastResult? single = null;
        foreach ((string name, int messages, int pieces) in ((string, int, int)[])
            [("send, recv", 1, 1), ("sendmmsg, recvmmsg", batch, 1), ("GSO, GRO", 1, segments), ("both", batch, segments)])
        {
            if (pieces == 0)
            {
                Console.WriteLine($"{name,-20}not here: {refusal}");
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
        string together = refusal is null ? $", {segments} datagrams in a message of GSO" : "";
        Console.WriteLine($"{size} bytes each, batches of {batch} messages{together}");
        Console.WriteLine($"receive buffer of {single.ReceiveBuffer} bytes, at most {single.Window} datagrams on their way");
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

    /// <summary>A line of the table; the last two columns are system calls a datagram.</summary>
    static void Print(string name, string sent, string received, string lost, string rate, string times, string sends, string receives) =>
        Console.WriteLine($"{name,-20}{sent,12}{received,12}{lost,10}{rate,12}{times,9}{sends,9}{receives,10}");

    static string Text(FormattableString numbers) => numbers.ToString(CultureInfo.InvariantCulture);
}
