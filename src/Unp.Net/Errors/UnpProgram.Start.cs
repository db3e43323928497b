using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// What a C program has at its start, and the runtime takes away: the bytes of its arguments, and standard descriptors that were closed.
public static unsafe partial class UnpProgram
{
    const string ArgumentsFile = "/proc/self/cmdline";
    const string EnvironmentFile = "/proc/self/environ";

    /// <summary>
    /// Opens <c>/dev/null</c> on each of the descriptors 0, 1 and 2 that was closed when the process started, as daemons do. The first
    /// call of <c>Main</c> should be this one.
    /// </summary>
    /// <remarks>
    /// By the time <c>Main</c> runs, descriptors of the .NET runtime itself have taken the free numbers, so a program would read the
    /// runtime's pipe as standard input. The same command is therefore executed again, with the same process id, arguments and environment
    /// (<c>execve(2)</c>). Without a closed descriptor nothing happens. Where <c>/dev/null</c>, <c>/proc</c> or the program's file is
    /// missing, the descriptors stay as they are.
    /// </remarks>
    /// <exception cref="ExitException">The command cannot be executed again (<c>execve(2)</c>: ENOMEM, E2BIG, EAGAIN); the reason is
    /// printed.</exception>
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

        // All that can fail for other reasons is done before the runtime loses its descriptors.
        string program = Environment.ProcessPath ?? "";
        if (mustRestart && !(File.Exists(program) && File.Exists(ArgumentsFile) && File.Exists(EnvironmentFile)))
            return;
        using var path = new NativeStrings([program]);
        using var arguments = new NativeStrings(mustRestart ? Strings(ArgumentsFile) : []);
        using var environment = new NativeStrings(mustRestart ? Strings(EnvironmentFile) : []);
        int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (nothing < 0)
            return;
        for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        {
            int flags = fcntl(fd, F_GETFD);
            if (flags < 0 || (flags & FD_CLOEXEC) != 0)
                _ = nothing == fd ? fcntl(fd, F_SETFD, 0) : dup2(nothing, fd);
        }
        if (nothing > STDERR_FILENO)
            _ = close(nothing);
        if (!mustRestart)
            return;
        _ = SignalAction.MakeDefault(SIGPIPE);
        _ = execve(path.Pointers[0], arguments.Pointers, environment.Pointers);
        Libunp.err_sys($"cannot execute {program} again");
    }

    /// <summary>
    /// Returns the arguments of <c>Main</c> with their bytes unchanged. The runtime has replaced each byte that is not UTF-8; here it is
    /// U+DC80 to U+DCFF instead.
    /// </summary>
    /// <remarks>
    /// <see cref="Libunp.Open"/>, <see cref="SockAddr.Unix(string)"/>, <see cref="Libunp.Spawn"/> and <see cref="MessageWriter"/> turn
    /// such a character back into its byte, so a file whose name is not UTF-8 is found and printed. The classes of System.IO do not.
    /// </remarks>
    /// <param name="args">The arguments of <c>Main</c>, all of them.</param>
    public static string[] NativeArguments(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (!Target.IsLinux || !args.Any(text => text.Contains('\uFFFD', StringComparison.Ordinal)))
            return args;
        string[] all = File.Exists(ArgumentsFile) ? Strings(ArgumentsFile) : [];
        return all.Length >= args.Length ? all[^args.Length..] : args;
    }

    static string[] Strings(string file) => NativeText.GetString(File.ReadAllBytes(file)).Split('\0')[..^1];
}
