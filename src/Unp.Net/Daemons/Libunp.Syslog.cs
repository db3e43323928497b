using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary><c>openlog(3)</c>: sets the format of the messages of <see cref="Syslog"/> (UNP 13.2).</summary>
    /// <param name="ident">
    /// The text before each message, at most <see cref="SyslogOptions.MaxIdentLength"/> bytes; null is the program's name.
    /// </param>
    /// <param name="option">A combination of LOG_PID, LOG_CONS, LOG_NDELAY and LOG_PERROR.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    /// <exception cref="ArgumentException">The ident contains a NUL or is too long, or a number has unknown bits.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/openlog.3.html">openlog(3)</seealso>
    public static void Openlog(string? ident, int option = 0, int facility = 0) =>
        ProgramLog.Open(new() { Ident = ident, Option = option, Facility = facility });

    /// <summary>Sets the options of <see cref="Syslog"/>, including the socket, the format and the size of the queue.</summary>
    /// <exception cref="ArgumentException">An option is invalid: see <see cref="SyslogSender"/>.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/openlog.3.html">openlog(3)</seealso>
    public static void Openlog(SyslogOptions options) => ProgramLog.Open(options);

    /// <summary>
    /// <c>syslog(3)</c>: sends a message to syslogd (UNP 13.2). It never waits. A message that syslogd does not accept is queued, see
    /// <see cref="SyslogSender"/>. If <see cref="Openlog(string, int, int)"/> was not called, the program's name precedes the message.
    /// </summary>
    /// <param name="priority">A level such as LOG_ERR, optionally combined with a facility.</param>
    /// <param name="message">The text. It is not a format string: write <c>$"{Errno.Last.Message}"</c> for C's <c>%m</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="priority"/> has bits that are neither level nor facility.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/syslog.3.html">syslog(3)</seealso>
    public static void Syslog(int priority, string message) => ProgramLog.Send(priority, message);

    /// <summary><c>closelog(3)</c>: closes the connection (UNP 13.2). The next <see cref="Syslog"/> opens a new one.</summary>
    /// <remarks>The log is also closed when the program ends, with a timeout of one second.</remarks>
    /// <param name="timeout">
    /// How long to wait until syslogd accepts the queued messages. After that they are lost; zero does not wait.
    /// </param>
    /// <seealso href="https://man7.org/linux/man-pages/man3/closelog.3.html">closelog(3)</seealso>
    public static void Closelog(TimeSpan timeout = default) => ProgramLog.Close(timeout);

    /// <summary><c>setlogmask(3)</c>: sets which levels are sent. Messages of other levels are discarded at once.</summary>
    /// <param name="mask">Bits from LOG_MASK and LOG_UPTO; 0 keeps the mask.</param>
    /// <returns>The previous mask.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/setlogmask.3.html">setlogmask(3)</seealso>
    public static int Setlogmask(int mask) => ProgramLog.SetMask(mask);

    /// <summary>How long the end of the program waits until syslogd accepts the last messages.</summary>
    internal static readonly TimeSpan FinalFlushTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The one log of the process.</summary>
    static class ProgramLog
    {
        static readonly Lock Changing = new();
        static SyslogOptions options = new();
        static SyslogSender? sender;
        static int mask = LOG_UPTO(LOG_DEBUG);

        static ProgramLog() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Close(FinalFlushTimeout);

        internal static void Open(SyslogOptions newOptions)
        {
            var newSender = new SyslogSender(newOptions);
            lock (Changing)
            {
                if (sender is not null)
                    newSender.Replace(sender);
                (options, sender) = (newOptions, newSender);
            }
        }

        internal static void Send(int priority, string message)
        {
            ArgumentNullException.ThrowIfNull(message);
            lock (Changing)
            {
                if ((mask & LOG_MASK(LOG_PRI(priority))) != 0)
                    (sender ??= new(options)).Send(priority, message);
            }
        }

        internal static void Close(TimeSpan timeout)
        {
            SyslogSender? closing;
            lock (Changing)
                (closing, sender) = (sender, null);
            closing?.Flush(timeout);
            closing?.Dispose();
        }

        internal static int SetMask(int newMask)
        {
            lock (Changing)
            {
                int before = mask;
                if (newMask != 0)
                    mask = newMask & LOG_UPTO(LOG_DEBUG);
                return before;
            }
        }
    }
}
