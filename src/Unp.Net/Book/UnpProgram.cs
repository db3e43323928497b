using static Unp.Net.Libunp;

namespace Unp.Net;

/// <summary>The top level of a program, which converts exceptions to the exit status and error message of the book's programs.</summary>
public static partial class UnpProgram
{
    /// <summary>Runs a program and returns its exit status: <c>return UnpProgram.Run(() => ...);</c></summary>
    /// <returns>
    /// 0; the status of an <see cref="ExitException"/>; or 1 after an uncaught <see cref="UnpException"/>, <see cref="GaiException"/> or
    /// <see cref="HostException"/>, whose message is printed on standard error as by <c>err_sys</c>, without the number of the descriptor.
    /// </returns>
    /// <remarks>Any other exception is a bug of the program and is not caught. A daemon's exception is first reported to syslogd.</remarks>
    /// <param name="main">The program.</param>
    /// <example>
    /// The message and the status are those of the C program:
    /// <code>
    /// int status = UnpProgram.Run(() =>
    /// {
    ///     if (args.Length != 1)
    ///         err_quit("usage: client &lt;IPaddress>");
    ///     using Fd sockfd = Tcp_connect(args[0], "echo");
    ///     Str_cli(Fd.StandardInput, sockfd);
    /// });
    /// </code>
    /// </example>
    public static int Run(Action main)
    {
        ArgumentNullException.ThrowIfNull(main);
        MessageWriter.Prepare();
        try
        {
            main();
            return 0;
        }
        catch (ExitException exit) when (exit.Aborts)
        {
            Closelog(FinalFlushTimeout);
            Libc.abort();
            throw;
        }
        catch (ExitException exit)
        {
            return exit.Status;
        }
        catch (Exception failure) when (failure is UnpException or GaiException or HostException)
        {
            ErrorOutput.Print(Libc.LOG_ERR, failure switch
            {
                UnpException call => call.BookMessage,
                GaiException lookup => lookup.BookMessage,
                _ => failure.Message,
            });
            return 1;
        }
        catch (Exception fault) when (!LogFault(fault))
        {
            throw;
        }
    }

    /// <inheritdoc cref="Run(Action)"/>
    /// <remarks>The calling thread waits until the task completes.</remarks>
    /// <param name="main">An async function that runs the program.</param>
    public static int Run(Func<Task> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run((Action)(() => main().GetAwaiter().GetResult()));
    }

    /// <summary>Reports a daemon's unhandled exception to syslogd, because the runtime's own report is lost.</summary>
    /// <remarks>It is called as an exception filter, so the exception is reported without being caught. It always returns true.</remarks>
    static bool LogFault(Exception fault)
    {
        if (DaemonState.IsDaemon)
        {
            Syslog(Libc.LOG_CRIT, $"{fault}");
            Closelog(FinalFlushTimeout);
        }
        return true;
    }
}
