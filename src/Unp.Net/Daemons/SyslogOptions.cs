using System.Text;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The format of the lines of a <see cref="SyslogSender"/>.</summary>
public enum SyslogFormat
{
    /// <summary>
    /// <c>&lt;30&gt;Nov 22 17:11:28 ident[4711]: text</c>: RFC 3164 without the host name, as C libraries write it to the local syslogd.
    /// The time is local.
    /// </summary>
    Rfc3164,

    /// <summary>
    /// <c>&lt;30&gt;1 2026-11-22T17:11:28.123456+01:00 host ident 4711 - - text</c>: RFC 5424. A UTF-8 byte order mark precedes text that
    /// is not ASCII. syslogd must expect this format on its local socket; rsyslog does with <c>UseSpecialParser="off"</c>.
    /// </summary>
    Rfc5424,
}

/// <summary>
/// Options for a <see cref="SyslogSender"/>. The first three are those of openlog(3), which <see cref="Libunp.Openlog(string, int, int)"/>
/// sets too.
/// </summary>
public sealed record SyslogOptions
{
    /// <summary>
    /// The maximum length of <see cref="Ident"/> in bytes of UTF-8. RFC 3164 defines 32, but program names may be longer and syslogd
    /// accepts them. RFC 5424 allows 48, so the rest is not sent.
    /// </summary>
    public const int MaxIdentLength = 100;

    /// <summary>
    /// Gets the text before each message, at most <see cref="MaxIdentLength"/> bytes. Null is the program's name, cut to that length.
    /// </summary>
    public string? Ident { get; init; }

    /// <summary>Gets a combination of LOG_PID, LOG_CONS, LOG_NDELAY and LOG_PERROR.</summary>
    public int Option { get; init; }

    /// <summary>Gets the facility of messages without one: LOG_DAEMON, LOG_LOCAL0...; 0 is <see cref="LOG_USER"/>.</summary>
    public int Facility { get; init; }

    /// <summary>
    /// Gets the path of syslogd's socket. The default is the environment variable UNP_SYSLOG, or else the system's path: <c>/dev/log</c> on
    /// Linux, <c>/var/run/log</c> on FreeBSD, <c>/var/run/syslog</c> on macOS.
    /// </summary>
    public string Path { get; init; } = Environment.GetEnvironmentVariable("UNP_SYSLOG") is { Length: > 0 } path ? path
        : Target.IsLinux ? "/dev/log" : Target.IsMacOS ? "/var/run/syslog" : "/var/run/log";

    /// <summary>Gets the format of the lines.</summary>
    public SyslogFormat Format { get; init; }

    /// <summary>
    /// Gets the maximum number of bytes to queue while syslogd does not accept lines. Messages beyond it are dropped and counted. The
    /// default is 1 MiB.
    /// </summary>
    public int QueueSize { get; init; } = 1 << 20;

    /// <summary>Validates the options. The constructor of <see cref="SyslogSender"/> calls this method.</summary>
    /// <exception cref="ArgumentException">
    /// <see cref="Ident"/> contains a NUL or is too long, <see cref="QueueSize"/> is negative, or a number has unknown bits. The exception
    /// names the property.
    /// </exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(QueueSize);
        CheckBits(Facility, LOG_FACMASK, nameof(Facility));
        CheckBits(Option, LOG_PID | LOG_CONS | LOG_ODELAY | LOG_NDELAY | LOG_NOWAIT | LOG_PERROR, nameof(Option));
        string ident = Ident ?? "";
        if (ident.Contains('\0'))
            throw new ArgumentException($"The ident must not contain a NUL: {ident.Replace("\0", "\\0")}", nameof(Ident));

        // A datagram might be too small for a longer ident, and then no message could be sent at all.
        int length = Encoding.UTF8.GetByteCount(ident);
        if (length > MaxIdentLength)
        {
            throw new ArgumentException(
                $"The ident must have at most {MaxIdentLength} bytes, but has {length}: {ident[..30]}...", nameof(Ident));
        }
    }

    internal static void CheckBits(int value, int mask, string name)
    {
        if ((value & ~mask) != 0)
            throw new ArgumentException($"{value} (0x{value:x}) is not a valid {name} of syslog.", name);
    }
}
