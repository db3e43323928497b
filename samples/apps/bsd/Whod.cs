using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Samples.bsd;

/// <summary>A logged-in user: <c>struct whoent</c> of &lt;protocols/rwhod.h&gt;.</summary>
/// <param name="Line">The terminal, at most 8 bytes.</param>
/// <param name="Name">The user, at most 8 bytes.</param>
/// <param name="LoginTime">The time of the login.</param>
/// <param name="Idle">The time since the last input.</param>
sealed record WhoEntry(string Line, string Name, DateTimeOffset LoginTime, TimeSpan Idle);

/// <summary>
/// The status of a host: <c>struct whod</c> of 4.3BSD's &lt;protocols/rwhod.h&gt;, 60 bytes plus 24 per user. The datagram is in network
/// byte order. The file <c>whod.&lt;host&gt;</c> also has the time of arrival and is in this machine's byte order, as other
/// implementations of <c>ruptime</c> and <c>rwho</c> expect.
/// </summary>
sealed record Whod(
    string Hostname, DateTimeOffset SendTime, DateTimeOffset ReceiveTime, DateTimeOffset BootTime, double[] LoadAverages, WhoEntry[] Users)
{
    /// <summary>The size of a full datagram.</summary>
    public const int MaxBytes = HeaderSize + MaxUsers * EntrySize;

    const int HeaderSize = 60;
    const int EntrySize = 24;
    const int MaxUsers = 1024 / EntrySize;
    const int HostnameSize = 32;
    const int NameSize = 8;
    const byte Version = 1;
    const byte Status = 1;

    /// <summary>
    /// Returns whether a name is a valid host name: letters, digits, and inner hyphens and dots. Any host can send a datagram, and the name
    /// becomes part of a file name, so it must never be a path.
    /// </summary>
    public static bool Verify(string name) =>
        name.Length is > 0 and < HostnameSize
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);

    /// <summary>Returns the bytes of the datagram or the file, with at most 42 users.</summary>
    public byte[] ToBytes(bool isFile)
    {
        WhoEntry[] listed = [.. Users.Take(MaxUsers)];
        byte[] bytes = new byte[HeaderSize + listed.Length * EntrySize];
        bytes[0] = Version;
        bytes[1] = Status;
        Put(bytes.AsSpan(4), Seconds(SendTime), isFile);
        Put(bytes.AsSpan(8), Seconds(ReceiveTime), isFile);
        PutText(bytes.AsSpan(12, HostnameSize), Hostname);
        for (int i = 0; i < 3; i++)
            Put(bytes.AsSpan(44 + 4 * i), (int)Math.Round(LoadAverages[i] * 100), isFile);
        Put(bytes.AsSpan(56), Seconds(BootTime), isFile);
        for (int i = 0; i < listed.Length; i++)
        {
            Span<byte> entry = bytes.AsSpan(HeaderSize + i * EntrySize, EntrySize);
            PutText(entry[..NameSize], listed[i].Line);
            PutText(entry.Slice(NameSize, NameSize), listed[i].Name);
            Put(entry[16..], Seconds(listed[i].LoginTime), isFile);
            Put(entry[20..], (int)listed[i].Idle.TotalSeconds, isFile);
        }
        return bytes;
    }

    /// <summary>Parses a datagram or a file. Returns null and a reason if it is malformed.</summary>
    public static Whod? Parse(ReadOnlySpan<byte> bytes, bool isFile, out string? wrong)
    {
        string hostname = bytes.Length >= HeaderSize ? TextIn(bytes.Slice(12, HostnameSize)) : "";
        wrong = bytes.Length < HeaderSize ? $"a status must have at least {HeaderSize} bytes, not {bytes.Length}"
            : bytes[0] != Version || bytes[1] != Status ? $"version {bytes[0]}, type {bytes[1]}: not a status of version {Version}"
            : !Verify(hostname) ? $"malformed host name {Printable(hostname)}"
            : null;
        if (wrong is not null)
            return null;

        var users = new WhoEntry[Math.Min(MaxUsers, (bytes.Length - HeaderSize) / EntrySize)];
        for (int i = 0; i < users.Length; i++)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(HeaderSize + i * EntrySize, EntrySize);
            users[i] = new WhoEntry(
                Printable(TextIn(entry[..NameSize])),
                Printable(TextIn(entry.Slice(NameSize, NameSize))),
                TimeIn(entry[16..], isFile),
                TimeSpan.FromSeconds(Math.Max(0, NumberIn(entry[20..], isFile))));
        }
        double[] loads = new double[3];
        for (int i = 0; i < loads.Length; i++)
            loads[i] = NumberIn(bytes[(44 + 4 * i)..], isFile) / 100.0;
        return new Whod(hostname, TimeIn(bytes[4..], isFile), TimeIn(bytes[8..], isFile), TimeIn(bytes[56..], isFile), loads, users);
    }

    static void PutText(Span<byte> field, string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, field.Length)).CopyTo(field);
    }

    static string TextIn(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Replaces the characters of foreign text that a terminal might interpret.</summary>
    static string Printable(string text) => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? c : '?'));

    static int Seconds(DateTimeOffset time) => (int)(uint)time.ToUnixTimeSeconds();

    static void Put(Span<byte> field, int number, bool isFile)
    {
        if (isFile)
            MemoryMarshal.Write(field, number);
        else
            BinaryPrimitives.WriteInt32BigEndian(field, number);
    }

    static int NumberIn(ReadOnlySpan<byte> field, bool isFile) =>
        isFile ? MemoryMarshal.Read<int>(field) : BinaryPrimitives.ReadInt32BigEndian(field);

    static DateTimeOffset TimeIn(ReadOnlySpan<byte> field, bool isFile) =>
        DateTimeOffset.FromUnixTimeSeconds((uint)NumberIn(field, isFile));
}
