using System.Globalization;

namespace Unp.Samples.server;

/// <summary>The processor time that a server has used: what figure 30.1 compares.</summary>
static class Cpu
{
    /// <summary>Prints that of this program and of its children that have ended (figure 30.5).</summary>
    public static void pr_cpu_time()
    {
        rusage myusage = Getrusage(RUSAGE_SELF), childusage = Getrusage(RUSAGE_CHILDREN);
        double user = Seconds(myusage.ru_utime) + Seconds(childusage.ru_utime);
        double sys = Seconds(myusage.ru_stime) + Seconds(childusage.ru_stime);
        Console.WriteLine($"\nuser time = {Text(user)}, sys time = {Text(sys)}");
    }

    /// <summary>SIGINT prints the times, and what else there is to tell, and ends the program (figure 30.5's <c>sig_int</c>).</summary>
    public static IDisposable OnInterrupt(Action? tell = null) => Signal(SIGINT, _ =>
    {
        pr_cpu_time();
        tell?.Invoke();
        Environment.Exit(0);
    });

    static double Seconds(timeval time) => time.tv_sec + time.tv_usec / 1e6;

    /// <summary>As printf's %g.</summary>
    static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant();
}
