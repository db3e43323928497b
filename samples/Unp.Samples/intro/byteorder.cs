using System.Runtime.InteropServices;

namespace Unp.Samples.intro;

/// <summary>Prints the byte order of this machine (figure 3.10).</summary>
static class byteorder
{
    public static void Main(string[] args, Options options)
    {
        ReadOnlySpan<byte> c = MemoryMarshal.AsBytes<short>([0x0102]);
        string order = c is [1, 2] ? "big-endian" : c is [2, 1] ? "little-endian" : "unknown";
        Console.WriteLine($"{CpuVendorOs}: {order}");
    }

    /// <summary>What the book's configure script finds out: <c>x86_64-unknown-linux-gnu</c>.</summary>
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
            string vendorOs =
                OperatingSystem.IsMacOS() ? "apple-darwin"
                : OperatingSystem.IsFreeBSD() ? "unknown-freebsd"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "unknown-linux-musl"
                : "unknown-linux-gnu";
            return $"{cpu}-{vendorOs}";
        }
    }
}
