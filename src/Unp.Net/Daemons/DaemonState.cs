using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>What a program has become by <see cref="Libunp.Daemon_init(string, int)"/>: the book's <c>daemon_proc</c>.</summary>
static class DaemonState
{
    static volatile bool isDaemon;
    static volatile bool hasErrorOutput;
    static IDisposable? hangUp;

    /// <summary>Whether errors go to syslogd.</summary>
    internal static bool IsDaemon => isDaemon;

    /// <summary>From now on errors go to syslogd.</summary>
    /// <param name="ident">The program's name.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="alsoPrints">Whether they go to standard error too, until <see cref="StopPrinting"/>.</param>
    internal static void Begin(string ident, int facility, bool alsoPrints)
    {
        Libunp.Openlog(ident, LOG_PID, facility);
        hasErrorOutput = alsoPrints;
        isDaemon = true;
    }

    internal static void StopPrinting() => hasErrorOutput = false;

    /// <summary>
    /// As the book's does. It is a handler that does nothing, so that the program can have one of its own, and what it starts gets the signal's default action.
    /// </summary>
    internal static void IgnoreHangUp() => hangUp ??= Libunp.WatchSignal(SIGHUP, _ => { });

    internal static void PrintError(int level, string line)
    {
        Libunp.Syslog(level, line);
        if (hasErrorOutput)
            MessageWriter.StandardError.WriteLine(line);
    }
}
