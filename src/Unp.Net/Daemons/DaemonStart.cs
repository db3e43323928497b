using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// How a program becomes a daemon without fork: it is started again, twice. The first process opens what needs the terminal or the rights; the
/// second leads a new session, and starts the third, the daemon, which therefore leads none and so can never come to a controlling terminal. Second and
/// first wait until the daemon is ready, or take its exit status as their own.
/// </summary>
static class DaemonStart
{
    internal const byte ReadyMark = 1;
    const string Variable = "UNP_DAEMON";
    const int FirstDescriptor = InheritedDescriptors.First;

    /// <summary>In the daemon it returns; the processes before it end here.</summary>
    internal static Daemon Run(string ident, int facility, Func<IReadOnlyList<SafeHandle>> open)
    {
        string? life = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (IsLife(life, "session", out int count))
            RunSecond(InheritedDescriptors.Take(count, "Daemon_init", $"{Variable}={life}"));
        if (IsLife(life, "daemon", out count) && count > 0)
            return Begin(ident, facility, InheritedDescriptors.Take(count, "Daemon_init", $"{Variable}={life}"));
        RunFirst(open());
        return null;
    }

    [DoesNotReturn]
    static void RunFirst(IReadOnlyList<SafeHandle> descriptors)
    {
        using SpawnedProcess second = HandOver("session", descriptors, isLeader: true, HasErrorOutput ? Fd.StandardError : null);
        throw End(second.Wait());
    }

    [DoesNotReturn]
    static void RunSecond(Fd[] descriptors)
    {
        Libunp.Pipe(out Fd ready, out Fd write);
        Libunp.Pipe(out Fd errors, out Fd errorOutput);
        using (ready)
        using (errors)
        {
            SpawnedProcess daemon;
            using (errorOutput)
                daemon = HandOver("daemon", [write, .. descriptors], isLeader: false, errorOutput);
            using (daemon)
                throw IsReady(ready, errors, daemon) ? new ExitException(0, "The daemon is ready.") : End(daemon.Wait());
        }
    }

    /// <summary>
    /// Waits until the daemon is ready, or has ended, and passes on what it prints on standard error. That is a pipe, not the one of this process: the
    /// runtime has a duplicate of it from its start on, by which the daemon would hold a terminal or a log file for ever.
    /// </summary>
    static bool IsReady(Fd ready, Fd errors, SpawnedProcess daemon)
    {
        Span<byte> buffer = stackalloc byte[Libunp.BUFFSIZE];
        Span<pollfd> waits =
        [
            new pollfd { fd = (int)ready.DangerousGetHandle(), events = POLLIN },
            new pollfd { fd = (int)errors.DangerousGetHandle(), events = POLLIN },
            new pollfd { fd = daemon.Pidfd is { } pidfd ? (int)pidfd.DangerousGetHandle() : -1, events = POLLIN },
        ];
        bool isReady = false;
        while (!isReady && waits[2].revents == 0 && (waits[0].fd >= 0 || waits[1].fd >= 0 || waits[2].fd >= 0))
        {
            Libunp.Poll(waits);
            if (waits[1].revents != 0 && !TryCopy(errors, buffer))
                waits[1].fd = -1;
            if (waits[0].revents != 0)
            {
                isReady = Libunp.Read(ready, buffer[..1]) == 1;
                waits[0].fd = -1;
            }
        }

        // What it has printed before it has told.
        Libunp.Set_nonblock(errors);
        while (TryCopy(errors, buffer))
        {
        }
        return isReady;
    }

    /// <summary>Passes on what is there to be read; false at the end, or if there is nothing.</summary>
    static bool TryCopy(Fd errors, Span<byte> buffer)
    {
        int n = (int)read(errors, buffer);
        if (n > 0)
            _ = Libunp.writen(Fd.StandardError, buffer[..n]);
        return n > 0;
    }

    static Daemon Begin(string ident, int facility, Fd[] descriptors)
    {
        // It may have been started by a path from there, so it is no earlier.
        Directory.SetCurrentDirectory("/");
        DaemonState.IgnoreHangUp();
        DaemonState.Begin(ident, facility, alsoPrints: true);
        return new Daemon(descriptors[0], descriptors[1..]);
    }

    static bool HasErrorOutput => fcntl(STDERR_FILENO, F_GETFD) >= 0;

    /// <summary>Starts the next process with descriptors that are its own from then on.</summary>
    static SpawnedProcess HandOver(string life, IReadOnlyList<SafeHandle> descriptors, bool isLeader, Fd? errorOutput)
    {
        // The kernel drops the status of a child where SIGCHLD is ignored, and this process passes that status on. It ends soon after.
        SignalAction.StopIgnoring(SIGCHLD);
        using Fd nothing = Libunp.Open("/dev/null", O_RDWR);
        var options = new SpawnOptions
        {
            NewSession = isLeader,
            Descriptors = { [STDIN_FILENO] = nothing, [STDOUT_FILENO] = nothing, [STDERR_FILENO] = errorOutput ?? nothing },
        };
        for (int i = 0; i < descriptors.Count; i++)
            options.Descriptors[FirstDescriptor + i] = descriptors[i];
        try
        {
            return OwnCommand.Again(options, Variable, $"{life} {descriptors.Count} {Environment.ProcessId}");
        }
        finally
        {
            foreach (SafeHandle descriptor in descriptors)
                descriptor.Dispose();
        }
    }

    /// <summary>The end of a process as that of the one after it; that one has said why, unless a signal has ended it.</summary>
    static ExitException End(WaitStatus status)
    {
        if (status.Signaled)
            Libunp.err_msg($"The daemon was ended before it was ready: {status}");
        if (status.IsUnknown)
            Libunp.err_msg("The daemon has ended before it was ready, and its status is unknown.");
        return new ExitException(status.ShellStatus, $"{status}");
    }

    /// <summary>Whether the variable is for this process: its parent has set it, and it was not let through by another program.</summary>
    static bool IsLife(string? value, string life, out int count)
    {
        count = 0;
        return value?.Split(' ') is [var name, var number, var parent] && name == life && parent == $"{getppid()}"
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
