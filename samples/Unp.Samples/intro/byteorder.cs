using System.Runtime.InteropServices;

namespace Unp.Samples.intro;

/// <summary>Prints the byte order of this machine (figure 3.10).</summary>
static class byteorder
{
    public static void Main(string[] args, ProgramOptions options)
    {
        ReadOnlySpan<byte> c = MemoryMarshal.AsBytes<short>([0x0102]);
        string order = c is [1, 2] ? "big-endian" : c is [2, 1] ? "little-endian" : "unknown";
        Console.WriteLine($"{CpuVendorOs}: {order}");
    }

    /// <summary>Gets the system's name in the form of a configure script: <c>x86_64-pc-linux-gnu</c>.</summary>
    static string CpuVendorOs
    {
        get
        {
            string cpu = RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X64 => "x86_64",
                Architecture.Arm64 => "aarch64",
                Architecture other => other.ToString().ToLowerInvariant(),
            };
            string vendor = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "pc" : "unknown";
            string vendorOs =
                OperatingSystem.IsMacOS() ? "apple-darwin"
                : OperatingSystem.IsFreeBSD() ? "unknown-freebsd"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? $"{vendor}-linux-musl"
                : $"{vendor}-linux-gnu";
            return $"{cpu}-{vendorOs}";
        }
    }
}
