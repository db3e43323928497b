using System.ComponentModel;
using System.Diagnostics;

namespace Unp.Net.Measuring;

/// <summary>The load of HTTP: wrk (https://github.com/wg/wrk), one thread, one request on its way on each connection.</summary>
static class Wrk
{
    static readonly string Script = Path.Combine(AppContext.BaseDirectory, "reference", "wrk.lua");

    /// <summary>What it calls itself, or null where there is none.</summary>
    internal static string? Version()
    {
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-v"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string told = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            return told.Split(" [")[0];
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Starts it; it ends after so many seconds, or at SIGINT.</summary>
    internal static Child Start(int core, string url, int connections, int seconds) => Child.Start(
        core, "wrk", "--threads", "1", "--connections", $"{connections}", "--duration", $"{seconds}s", "--script", Script, url);

    /// <summary>Waits for what it tells at its end.</summary>
    internal static WrkFigures Listen(Child wrk)
    {
        double[] told = wrk.ListenForFigures();
        return told[0] > 0 ? throw new BenchmarkException($"wrk tells of {told[0]} errors") : new(told[1], told[2], told[3], told[4], told[5] / 1e6);
    }
}

/// <summary>What wrk has seen.</summary>
/// <param name="P50">Half of the answers took at most so many microseconds.</param>
/// <param name="P99">99 of a hundred.</param>
/// <param name="P999">999 of a thousand.</param>
/// <param name="Requests">So many have been answered.</param>
/// <param name="Seconds">So long it took.</param>
readonly record struct WrkFigures(double P50, double P99, double P999, double Requests, double Seconds);
