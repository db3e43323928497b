using System.ComponentModel;
using System.Diagnostics;

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>The programs of iproute2, which a .NET program would start instead.</summary>
static class Tools
{
    /// <summary>Runs a program, reads its output to the end without parsing it, and returns the number of characters.</summary>
    internal static int Run(string program, params IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            int length = process.StandardOutput.ReadToEnd().Length;
            process.WaitForExit();
            return process.ExitCode == 0 ? length : throw new BenchmarkException($"{program} ended with status {process.ExitCode}.");
        }
        catch (Win32Exception e)
        {
            throw new BenchmarkException($"{program}: {e.Message}. Install iproute2.");
        }
    }
}
