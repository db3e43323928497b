using System.Runtime.InteropServices;

namespace Unp.Net.Measuring;

/// <summary>The machine and the software of a run.</summary>
sealed record MachineInfo(
    string Processor, int Cores, long MemoryMegabytes, string System, string Kernel, string Runtime, string? Compiler, int DescriptorLimit,
    string Started, string? Wrk = null)
{
    /// <param name="compiler">The C compiler, if C programs are measured.</param>
    /// <param name="wrk">The version of wrk, if wrk generates the load.</param>
    /// <param name="descriptorLimit">The number of descriptors that each process may have.</param>
    /// <param name="settings">The runtime settings of the measured process that differ from the defaults.</param>
    internal static MachineInfo Here(string? compiler, string? wrk, int descriptorLimit, string settings = "") => new(
        Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Native.Cores().Length,
        long.Parse((Field("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0]) / 1024,
        Field("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? "Linux",
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim() + " " + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        RuntimeInformation.FrameworkDescription + settings,
        compiler,
        descriptorLimit,
        DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'"),
        wrk);

    internal IEnumerable<(string Name, string Value)> Lines()
    {
        yield return ("Processor", $"{Processor}, {Cores} cores");
        yield return ("Memory", $"{MemoryMegabytes} MB");
        yield return ("System", $"{System}, Linux {Kernel}");
        yield return ("Runtime", Runtime);
        if (Compiler is not null)
            yield return ("C", Compiler);
        if (Wrk is not null)
            yield return ("HTTP load", Wrk);
        yield return ("Descriptors", $"at most {DescriptorLimit}");
        yield return ("Started", Started);
    }

    static string? Field(string file, string name, char separator = ':') =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim()
            : null;
}
