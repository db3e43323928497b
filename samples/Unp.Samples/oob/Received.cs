using System.Text;

namespace Unp.Samples.oob;

/// <summary>What the receivers print.</summary>
static class Received
{
    /// <summary>What a receiver reads at most: C's array of 100 less the NUL that it appends.</summary>
    public const int Most = 99;

    public static void Data(ReadOnlySpan<byte> bytes) => Console.WriteLine($"read {bytes.Length} bytes: {Text(bytes)}");

    public static void OutOfBand(ReadOnlySpan<byte> bytes) => Console.WriteLine($"read {bytes.Length} OOB byte: {Text(bytes)}");

    /// <summary>As printf's %s has it, which ends at a NUL.</summary>
    static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
