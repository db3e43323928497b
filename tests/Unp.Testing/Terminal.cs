using System.Text;
using Unp.Net;
using Xunit;

namespace Unp.Testing;

/// <summary>Reads from a side of a pseudo-terminal, with a time limit.</summary>
public static class Terminal
{
    /// <summary>Returns the result of one read, one character per byte. Empty at the end, which a master reports as EIO.</summary>
    public static string Read(Fd fd) => Limit.Run(() =>
    {
        byte[] buffer = new byte[4096];
        nint n = Libc.read(fd, buffer);
        if (n < 0 && Errno.Last != Errno.EIO)
            throw new UnpException(Errno.Last, "read");
        return Encoding.Latin1.GetString(buffer, 0, (int)Math.Max(0, n));
    });

    /// <summary>Reads until the text ends with <paramref name="last"/>.</summary>
    public static string ReadUntil(Fd fd, string last)
    {
        string text = "";
        while (!text.EndsWith(last, StringComparison.Ordinal))
        {
            string more = Read(fd);
            Assert.False(more.Length == 0, $"the stream ended after: {text}");
            text += more;
        }
        return text;
    }

    /// <summary>Reads everything to the end.</summary>
    public static string ReadToEnd(Fd fd)
    {
        string text = "";
        while (Read(fd) is { Length: > 0 } more)
            text += more;
        return text;
    }
}
