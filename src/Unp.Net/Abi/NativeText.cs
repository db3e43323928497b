using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Unp.Net.Abi;

/// <summary>
/// The conversion of paths, arguments and messages between UTF-8 and strings. A byte that is not valid UTF-8 becomes U+DC80 to U+DCFF, and
/// is converted back to that byte, so any name from the kernel or a shell survives unchanged. Any other lone surrogate becomes U+FFFD.
/// </summary>
static class NativeText
{
    const char FirstByte = '\uDC80';
    const char LastByte = '\uDCFF';

    /// <summary>An upper bound for the number of bytes that <see cref="GetBytes(ReadOnlySpan{char}, Span{byte})"/> writes.</summary>
    internal static int MaxByteCount(int chars) => checked(3 * chars);

    internal static string GetString(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            bool isText = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == OperationStatus.Done;
            if (isText)
                text.Append(rune.ToString());
            else
                foreach (byte raw in bytes[..length])
                    text.Append((char)(FirstByte - 0x80 + raw));
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    internal static byte[] GetBytes(string text)
    {
        byte[] bytes = new byte[GetByteCount(text)];
        GetBytes(text, bytes);
        return bytes;
    }

    internal static int GetByteCount(ReadOnlySpan<char> text)
    {
        // UTF8.GetByteCount counts three bytes for each lone surrogate (U+FFFD), but a raw byte needs only one.
        int count = Encoding.UTF8.GetByteCount(text);
        for (int i = 0; i < text.Length; i++)
        {
            bool isRaw = text[i] is >= FirstByte and <= LastByte && (i == 0 || !char.IsHighSurrogate(text[i - 1]));
            count -= isRaw ? 2 : 0;
        }
        return count;
    }

    /// <summary>Encodes the text.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is too small.</exception>
    internal static int GetBytes(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int total = 0;
        while (true)
        {
            OperationStatus status = Utf8.FromUtf16(text, bytes[total..], out int read, out int written, replaceInvalidSequences: false);
            total += written;
            if (status == OperationStatus.Done)
                return total;
            if (status != OperationStatus.InvalidData)
                throw new ArgumentException($"The text does not fit into {bytes.Length} bytes.", nameof(bytes));
            char lone = text[read];
            text = text[(read + 1)..];
            if (lone is >= FirstByte and <= LastByte)
                bytes[total++] = (byte)(lone - FirstByte + 0x80);
            else
                total += Rune.ReplacementChar.EncodeToUtf8(bytes[total..]);
        }
    }
}
