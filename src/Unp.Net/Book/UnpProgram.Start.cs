using static Unp.Net.Libc;

namespace Unp.Net;

// Parts of a C program's start that the runtime changes: the bytes of the arguments, and standard descriptors that were closed.
public static unsafe partial class UnpProgram
{
    const string ArgumentsFile = OwnCommand.ArgumentsFile;
    const string EnvironmentFile = "/proc/self/environ";

    /// <summary>
    /// Opens <c>/dev/null</c> on each of the descriptors 0, 1 and 2 that was closed when the process started, as daemons do.
    /// </summary>
    /// <remarks>
    /// <para>It should be the first call of <c>Main</c>. By then the .NET runtime's own descriptors have taken the free numbers, so the
    /// program would read the runtime's pipe as standard input. The function therefore executes the same command again, with the same
    /// process id, arguments and environment (<c>execve(2)</c>).</para>
    /// <para>If no descriptor was closed, nothing happens. If <c>/dev/null</c>, <c>/proc</c> or the program's file is missing, the
    /// descriptors stay unchanged.</para>
    /// </remarks>
    /// <exception cref="ExitException">
    /// The command cannot be executed again (<c>execve(2)</c>: ENOMEM, E2BIG, EAGAIN). The reason is printed.
    /// </exception>
    public static void OpenStandardDescriptors()
    {
        bool mustRestart = false;
        bool isClosed = false;
        for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        {
            // An inherited descriptor is never close-on-exec. The runtime's own always are.
            int flags = fcntl(fd, F_GETFD);
            mustRestart |= flags >= 0 && (flags & FD_CLOEXEC) != 0;
            isClosed |= flags < 0;
        }
        if (!mustRestart && !isClosed)
            return;

        // Steps that may fail for other reasons come before the runtime loses its descriptors.
        string program = Environment.ProcessPath ?? "";
        if (mustRestart && !(File.Exists(program) && File.Exists(ArgumentsFile) && File.Exists(EnvironmentFile)))
            return;
        using var path = new NativeStrings([program]);
        using var arguments = new NativeStrings(mustRestart ? NativeStrings.Read(ArgumentsFile) : []);
        using var environment = new NativeStrings(mustRestart ? NativeStrings.Read(EnvironmentFile) : []);
        int devNull = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (devNull < 0)
            return;
        for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        {
            int flags = fcntl(fd, F_GETFD);
            if (flags < 0 || (flags & FD_CLOEXEC) != 0)
                _ = devNull == fd ? fcntl(fd, F_SETFD, 0) : dup2(devNull, fd);
        }
        if (devNull > STDERR_FILENO)
            _ = close(devNull);
        if (!mustRestart)
            return;
        _ = SignalAction.MakeDefault(SIGPIPE);
        _ = execve(path.Pointers[0], arguments.Pointers, environment.Pointers);
        Libunp.err_sys($"cannot execute {program} again");
    }

    /// <summary>Returns the arguments of <c>Main</c> with their original bytes.</summary>
    /// <remarks>
    /// The runtime replaces each byte that is not UTF-8. Here such a byte becomes U+DC80 to U+DCFF. <see cref="Libunp.Open"/>,
    /// <see cref="SockAddr.Unix(string)"/>, <see cref="Libunp.Spawn"/> and <see cref="MessageWriter"/> convert the character back to its
    /// byte, so files with such names can be opened and printed. The classes of System.IO do not.
    /// </remarks>
    /// <param name="args">All arguments of <c>Main</c>.</param>
    public static string[] NativeArguments(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return OwnCommand.WithOriginalBytes(args);
    }
}
