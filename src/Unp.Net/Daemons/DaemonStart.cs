using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The start of a daemon without fork: the program starts itself again twice. The processes are:
/// <list type="number">
/// <item>The first process opens the descriptors that need the terminal or the user's rights.</item>
/// <item>The second process leads a new session.</item>
/// <item>The daemon is not a session leader, so it can never get a controlling terminal.</item>
/// </list>
/// The first two processes wait until the daemon is ready. If it exits before, they exit with its status.
/// </summary>
static class DaemonStart
{
    internal const byte ReadyMark = 1;
    const string Variable = "UNP_DAEMON";
    const int FirstDescriptor = InheritedDescriptors.First;

    /// <summary>Returns in the daemon. In the other processes it throws <see cref="ExitException"/>.</summary>
    internal static Daemon Run(string ident, int facility, Func<IReadOnlyList<SafeHandle>> open)
    {
        string? stage = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (IsStage(stage, "session", out int count))
            RunSecond(InheritedDescriptors.Take(count, "Daemon_init", $"{Variable}={stage}"));
        if (IsStage(stage, "daemon", out count) && count > 0)
            return BecomeDaemon(ident, facility, InheritedDescriptors.Take(count, "Daemon_init", $"{Variable}={stage}"));
        RunFirst(open());
        return null;
    }

    [DoesNotReturn]
    static void RunFirst(IReadOnlyList<SafeHandle> descriptors)
    {
        using SpawnedProcess second = StartNext("session", descriptors, isLeader: true, HasErrorOutput ? Fd.StandardError : null);
        throw ExitAs(second.Wait());
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
                daemon = StartNext("daemon", [write, .. descriptors], isLeader: false, errorOutput);
            using (daemon)
                throw IsReady(ready, errors, daemon) ? Exit(0) : ExitAs(daemon.Wait());
        }
    }

    /// <summary>
    /// Waits until the daemon is ready or has exited, and forwards its standard error output. The daemon writes to a pipe, because the
    /// runtime duplicates standard error at startup. A duplicate of the first process's standard error would keep its terminal or log file
    /// open indefinitely.
    /// </summary>
    static bool IsReady(Fd ready, Fd errors, SpawnedProcess daemon)
    {
        Span<byte> buffer = stackalloc byte[4096];
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

        // Forward the output that the daemon wrote before it reported ready.
        Libunp.SetNonBlocking(errors);
        while (TryCopy(errors, buffer))
        {
        }
        return isReady;
    }

    /// <summary>Forwards the output that can be read. Returns false at end of file, or if no output is waiting.</summary>
    static bool TryCopy(Fd errors, Span<byte> buffer)
    {
        int n = (int)read(errors, buffer);
        if (n > 0)
            _ = Libunp.writen(Fd.StandardError, buffer[..n]);
        return n > 0;
    }

    static Daemon BecomeDaemon(string ident, int facility, Fd[] descriptors)
    {
        // Not earlier, because the program's path may have been relative to the old directory.
        Directory.SetCurrentDirectory("/");
        DaemonState.IgnoreHangUp();
        DaemonState.Begin(ident, facility, alsoPrints: true);
        return new Daemon(descriptors[0], descriptors[1..]);
    }

    static bool HasErrorOutput => fcntl(STDERR_FILENO, F_GETFD) >= 0;

    /// <summary>Starts the next process, which takes over the descriptors; they are closed here.</summary>
    static SpawnedProcess StartNext(string stage, IReadOnlyList<SafeHandle> descriptors, bool isLeader, Fd? errorOutput)
    {
        // If SIGCHLD is ignored, the kernel drops the child's status, but this process must pass it on. It exits soon after.
        SignalAction.StopIgnoring(SIGCHLD);
        using Fd nothing = Libunp.Open("/dev/null", O_RDWR);
        var options = new SpawnOptions
        {
            StartsSession = isLeader,
            Descriptors = { [STDIN_FILENO] = nothing, [STDOUT_FILENO] = nothing, [STDERR_FILENO] = errorOutput ?? nothing },
        };
        for (int i = 0; i < descriptors.Count; i++)
            options.Descriptors[FirstDescriptor + i] = descriptors[i];
        try
        {
            return OwnCommand.StartAgain(options, Variable, $"{stage} {descriptors.Count} {Environment.ProcessId}");
        }
        finally
        {
            foreach (SafeHandle descriptor in descriptors)
                descriptor.Dispose();
        }
    }

    /// <summary>
    /// Creates the exception that gives this process the exit status of the next one. A message is needed only if the next one could not
    /// write its own.
    /// </summary>
    static ExitException ExitAs(WaitStatus status)
    {
        if (status.Signaled)
            ErrorOutput.Print(Libc.LOG_INFO, $"The daemon was terminated before it was ready: {status}");
        if (status.IsUnknown)
            ErrorOutput.Print(Libc.LOG_INFO, "The daemon exited before it was ready, and its status is unknown.");
        return Exit(status.ShellStatus);
    }

    static ExitException Exit(int status) =>
        new(status, $"This process must exit with status {status}. Call Daemon_init inside UnpProgram.Run, which does that.");

    /// <summary>
    /// Returns whether the variable is meant for this process. It must contain the parent's process id, because another program may pass
    /// the variable on.
    /// </summary>
    static bool IsStage(string? value, string stage, out int count)
    {
        count = 0;
        return value?.Split(' ') is [var name, var number, var parent] && name == stage && parent == $"{getppid()}"
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
