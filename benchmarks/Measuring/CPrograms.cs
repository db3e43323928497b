using System.ComponentModel;
using System.Diagnostics;

namespace Unp.Net.Measuring;

/// <summary>The programs of <c>benchmarks/reference</c>, compiled for this run.</summary>
sealed class CPrograms
{
    readonly Dictionary<string, string> paths = [];

    CPrograms(string note) => Note = note;

    /// <summary>The compiler, or the reason why there is none.</summary>
    internal string Note { get; }

    /// <summary>The path of a program, or null if it cannot be compiled here.</summary>
    internal string? this[string name] => paths.GetValueOrDefault(name);

    /// <summary>Compiles programs of the folder <c>reference</c>, beside the benchmark, into <paramref name="folder"/>.</summary>
    internal static CPrograms Compile(string folder, params string[] names)
    {
        try
        {
            var programs = new CPrograms(Version());
            foreach (string name in names)
                programs.paths.Add(name, Compile(folder, name));
            return programs;
        }
        catch (Exception e) when (e is Win32Exception or BenchmarkException)
        {
            return new CPrograms($"no C programs: {e.Message}");
        }
    }

    /// <summary>Compiles a library that is called in this process, and returns its path. Throws if it cannot be compiled here.</summary>
    internal static string CompileLibrary(string folder, string name, out string compiler)
    {
        try
        {
            compiler = Version();
            return Compile(folder, name, "-shared", "-fPIC");
        }
        catch (Win32Exception e)
        {
            throw new BenchmarkException($"gcc: {e.Message}");
        }
    }

    static string Version() => Run("--version").Split('\n')[0] + ", -O2";

    static string Compile(string folder, string name, params IEnumerable<string> options)
    {
        string output = Path.Combine(folder, name);
        Run(["-O2", "-Wall", "-pthread", .. options, "-o", output, Path.Combine(AppContext.BaseDirectory, "reference", name + ".c")]);
        return output;
    }

    static string Run(params IEnumerable<string> arguments)
    {
        using var gcc = Process.Start(
            new ProcessStartInfo("gcc", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = gcc.StandardError.ReadToEndAsync();
        string output = gcc.StandardOutput.ReadToEnd();
        gcc.WaitForExit();
        return gcc.ExitCode == 0 ? output : throw new BenchmarkException($"gcc: {errors.Result}");
    }
}
