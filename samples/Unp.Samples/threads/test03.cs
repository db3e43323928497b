using System.Diagnostics;

namespace Unp.Samples.threads;

/// <summary>
/// Waits with a time limit for a condition that is never signaled: <c>pthread_cond_timedwait</c> (UNP 26.8). C waits until a time of day,
/// so a change of the clock moves the end. .NET waits for a duration on a monotonic clock.
/// </summary>
static class test03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        var mutex = new object();
        long started = Stopwatch.GetTimestamp();
        bool signaled;
        lock (mutex)
            signaled = Monitor.Wait(mutex, TimeSpan.FromSeconds(1)); // ETIMEDOUT is false
        Console.WriteLine($"{(signaled ? "signaled" : "timed out")} after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
    }
}
