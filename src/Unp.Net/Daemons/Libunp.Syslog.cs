using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary><c>openlog(3)</c>: how the messages of <see cref="Syslog"/> are to look (section 13.2).</summary>
    /// <param name="ident">What stands before each message, at most <see cref="SyslogOptions.MaxIdentLength"/> bytes; null: the program's name.</param>
    /// <param name="option">LOG_PID, LOG_CONS, LOG_NDELAY and LOG_PERROR ored.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    /// <exception cref="ArgumentException">The ident has a NUL or is too long, or a number is none of the constants.</exception>
    public static void Openlog(string? ident, int option = 0, int facility = 0) =>
        ProgramLog.Open(new() { Ident = ident, Option = option, Facility = facility });

    /// <summary>As <see cref="Openlog(string, int, int)"/>, for another socket, another format or another size of the queue.</summary>
    /// <exception cref="ArgumentException">As of <see cref="SyslogSender"/>.</exception>
    public static void Openlog(SyslogOptions options) => ProgramLog.Open(options);

    /// <summary>
    /// <c>syslog(3)</c>: tells syslogd something (section 13.2). It never waits: what syslogd does not take is kept until it does, as
    /// <see cref="SyslogSender"/> says. Without <see cref="Openlog(string, int, int)"/> before, the program's name stands before the message.
    /// </summary>
    /// <param name="priority">A level, LOG_ERR and the like, and perhaps a facility ored.</param>
    /// <param name="message">The text. It is no format: write <c>$"{Errno.Last.Message}"</c> for C's <c>%m</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="priority"/> has other bits than that.</exception>
    public static void Syslog(int priority, string message) => ProgramLog.Send(priority, message);

    /// <summary><c>closelog(3)</c>: closes the connection (section 13.2). The next <see cref="Syslog"/> makes another. The end of the program does it, and waits for a second.</summary>
    /// <param name="timeout">How long to wait for a syslogd that does not take what waits for it; zero: not at all, and it is lost.</param>
    public static void Closelog(TimeSpan timeout = default) => ProgramLog.Close(timeout);

    /// <summary><c>setlogmask(3)</c>: which levels are sent; the others cost nothing.</summary>
    /// <param name="mask">Bits by LOG_MASK and LOG_UPTO; 0 changes nothing.</param>
    /// <returns>The mask before.</returns>
    public static int Setlogmask(int mask) => ProgramLog.SetMask(mask);

    /// <summary>How long the end of a program waits for a syslogd that does not take its last messages.</summary>
    internal static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>The one log of the program, which is the program's own as its standard error is.</summary>
    static class ProgramLog
    {
        static readonly Lock Changing = new();
        static SyslogOptions options = new();
        static SyslogSender? sender;
        static int mask = LOG_UPTO(LOG_DEBUG);

        static ProgramLog() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Close(LastWords);

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
