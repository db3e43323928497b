using System.Diagnostics;

namespace Unp.Samples.threads;

/// <summary>
/// Waits for a condition that nobody signals, but not for ever: <c>pthread_cond_timedwait</c> (section 26.8). C's ends at a time of the day, so
/// that a clock that is set moves the end; .NET's after a time, by a clock that nobody sets.
/// </summary>
static class test03
{
    public static void Main(string[] args, Options options)
    {
        var mutex = new object();
        long started = Stopwatch.GetTimestamp();
        bool signaled;
        lock (mutex)
            signaled = Monitor.Wait(mutex, TimeSpan.FromSeconds(1)); // ETIMEDOUT is false
        Console.WriteLine($"{(signaled ? "signaled" : "timed out")} after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
    }
}
