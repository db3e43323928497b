using System.Diagnostics.CodeAnalysis;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>execv(3)</c>: replaces this program by another one in the same process (UNP 4.7). The process keeps its id, its environment and
    /// the descriptors that are not close-on-exec. SIGPIPE, which the .NET runtime ignores, gets its default action again. The soft limit
    /// of descriptors, which the runtime raises, becomes at most 1024.
    /// </summary>
    /// <remarks>No <c>using</c> or <c>finally</c> block around the call runs. Standard output is flushed first.</remarks>
    /// <param name="program">A path; PATH is not searched.</param>
    /// <param name="argv">All arguments, starting with the program's name.</param>
    /// <exception cref="UnpException">
    /// ENOENT, EACCES, ENOEXEC, E2BIG, ENOMEM: this program continues. The message names the path.
    /// </exception>
    /// <exception cref="ArgumentException">A text contains a NUL, or <paramref name="argv"/> is empty.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/execv.3.html">execv(3)</seealso>
    [DoesNotReturn]
    public static void Execv(string program, IReadOnlyList<string> argv)
    {
        CheckPath(program);
        ArgumentNullException.ThrowIfNull(argv);
        if (argv.Count == 0)
            throw new ArgumentException("argv must contain at least the program's name.", nameof(argv));
        foreach (string argument in argv)
            CheckNoNul(argument, nameof(argv));
        ErrorOutput.FlushConsole();
        using var path = new NativeStrings([program]);
        using var arguments = new NativeStrings(argv);
        using var environment = new NativeStrings([.. OwnEnvironment().Select(variable => $"{variable.Key}={variable.Value}")]);
        nint before = SignalAction.MakeDefault(SIGPIPE);
        ulong[]? affinity = ChildAffinity.Widen();
        _ = ChildDescriptorLimit.Execute(() => execve(path.Pointers[0], arguments.Pointers, environment.Pointers));
        UnpException failure = Failed("execve", program);
        ChildAffinity.Restore(affinity);
        SignalAction.Restore(SIGPIPE, before);
        throw failure;
    }
}
