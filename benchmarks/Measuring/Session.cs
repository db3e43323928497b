using System.Runtime.InteropServices;
using Spectre.Console;

namespace Unp.Net.Measuring;

/// <summary>
/// A run of a benchmark with a temporary folder for compiled programs. It removes the folder and all processes even if the run fails or a
/// signal ends it.
/// </summary>
static class Session
{
    internal static int Run(string prefix, Func<string, int> run)
    {
        string temporary = Directory.CreateTempSubdirectory(prefix).FullName;
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            return run(temporary);
        }
        catch (BenchmarkException e)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{e.Message}[/]");
            return 1;
        }
        finally
        {
            CleanUp();
        }

        void CleanUp()
        {
            Child.EndAll();
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }

        void End(PosixSignalContext signal)
        {
            CleanUp();
            Environment.Exit(signal.Signal == PosixSignal.SIGINT ? 130 : 143);
        }
    }
}
