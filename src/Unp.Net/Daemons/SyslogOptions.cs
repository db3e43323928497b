using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>How the lines of a <see cref="SyslogSender"/> look.</summary>
public enum SyslogFormat
{
    /// <summary>
    /// <c>&lt;30&gt;Nov 22 17:11:28 ident[4711]: text</c>: RFC 3164 without the host's name, as every C library writes it to its own syslogd. The time is local.
    /// </summary>
    Rfc3164,

    /// <summary>
    /// <c>&lt;30&gt;1 2026-11-22T17:11:28.123456+01:00 host ident 4711 - - text</c>: RFC 5424. Text that is not ASCII has the mark of UTF-8 before it.
    /// syslogd has to expect it on its local socket: rsyslog does with <c>UseSpecialParser="off"</c>.
    /// </summary>
    Rfc5424,
}

/// <summary>What a <see cref="SyslogSender"/> is made with; <see cref="Libunp.Openlog(string, int, int)"/> gives the first three, which are openlog(3)'s own.</summary>
public sealed class SyslogOptions
{
    /// <summary>
    /// The longest <see cref="Ident"/>, in bytes of UTF-8. RFC 3164 knows 32, which names of programs are longer than, and syslogd takes; RFC 5424 takes 48, and
    /// the rest is not sent.
    /// </summary>
    public const int MaxIdentLength = 100;

    /// <summary>What stands before each message, at most <see cref="MaxIdentLength"/> bytes; null: the program's name, as much of it as that.</summary>
    public string? Ident { get; init; }

    /// <summary>LOG_PID, LOG_CONS, LOG_NDELAY and LOG_PERROR ored.</summary>
    public int Option { get; init; }

    /// <summary>The facility of messages that name none: LOG_DAEMON, LOG_LOCAL0...; 0 is <see cref="LOG_USER"/>.</summary>
    public int Facility { get; init; }

    /// <summary>
    /// The socket of syslogd. The environment variable UNP_SYSLOG names it, or else it is where the system has it: <c>/dev/log</c> on Linux,
    /// <c>/var/run/log</c> on FreeBSD, <c>/var/run/syslog</c> on macOS.
    /// </summary>
    public string Path { get; init; } = Environment.GetEnvironmentVariable("UNP_SYSLOG") is { Length: > 0 } path ? path
        : Target.IsLinux ? "/dev/log" : Target.IsMacOS ? "/var/run/syslog" : "/var/run/log";

    /// <summary>How the lines look.</summary>
    public SyslogFormat Format { get; init; }

    /// <summary>How many bytes of lines are kept while syslogd does not take them: 1 MiB unless it is set. What does not fit is dropped, and counted.</summary>
    public int QueueSize { get; init; } = 1 << 20;
}
