using System.Text;

namespace Unp.Samples.oob;

/// <summary>The output of the receivers.</summary>
static class Received
{
    /// <summary>The maximum size of a read: C's array of 100 bytes less the terminating NUL.</summary>
    public const int MaxSize = 99;

    public static void Data(ReadOnlySpan<byte> bytes) => Console.WriteLine($"read {bytes.Length} bytes: {Text(bytes)}");

    public static void OutOfBand(ReadOnlySpan<byte> bytes) => Console.WriteLine($"read {bytes.Length} OOB byte: {Text(bytes)}");

    /// <summary>Decodes text up to a NUL, as printf's %s does.</summary>
    static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
