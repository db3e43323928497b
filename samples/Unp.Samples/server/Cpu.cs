using System.Globalization;

namespace Unp.Samples.server;

/// <summary>The processor time that a server has used, which figure 30.1 compares.</summary>
static class Cpu
{
    /// <summary>Prints the processor time of this program and of its ended children (figure 30.5).</summary>
    public static void pr_cpu_time()
    {
        rusage myusage = Getrusage(RUSAGE_SELF), childusage = Getrusage(RUSAGE_CHILDREN);
        double user = Seconds(myusage.ru_utime) + Seconds(childusage.ru_utime);
        double sys = Seconds(myusage.ru_stime) + Seconds(childusage.ru_stime);
        Console.WriteLine($"\nuser time = {Text(user)}, sys time = {Text(sys)}");
    }

    /// <summary>Prints the times and a further report on SIGINT and ends the program, like <c>sig_int</c> (figure 30.5).</summary>
    public static IDisposable OnInterrupt(Action? report = null) => Signal(SIGINT, _ =>
    {
        pr_cpu_time();
        report?.Invoke();
        Environment.Exit(0);
    });

    static double Seconds(timeval time) => time.tv_sec + time.tv_usec / 1e6;

    /// <summary>Formats a number like printf's %g.</summary>
    static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant();
}
