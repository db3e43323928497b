using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Unp.Net.Abi;

namespace Unp.Net;

// The texts of Unix addresses and the uncommon texts that ToString describes.
public partial struct SockAddr
{
    const string UnixPrefix = "unix:";
    const string FlowMark = " flowinfo 0x";
    const string FamilyMark = "AF_";
    const string BytesMark = "): 0x";
    const string NoAddress = "(no address)";

    static ReadOnlySpan<byte> Nameless => "(no pathname bound)"u8;

    readonly int FormatUnix(Span<byte> text)
    {
        int size;
        ReadOnlySpan<byte> path = PathBytes;
        if (path.Length > SunPathSize)
            return FormatBytes(text);
        if (path.IsEmpty)
            Nameless.CopyTo(text[..(size = Nameless.Length)]);
        else if (IsAbstract && Utf8.IsValid(path))
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"@{path[1..]}", out size);
        else if (IsPlain(path))
            path.CopyTo(text[..(size = path.Length)]);
        else
            size = Escape(path, text);
        return size;
    }

    /// <summary>Returns whether Parse would read the path, written without a prefix, as the same path.</summary>
    static bool IsPlain(ReadOnlySpan<byte> path) =>
        path.Length <= MaxPathLength && path.Contains((byte)'/') && !path.StartsWith("@"u8) && !path.StartsWith("unix:"u8)
        && Utf8.IsValid(path);

    static int Escape(ReadOnlySpan<byte> path, Span<byte> text)
    {
        "unix:"u8.CopyTo(text);
        int size = UnixPrefix.Length;
        while (!path.IsEmpty)
        {
            bool isText = Rune.DecodeFromUtf8(path, out Rune rune, out int consumed) == OperationStatus.Done && !Rune.IsControl(rune);
            if (isText && rune.Value != '\\')
            {
                path[..consumed].CopyTo(text[size..]);
                size += consumed;
            }
            else if (isText)
            {
                "\\\\"u8.CopyTo(text[size..]);
                size += 2;
            }
            else
            {
                foreach (byte value in path[..consumed])
                {
                    Utf8.TryWrite(text[size..], CultureInfo.InvariantCulture, $"\\x{value:x2}", out int written);
                    size += written;
                }
            }
            path = path[consumed..];
        }
        return size;
    }

    /// <summary>Reads the part after "unix:", which is a path, or <c>\x00</c> and an abstract name.</summary>
    static bool TryReadUnix(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = default;
        Span<byte> path = stackalloc byte[SunPathSize];
        int size = 0;
        while (!text.IsEmpty)
        {
            int plain = text.IndexOf('\\') is >= 0 and int backslash ? backslash : text.Length;
            if (!Encoding.UTF8.TryGetBytes(text[..plain], path[size..], out int written))
                return false;
            size += written;
            text = text[plain..];
            if (text.IsEmpty)
                break;
            byte value = (byte)'\\';
            bool isByte = text is ['\\', 'x', _, _, ..]
                && byte.TryParse(text[2..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
            if ((!isByte && text is not ['\\', '\\', ..]) || size == path.Length)
                return false;
            path[size++] = value;
            text = text[(isByte ? 4 : 2)..];
        }
        path = path[..size];
        if (path.IsEmpty || (path[0] == 0 ? !Target.IsLinux : path.Contains((byte)0)))
            return false;
        address = Unnamed(size);
        path.CopyTo(address.storage[PathOffset..]);
        address.TrimPath();
        return true;
    }

    readonly int FormatFlowInfo(Span<byte> text)
    {
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{FlowMark}{FlowInfo:x}", out int size);
        return size;
    }

    readonly int FormatBytes(Span<byte> text)
    {
        int size;
        if (length == 0)
        {
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{NoAddress}", out size);
            return size;
        }
        string family = ConstantNames.AddressFamily(Family) ?? $"{FamilyMark}{Family}";
        string unit = length == 1 ? "byte" : "bytes";
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{family} ({length} {unit}{BytesMark}", out size);
        Convert.TryToHexStringLower(Bytes, text[size..], out int digits);
        return size + digits;
    }

    /// <summary>Reads the uncommon texts, which only <see cref="ToString()"/> writes.</summary>
    static bool TryReadRare(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = default;
        if (text.SequenceEqual(NoAddress))
            return true;
        if (text.SequenceEqual("(no pathname bound)"))
            return Assign(UnixUnnamed(), out address);
        int mark = text.IndexOf(FlowMark);
        if (mark >= 0)
        {
            ReadOnlySpan<char> digits = text[(mark + FlowMark.Length)..];
            if (!TryReadHex(digits, out uint flow) || !TryReadInet(text[..mark], out address) || !address.IsIn6)
                return false;
            address.In6.sin6_flowinfo = NetworkOrder(flow);
            return true;
        }
        mark = text.IndexOf(BytesMark);
        if (mark < 0 || !text.StartsWith(FamilyMark))
            return false;

        Span<byte> bytes = stackalloc byte[Capacity];
        if (Convert.FromHexString(text[(mark + BytesMark.Length)..], bytes, out _, out int size) != OperationStatus.Done)
            return false;
        address = new SockAddr(bytes[..size]);

        // Each address has exactly one text, so bytes that have a better text or another family are rejected.
        Span<byte> canonical = stackalloc byte[MaxTextLength];
        Span<char> characters = stackalloc char[MaxTextLength];
        return Encoding.UTF8.TryGetChars(canonical[..address.Format(canonical)], characters, out int count)
            && text.SequenceEqual(characters[..count]);
    }
}
