using System.Diagnostics.CodeAnalysis;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>execv(3)</c>: this process goes on as another program, with its id, its descriptors that are not close-on-exec, and its environment (section 4.7).
    /// SIGPIPE, which the .NET runtime ignores, gets its default action again, and the soft limit of descriptors, which the runtime raises,
    /// is 1024 at most.
    /// </summary>
    /// <remarks>Nothing of this program is left: no <c>using</c> or <c>finally</c> that the call stands in is run. What standard output has is flushed.</remarks>
    /// <param name="program">A path; PATH is not searched.</param>
    /// <param name="argv">All of the arguments, the program's name first.</param>
    /// <exception cref="UnpException">ENOENT, EACCES, ENOEXEC, E2BIG, ENOMEM: this program goes on. The message has the path.</exception>
    /// <exception cref="ArgumentException">A text has a NUL, or there is no argument.</exception>
    [DoesNotReturn]
    public static void Execv(string program, IReadOnlyList<string> argv)
    {
        CheckPath(program);
        ArgumentNullException.ThrowIfNull(argv);
        if (argv.Count == 0)
            throw new ArgumentException("A program has at least its name as an argument.", nameof(argv));
        foreach (string argument in argv)
            CheckNoNul(argument, nameof(argv));
        FlushConsole();
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
