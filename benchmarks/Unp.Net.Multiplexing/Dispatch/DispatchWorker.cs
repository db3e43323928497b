namespace Unp.Net.Multiplexing;

/// <summary>
/// The process that measures one mechanism, as dispatch.c does. Each mechanism has its own process, so that the JIT optimises for it alone.
/// </summary>
static class DispatchWorker
{
    /// <summary>Answers each line "pairs active writes milliseconds" with "nanoseconds runs".</summary>
    internal static int Run(string api, string mechanism)
    {
        Native.RaiseDescriptorLimit();
        while (Console.ReadLine() is { } line)
        {
            int[] asked = [.. line.Split(' ').Select(int.Parse)];
            try
            {
                using IDispatchLoop loop = IDispatchLoop.Create(api, mechanism);
                using var ring = new Ring(asked[0]);
                loop.Watch(ring);
                (long nanoseconds, long runs) = Measure(ring, loop, asked[1], asked[2], asked[3]);
                Console.WriteLine($"{nanoseconds} {runs}");
            }
            catch (Exception e) when (e is UnpException or ArgumentException or TimeoutException)
            {
                Console.WriteLine($"error {e.Message.ReplaceLineEndings(" ")}");
            }
        }
        return 0;
    }

    static (long Nanoseconds, long Runs) Measure(Ring ring, IDispatchLoop loop, int active, int writes, int milliseconds)
    {
        // The first run warms the caches. It counts only if it alone takes long enough.
        long enough = milliseconds * 1_000_000L;
        long total = Once(ring, loop, active, writes);
        long runs = 1;
        if (total < enough)
            total = runs = 0;
        for (; total < enough; runs++)
            total += Once(ring, loop, active, writes);
        return (total / runs, runs);
    }

    static long Once(Ring ring, IDispatchLoop loop, int active, int writes)
    {
        ring.Fire(active, writes);
        long start = Native.ThreadCpuNanoseconds();
        do
            loop.Turn();
        while (!ring.IsDone);
        return Native.ThreadCpuNanoseconds() - start;
    }
}
