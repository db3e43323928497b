using System.Globalization;
using System.Text;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The conversion of messages to the lines that syslogd reads.</summary>
sealed class SyslogLine
{
    /// <summary>
    /// The maximum number of bytes of a message per line; a longer message needs several lines. rsyslog cuts lines at 8 KiB, and macOS
    /// limits datagrams to 2 KiB.
    /// </summary>
    static readonly int MaxTextBytes = Target.IsLinux ? 8000 : 1900;

    readonly string ident;
    readonly string process;
    readonly string host;
    readonly SyslogFormat format;

    internal SyslogLine(SyslogOptions options)
    {
        ident = options.Ident ?? ProgramName;
        format = options.Format;
        bool hasPid = (options.Option & LOG_PID) != 0;
        if (format == SyslogFormat.Rfc3164)
        {
            process = hasPid ? $"[{Environment.ProcessId}]" : "";
            host = "";
            return;
        }
        ident = Field(ident, maxLength: 48);
        process = hasPid ? $"{Environment.ProcessId}" : "-";
        host = Field(Libunp.Gethostname(), maxLength: 255);
    }

    /// <summary>
    /// The name of the file that was started, or of the assembly if <c>dotnet</c> started it. It is cut to the maximum length of an ident.
    /// </summary>
    static string ProgramName
    {
        get
        {
            string name = System.IO.Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);
            while (Encoding.UTF8.GetByteCount(name) > SyslogOptions.MaxIdentLength)
                name = name[..^1];
            return name;
        }
    }

    /// <summary>The text before a message on standard error and on the console.</summary>
    internal string Tag => format == SyslogFormat.Rfc3164 ? ident + process : ident;

    /// <summary>Creates the lines of a message, each with the NUL that ends it on a stream socket.</summary>
    internal IEnumerable<byte[]> Create(int priority, string message, DateTimeOffset time)
    {
        byte[] text = Encoding.UTF8.GetBytes(message.Replace('\0', ' ').TrimEnd('\n'));
        byte[] head = Encoding.UTF8.GetBytes(Head(priority, time));
        byte[] mark = format == SyslogFormat.Rfc5424 && !Ascii.IsValid(text) ? [0xEF, 0xBB, 0xBF] : [];
        int start = 0;
        do
        {
            int end = Math.Min(text.Length, start + MaxTextBytes);
            while (end < text.Length && (text[end] & 0xC0) == 0x80)
                end--; // do not split a UTF-8 character
            yield return [.. head, .. mark, .. text.AsSpan(start, end - start), 0];
            start = end;
        }
        while (start < text.Length);
    }

    string Head(int priority, DateTimeOffset time) => format == SyslogFormat.Rfc3164
        ? string.Create(CultureInfo.InvariantCulture, $"<{priority}>{time:MMM} {time.Day,2} {time:HH:mm:ss} {ident}{process}: ")
        : string.Create(CultureInfo.InvariantCulture, $"<{priority}>1 {time:yyyy-MM-ddTHH:mm:ss.ffffffzzz} {host} {ident} {process} - - ");

    /// <summary>Converts a field of RFC 5424 to printable ASCII without blanks; "-" if it is empty.</summary>
    static string Field(string text, int maxLength)
    {
        string printable = string.Concat(text.Where(c => c is > ' ' and < '\x7F').Take(maxLength));
        return printable.Length > 0 ? printable : "-";
    }
}
