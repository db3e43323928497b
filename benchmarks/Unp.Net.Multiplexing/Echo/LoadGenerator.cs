using System.Diagnostics;
using System.Globalization;
using static Unp.Net.Libc;

namespace Unp.Net.Multiplexing;

/// <summary>
/// The process that loads a server: a closed loop over its connections with one pending request each. It compares each echo with its
/// message, which starts with a number, so no byte may be missing or extra.
/// </summary>
sealed unsafe class LoadGenerator : IDisposable
{
    const int TimeoutMs = 5000;

    readonly Histogram latencies = new();
    readonly epoll_event[] events = new epoll_event[512];
    readonly bool isSpinning;
    LoadConnections connections;
    int size;

    LoadGenerator(bool isSpinning)
    {
        this.isSpinning = isSpinning;
        connections = LoadConnections.None;
    }

    /// <summary>
    /// Answers "open port active idle size" with "ready", "load milliseconds" with "requests seconds p50 p99 p999" in microseconds, and
    /// "close" with "closed".
    /// </summary>
    internal static int Run(bool isSpinning)
    {
        Native.RaiseDescriptorLimit();
        using var generator = new LoadGenerator(isSpinning);
        while (Console.ReadLine() is { } line)
        {
            try
            {
                Console.WriteLine(generator.Answer(line.Split(' ')));
            }
            catch (Exception e) when (e is UnpException or BenchmarkException)
            {
                Console.WriteLine($"error {e.Message.ReplaceLineEndings(" ")}");
            }
        }
        return 0;
    }

    public void Dispose() => connections.Dispose();

    string Answer(string[] words)
    {
        switch (words[0])
        {
            case "open":
                connections.Dispose();
                int[] asked = [.. words.Skip(1).Select(int.Parse)];
                size = asked[3];
                connections = new LoadConnections(asked[0], asked[1], asked[2], size);
                return "ready";
            case "load":
                return Load(int.Parse(words[1]));
            default:
                connections.Dispose();
                connections = LoadConnections.None;
                return "closed";
        }
    }

    /// <summary>Keeps one request pending on each active connection for some time, then waits for the last answers.</summary>
    string Load(int milliseconds)
    {
        latencies.Clear();
        long start = Stopwatch.GetTimestamp();
        long end = start + Stopwatch.Frequency / 1000 * milliseconds;
        long requests = 0;
        foreach (LoadConnection connection in connections.Active)
            connection.Request(start);

        int outstanding = connections.Active.Length;
        long now = start;
        while (outstanding > 0)
        {
            int ready = Wait();
            foreach (ref readonly epoll_event item in events.AsSpan(0, ready))
            {
                LoadConnection connection = connections.Active[(int)item.data.u32];
                if ((item.events & EPOLLOUT) != 0)
                    connection.SendRest();
                if ((item.events & ~(uint)EPOLLOUT) == 0 || !connection.Receive())
                    continue;
                now = Stopwatch.GetTimestamp();
                latencies.Record(now - connection.SentAt);
                requests++;
                if (now < end)
                    connection.Request(now);
                else
                    outstanding--;
            }
        }
        foreach (LoadConnection connection in connections.Active)
            connection.CheckSilent();

        double unit = 1e6 / Stopwatch.Frequency;
        double seconds = (now - start) / (double)Stopwatch.Frequency;
        double p50 = latencies.Quantile(.5) * unit, p99 = latencies.Quantile(.99) * unit, p999 = latencies.Quantile(.999) * unit;
        return string.Create(CultureInfo.InvariantCulture, $"{requests} {seconds} {p50} {p99} {p999}");
    }

    int Wait()
    {
        int ready = 0;
        if (isSpinning)
        {
            for (long start = Stopwatch.GetTimestamp(); ready == 0 && Stopwatch.GetElapsedTime(start).TotalMilliseconds < TimeoutMs;)
                ready = epoll_wait(connections.EpollNumber, events, 0);
        }
        else
        {
            ready = epoll_wait(connections.EpollNumber, events, TimeoutMs);
        }
        if (ready < 0)
            throw new UnpException(Errno.Last, "epoll_wait");
        return ready > 0 ? ready : throw new BenchmarkException($"no echo within {TimeoutMs / 1000} s");
    }
}
