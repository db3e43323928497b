using System.ComponentModel;
using System.Diagnostics;

namespace Unp.Net.Measuring;

/// <summary>The HTTP load: wrk (https://github.com/wg/wrk) with one thread and one pending request per connection.</summary>
static class Wrk
{
    static readonly string Script = Path.Combine(AppContext.BaseDirectory, "reference", "wrk.lua");

    /// <summary>Returns the version, or null if wrk is not installed.</summary>
    internal static string? Version()
    {
        try
        {
            using var wrk = Process.Start(
                new ProcessStartInfo("wrk", ["-v"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            return output.Split(" [")[0];
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Starts wrk, which ends after <paramref name="seconds"/> or at SIGINT.</summary>
    internal static Child Start(int core, string url, int connections, int seconds) => Child.Start(
        core, "wrk", "--threads", "1", "--connections", $"{connections}", "--duration", $"{seconds}s", "--script", Script, url);

    /// <summary>Waits for the figures that wrk prints at its end.</summary>
    internal static WrkFigures ReadFigures(Child wrk)
    {
        double[] figures = wrk.ReadFigures();
        return figures[0] > 0
            ? throw new BenchmarkException($"wrk reports {figures[0]} errors")
            : new(figures[1], figures[2], figures[3], figures[4], figures[5] / 1e6);
    }
}

/// <summary>The figures of a wrk run.</summary>
/// <param name="P50">The median latency in microseconds.</param>
/// <param name="P99">The 99th percentile of the latency in microseconds.</param>
/// <param name="P999">The 99.9th percentile of the latency in microseconds.</param>
/// <param name="Requests">The number of answered requests.</param>
/// <param name="Seconds">The duration in seconds.</param>
readonly record struct WrkFigures(double P50, double P99, double P999, double Requests, double Seconds);
