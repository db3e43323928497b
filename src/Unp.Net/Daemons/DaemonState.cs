using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The daemon state of the process, set by <see cref="Libunp.Daemon_init(string, int)"/>: the book's <c>daemon_proc</c>.</summary>
static class DaemonState
{
    static volatile bool hasErrorOutput;
    static IDisposable? hangUp;

    /// <summary>Whether errors go to syslogd.</summary>
    internal static bool IsDaemon => ErrorOutput.Log is not null;

    /// <summary>Sends errors to syslogd from now on.</summary>
    /// <param name="ident">The program's name.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="alsoPrints">Whether to write errors to standard error too, until <see cref="StopPrinting"/>.</param>
    internal static void Begin(string ident, int facility, bool alsoPrints)
    {
        Libunp.Openlog(ident, LOG_PID, facility);
        hasErrorOutput = alsoPrints;
        ErrorOutput.Log = PrintError;
    }

    internal static void StopPrinting() => hasErrorOutput = false;

    /// <summary>
    /// Ignores SIGHUP, as the book's function does, with an empty handler. The program can then add its own handler, and its child
    /// processes get the default action.
    /// </summary>
    internal static void IgnoreHangUp() => hangUp ??= Libunp.WatchSignal(SIGHUP, _ => { });

    static void PrintError(int level, string line)
    {
        Libunp.Syslog(level, line);
        if (hasErrorOutput)
            MessageWriter.StandardError.WriteLine(line);
    }
}
