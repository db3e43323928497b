using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Unp.Samples.web;

/// <summary>A writer for the head of a response. The buffer must be large enough for any head.</summary>
ref struct ResponseHead
{
    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    readonly Span<byte> buffer;
    int length;

    /// <param name="buffer">The buffer.</param>
    /// <param name="status">The status, such as 200.</param>
    /// <param name="connection">The Connection field, or null if the client's default is right.</param>
    public ResponseHead(Span<byte> buffer, int status, string? connection)
    {
        this.buffer = buffer;
        bool fits = Utf8.TryWrite(
            buffer, Invariant, $"HTTP/1.1 {status} {Reason(status)}\r\nDate: {DateTimeOffset.UtcNow:r}\r\nServer: wwwd\r\n", out int n);
        Count(fits, n);
        if (connection is not null)
            Add("Connection", connection);
    }

    /// <param name="name">The field's name.</param>
    /// <param name="value">The field's value. Each character becomes one byte.</param>
    public void Add(string name, string value)
    {
        Append(name);
        Append(": ");
        Append(value);
        Append("\r\n");
    }

    public void Add(string name, long value) => Count(Utf8.TryWrite(Free, Invariant, $"{name}: {value}\r\n", out int n), n);

    public void Add(string name, DateTimeOffset value) => Count(Utf8.TryWrite(Free, Invariant, $"{name}: {value:r}\r\n", out int n), n);

    public void AddRange(ByteRange range, long size) =>
        Count(Utf8.TryWrite(Free, Invariant, $"Content-Range: bytes {range.First}-{range.Last}/{size}\r\n", out int n), n);

    /// <summary>Writes the empty line.</summary>
    /// <returns>The size of the head in bytes.</returns>
    public int End()
    {
        Count("\r\n"u8.TryCopyTo(Free), 2);
        return length;
    }

    public static string Reason(int status) => status switch
    {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        411 => "Length Required",
        413 => "Content Too Large",
        414 => "URI Too Long",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Status",
    };

    void Append(string text) => Count(Encoding.Latin1.TryGetBytes(text, Free, out int n), n);

    readonly Span<byte> Free => buffer[length..];

    void Count(bool fits, int bytes) =>
        length += fits ? bytes : throw new InvalidDataException("The head of the response does not fit into its buffer.");
}
