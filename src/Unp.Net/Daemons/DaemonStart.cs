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
    const int FirstDescriptor = STDERR_FILENO + 1;

    /// <summary>In the daemon it returns; the processes before it end here.</summary>
    internal static Daemon Run(string ident, int facility, Func<IReadOnlyList<SafeHandle>> open)
    {
        string? life = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (IsLife(life, "session", out int count) && getsid(0) == Environment.ProcessId)
            RunSecond(Descriptors(count));
        if (IsLife(life, "daemon", out count) && IsPipe(FirstDescriptor))
            return Begin(ident, facility, Descriptors(count));
        RunFirst(open());
        return null;
    }

    [DoesNotReturn]
    static void RunFirst(IReadOnlyList<SafeHandle> descriptors)
    {
        using SpawnedProcess second = Start("session", descriptors, isLeader: true);
        foreach (SafeHandle descriptor in descriptors)
            descriptor.Dispose();
        throw End(second.Wait());
    }

    [DoesNotReturn]
    static void RunSecond(Fd[] descriptors)
    {
        Libunp.Pipe(out Fd ready, out Fd write);
        using (ready)
        {
            SpawnedProcess daemon;
            using (write)
                daemon = Start("daemon", [write, .. descriptors], isLeader: false);
            using (daemon)
            {
                foreach (Fd descriptor in descriptors)
                    descriptor.Dispose();
                bool isReady = Libunp.readn(ready, new byte[1]) == 1;
                throw isReady ? new ExitException(0, "The daemon is ready.") : End(daemon.Wait());
            }
        }
    }

    static Daemon Begin(string ident, int facility, Fd[] descriptors)
    {
        // It may have been started by a path from there, so it is no earlier.
        Directory.SetCurrentDirectory("/");
        DaemonState.IgnoreHangUp();
        DaemonState.Begin(ident, facility, alsoPrints: true);
        return new Daemon(descriptors[0], descriptors[1..]);
    }

    static SpawnedProcess Start(string life, IReadOnlyList<SafeHandle> descriptors, bool isLeader)
    {
        using Fd nothing = Libunp.Open("/dev/null", O_RDWR);
        var options = new SpawnOptions { NewSession = isLeader, Descriptors = { [STDIN_FILENO] = nothing, [STDOUT_FILENO] = nothing } };
        if (fcntl(STDERR_FILENO, F_GETFD) < 0)
            options.Descriptors[STDERR_FILENO] = nothing;
        for (int i = 0; i < descriptors.Count; i++)
            options.Descriptors[FirstDescriptor + i] = descriptors[i];
        return OwnCommand.Start(options, Variable, $"{life} {descriptors.Count}");
    }

    /// <summary>The end of a process as that of the one after it; that one has said why, unless a signal has ended it.</summary>
    static ExitException End(WaitStatus status)
    {
        if (status.Signaled)
            Libunp.err_msg($"The daemon was ended before it was ready: {status}");
        return new ExitException(status.ShellStatus, $"{status}");
    }

    /// <summary>Whether the variable is the one that the process before has set, and not one that somebody let through to another program.</summary>
    static bool IsLife(string? value, string life, out int count)
    {
        count = 0;
        return value?.Split(' ') is [var name, var number] && name == life
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && Enumerable.Range(FirstDescriptor, count).All(descriptor => fcntl(descriptor, F_GETFD) >= 0);
    }

    static Fd[] Descriptors(int count)
    {
        Fd[] descriptors = [.. Enumerable.Range(FirstDescriptor, count).Select(number => new Fd(number))];
        foreach (Fd descriptor in descriptors)
            Libunp.Fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        return descriptors;
    }

    static bool IsPipe(int descriptor)
    {
        using Fd fd = Fd.Borrow(descriptor);
        return FileType(fd) == S_IFIFO;
    }
}
