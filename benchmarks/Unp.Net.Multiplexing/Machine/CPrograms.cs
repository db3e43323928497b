using System.ComponentModel;
using System.Diagnostics;

namespace Unp.Net.Multiplexing;

/// <summary>The programs of <c>benchmarks/reference</c>, compiled for this run.</summary>
sealed class CPrograms
{
    CPrograms(string? dispatch, string? echo, string note) => (Dispatch, Echo, Note) = (dispatch, echo, note);

    /// <summary>Null when it can't be compiled here.</summary>
    internal string? Dispatch { get; }

    /// <inheritdoc cref="Dispatch"/>
    internal string? Echo { get; }

    /// <summary>The compiler, or why there is none.</summary>
    internal string Note { get; }

    internal static CPrograms Compile(string folder)
    {
        try
        {
            string version = Run("--version").Split('\n')[0];
            return new CPrograms(Compile(folder, "dispatch"), Compile(folder, "echo"), version + ", -O2");
        }
        catch (Exception e) when (e is Win32Exception or BenchmarkException)
        {
            return new CPrograms(null, null, $"no C programs: {e.Message}");
        }
    }

    static string Compile(string folder, string name)
    {
        string program = Path.Combine(folder, name);
        Run("-O2", "-Wall", "-pthread", "-o", program, Path.Combine(AppContext.BaseDirectory, "reference", name + ".c"));
        return program;
    }

    static string Run(params IEnumerable<string> arguments)
    {
        using var gcc = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = gcc.StandardError.ReadToEndAsync();
        string output = gcc.StandardOutput.ReadToEnd();
        gcc.WaitForExit();
        return gcc.ExitCode == 0 ? output : throw new BenchmarkException($"gcc: {errors.Result}");
    }
}
