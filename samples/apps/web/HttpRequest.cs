using System.Globalization;
using System.Text;

namespace Unp.Samples.web;

/// <summary>The parsed head of a request (RFC 9112). A malformed head is refused with a status.</summary>
sealed class HttpRequest
{
    /// <summary>The maximum size of the request line in bytes.</summary>
    const int MaxLineLength = 8000;

    readonly List<(string Name, string Value)> headers = [];
    bool hasHost;
    bool saysClose;
    bool saysKeepAlive;

    public string Method { get; private set; } = "";

    /// <summary>Gets the target as received, including the query.</summary>
    public string Target { get; private set; } = "";

    /// <summary>Gets the decoded path without <c>..</c>, in normal form: <c>//a/./b</c> becomes <c>/a/b</c>.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Gets the text after the question mark, as received.</summary>
    public string Query { get; private set; } = "";

    public bool IsHttp11 { get; private set; }

    /// <summary>Gets the size of the body in bytes, or 0 if there is none.</summary>
    public long ContentLength { get; private set; } = -1;

    public bool IsChunked { get; private set; }

    public bool ExpectsContinue { get; private set; }

    public DateTimeOffset? IfModifiedSince { get; private set; }

    public DateTimeOffset? IfRange { get; private set; }

    public string? Range { get; private set; }

    public bool IsHead => Method == "HEAD";

    public bool KeepsAlive => IsHttp11 ? !saysClose : saysKeepAlive && !saysClose;

    /// <summary>Gets all header fields, for a program.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers => headers;

    /// <summary>Parses a head, without the empty line at its end.</summary>
    /// <returns>0, or the status with which the request is refused.</returns>
    public int Parse(ReadOnlySpan<byte> head)
    {
        bool isFirst = true;
        foreach (Range range in head.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = head[range];
            if (line is [.., (byte)'\r'])
                line = line[..^1];
            int refusal = isFirst ? ParseRequestLine(line) : line.IsEmpty ? 0 : ParseField(line);
            if (refusal != 0)
                return refusal;
            isFirst = false;
        }
        if (IsHttp11 && !hasHost)
            return 400;
        if (IsChunked && ContentLength >= 0)
            return 400; // a length and a chunked body contradict each other
        ContentLength = Math.Max(0, ContentLength);
        return 0;
    }

    int ParseRequestLine(ReadOnlySpan<byte> line)
    {
        int afterMethod = line.IndexOf((byte)' ');
        int beforeVersion = line.LastIndexOf((byte)' ');
        if (line.Length > MaxLineLength)
            return 414;
        if (afterMethod <= 0 || beforeVersion <= afterMethod + 1 || !IsToken(line[..afterMethod]))
            return 400;
        ReadOnlySpan<byte> version = line[(beforeVersion + 1)..];
        if (!version.StartsWith("HTTP/"u8) || version.Length != 8)
            return 400;
        if (!version.SequenceEqual("HTTP/1.1"u8) && !version.SequenceEqual("HTTP/1.0"u8))
            return 505;
        IsHttp11 = version[^1] == '1';
        Method = line[..afterMethod] switch
        {
            var method when method.SequenceEqual("GET"u8) => "GET",
            var method => Encoding.ASCII.GetString(method),
        };
        return ParseTarget(line[(afterMethod + 1)..beforeVersion]);
    }

    int ParseTarget(ReadOnlySpan<byte> target)
    {
        if (target.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7e) >= 0)
            return 400;
        Target = WithoutHost(Encoding.ASCII.GetString(target));
        if (!Target.StartsWith('/'))
            return 400;
        int question = Target.IndexOf('?');
        if (question >= 0)
            Query = Target[(question + 1)..];
        if (!TryDecode(question >= 0 ? Target[..question] : Target, out string path) || LeadsUp(path))
            return 400;
        Path = Plain(path);
        return 0;
    }

    /// <summary>Removes scheme and host, which clients send to a proxy but a server must also accept.</summary>
    static string WithoutHost(string target)
    {
        const string Scheme = "http://";
        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return target;
        int end = target.AsSpan(Scheme.Length).IndexOfAny('/', '?');
        string rest = end < 0 ? "" : target[(Scheme.Length + end)..];
        return rest.StartsWith('/') ? rest : "/" + rest;
    }

    int ParseField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || !IsToken(line[..colon]))
            return 400; // includes folded lines, which are obsolete
        string name = Encoding.ASCII.GetString(line[..colon]);
        string value = Encoding.Latin1.GetString(line[(colon + 1)..]).Trim(' ', '\t');
        if (value.AsSpan().ContainsAny('\0', '\r'))
            return 400;
        headers.Add((name, value));
        return Note(name.ToLowerInvariant(), value);
    }

    int Note(string name, string value)
    {
        switch (name)
        {
            case "host":
                if (hasHost)
                    return 400;
                hasHost = true;
                break;
            case "connection":
                saysClose |= Lists(value, "close");
                saysKeepAlive |= Lists(value, "keep-alive");
                break;
            case "content-length":
                if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                    || (ContentLength >= 0 && ContentLength != length))
                {
                    return 400;
                }
                ContentLength = length;
                break;
            case "transfer-encoding":
                if (!IsHttp11 || IsChunked)
                    return 400;
                if (!value.Equals("chunked", StringComparison.OrdinalIgnoreCase))
                    return 501;
                IsChunked = true;
                break;
            case "expect":
                if (!value.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
                    return 417;
                ExpectsContinue = IsHttp11;
                break;
            case "if-modified-since":
                IfModifiedSince = Date(value);
                break;
            case "if-range":
                IfRange = Date(value) ?? DateTimeOffset.MinValue; // an entity tag, which never matches because files have none here
                break;
            case "range":
                Range = value;
                break;
        }
        return 0;
    }

    static bool Lists(string value, string option) =>
        value.Split(',', StringSplitOptions.TrimEntries).Contains(option, StringComparer.OrdinalIgnoreCase);

    static DateTimeOffset? Date(string value) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : null;

    static bool IsToken(ReadOnlySpan<byte> name)
    {
        foreach (byte each in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)each) && !"!#$%&'*+-.^_`|~"u8.Contains(each))
                return false;
        }
        return true;
    }

    /// <summary>Decodes percent-encoded bytes. Returns false for a malformed encoding or a NUL.</summary>
    static bool TryDecode(string text, out string path)
    {
        path = text;
        if (!text.Contains('%'))
            return true;
        byte[] decoded = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            decoded[length] = (byte)text[i];
            if (text[i] == '%')
            {
                bool isHex = i + 2 < text.Length
                    && byte.TryParse(
                        text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out decoded[length]);
                if (!isHex)
                    return false;
                i += 2;
            }
            if (decoded[length++] == 0)
                return false;
        }
        path = Encoding.UTF8.GetString(decoded, 0, length);
        return true;
    }

    static bool LeadsUp(string path) => path.Contains("..") && path.Split('/').Contains("..");

    /// <summary>Removes empty parts and single dots.</summary>
    static string Plain(string path)
    {
        if (!path.Contains("//") && !path.Contains("/."))
            return path;
        string[] parts = path.Split('/');
        string plain = "/" + string.Join('/', parts.Where(part => part is not ("" or ".")));
        return plain.Length > 1 && parts[^1] is "" or "." ? plain + "/" : plain;
    }
}
