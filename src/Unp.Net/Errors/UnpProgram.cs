using static Unp.Net.Libunp;

namespace Unp.Net;

/// <summary>The top of a program: turns what was thrown into the exit status and the line on standard error that the book's programs end with.</summary>
public static partial class UnpProgram
{
    /// <summary>Runs <paramref name="main"/> and gives the status for the process: <c>return UnpProgram.Run(() => ...);</c></summary>
    /// <returns>
    /// 0; the status of an <see cref="ExitException"/>; 1 with the message on standard error after an <see cref="UnpException"/>,
    /// <see cref="GaiException"/> or <see cref="HostException"/> that nobody caught, as <c>err_sys</c> would have ended it. Any other exception is a
    /// fault of the program and passes through; a daemon's is told to syslogd before.
    /// </returns>
    /// <param name="main">The program.</param>
    public static int Run(Action main)
    {
        ArgumentNullException.ThrowIfNull(main);
        MessageWriter.Prepare();
        try
        {
            main();
            return 0;
        }
        catch (ExitException exit) when (exit.Abort)
        {
            Closelog(LastWords);
            Libc.abort();
            throw;
        }
        catch (ExitException exit)
        {
            return exit.Status;
        }
        catch (Exception failure) when (failure is UnpException or GaiException or HostException)
        {
            PrintError(Libc.LOG_ERR, failure.Message);
            return 1;
        }
        catch (Exception fault) when (!Tells(fault))
        {
            throw;
        }
    }

    /// <inheritdoc cref="Run(Action)"/>
    /// <remarks>The calling thread waits for the end of the task.</remarks>
    /// <param name="main">An async function, whose task ends the program.</param>
    public static int Run(Func<Task> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run((Action)(() => main().GetAwaiter().GetResult()));
    }

    /// <summary>Nobody sees what the runtime prints of a daemon's fault. It is told as the exception is on its way, which nothing here catches.</summary>
    static bool Tells(Exception fault)
    {
        if (DaemonState.IsDaemon)
        {
            Syslog(Libc.LOG_CRIT, $"{fault}");
            Closelog(LastWords);
        }
        return true;
    }
}
