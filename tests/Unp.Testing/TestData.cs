using Unp.Net;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>Bytes that a test sends, and bytes that it receives.</summary>
public static class TestData
{
    /// <summary>Returns bytes without a repeated sequence, so a byte in the wrong place is detected.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Reads a blocking descriptor to its end.</summary>
    public static byte[] ReadToEnd(Fd fd)
    {
        var all = new MemoryStream();
        byte[] buffer = new byte[4096];
        while (Read(fd, buffer) is > 0 and int n)
            all.Write(buffer, 0, n);
        return all.ToArray();
    }
}
