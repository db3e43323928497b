using System.Diagnostics.CodeAnalysis;
using static Unp.Net.Libc;

namespace Unp.Net;

// The destination: after Daemon_init or Daemon_inetd the system log, with LOG_INFO for err_ret and err_msg, and LOG_ERR for the others.
// Otherwise standard error, by write(2) to descriptor 2, which needs no free descriptor. A message that cannot be written is lost.
public static partial class Libunp
{
    /// <summary>
    /// Prints <c>message: strerror(errno)</c> on standard error, after flushing standard output, and returns (figure D.3).
    /// </summary>
    public static void err_ret(string message) => ErrorOutput.Print(LOG_INFO, $"{message}: {Errno.Last.Message}");

    /// <inheritdoc cref="err_ret(string)"/>
    public static void err_ret(ErrMessage message) => ErrorOutput.Print(LOG_INFO, WithReason(message));

    /// <summary>Prints <paramref name="message"/> on standard error, after flushing standard output, and returns (figure D.3).</summary>
    public static void err_msg(string message) => ErrorOutput.Print(LOG_INFO, message);

    /// <summary>Prints <c>message: strerror(errno)</c> on standard error and ends the program with status 1 (figure D.3).</summary>
    /// <exception cref="ExitException">Always. <see cref="UnpProgram.Run(Action)"/> converts it to the exit status.</exception>
    [DoesNotReturn]
    public static void err_sys(string message) => Exit($"{message}: {Errno.Last.Message}");

    /// <inheritdoc cref="err_sys(string)"/>
    [DoesNotReturn]
    public static void err_sys(ErrMessage message) => Exit(WithReason(message));

    /// <summary>Prints <paramref name="message"/> on standard error and ends the program with status 1 (figure D.3).</summary>
    /// <exception cref="ExitException">Always. <see cref="UnpProgram.Run(Action)"/> converts it to the exit status.</exception>
    [DoesNotReturn]
    public static void err_quit(string message) => Exit(message);

    /// <summary>
    /// Prints <c>message: strerror(errno)</c> on standard error and ends the program by SIGABRT, which may write a core file (figure D.3).
    /// </summary>
    /// <exception cref="ExitException">Always. <see cref="UnpProgram.Run(Action)"/> raises the signal.</exception>
    [DoesNotReturn]
    public static void err_dump(string message) => Exit($"{message}: {Errno.Last.Message}", abort: true);

    /// <inheritdoc cref="err_dump(string)"/>
    [DoesNotReturn]
    public static void err_dump(ErrMessage message) => Exit(WithReason(message), abort: true);

    [DoesNotReturn]
    static void Exit(string line, bool abort = false)
    {
        ErrorOutput.Print(LOG_ERR, line);
        throw new ExitException(1, line, abort);
    }

    static string WithReason(ErrMessage message)
    {
        var (text, errno) = message.Finish();
        return $"{text}: {errno.Message}";
    }
}
