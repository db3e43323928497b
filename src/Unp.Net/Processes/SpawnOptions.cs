using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Options for <see cref="Libunp.Spawn"/>: <c>new() { Descriptors = { [0] = connfd, [1] = connfd } }</c>.</summary>
public sealed record SpawnOptions
{
    /// <summary>
    /// Gets the child's descriptors. The key is the number in the child, and any number may be used. One descriptor may have several
    /// numbers. Standard input, output and error are inherited if they are not in it and not close-on-exec. The child has no other
    /// descriptors.
    /// </summary>
    /// <remarks>
    /// Parent and child share the open file of a descriptor, including O_NONBLOCK. Programs such as <c>cat</c> fail with EAGAIN on a
    /// non-blocking standard input. So do not pass an event loop's socket, or make it blocking first with
    /// <see cref="Libunp.SetNonBlocking"/>.
    /// </remarks>
    public IDictionary<int, SafeHandle> Descriptors { get; init; } = new Dictionary<int, SafeHandle>();

    /// <summary>
    /// Gets the environment. Null is this process's, including changes by
    /// <see cref="System.Environment.SetEnvironmentVariable(string, string?)"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>
    /// Gets the working directory; null is this process's. A program with a slash that is not its first character is relative to it (on
    /// macOS to this process's directory).
    /// </summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Gets whether the child leads a new session, without controlling terminal. Not on FreeBSD.</summary>
    public bool StartsSession { get; init; }

    /// <summary>
    /// Gets the path of a terminal for the child, or null. It becomes standard input, output and error, and the controlling terminal of a
    /// new session. <see cref="Libunp.Forkpty"/> creates one. Not on FreeBSD.
    /// </summary>
    public string? Terminal { get; init; }

    /// <summary>Gets the process group: 0 for a new group of the child, null for this process's.</summary>
    public int? ProcessGroup { get; init; }

    /// <summary>Gets the signals that are blocked in the child. The default is none.</summary>
    public SigSet SignalMask { get; init; }

    /// <summary>
    /// Gets the signals that get their default action. The default is SIGPIPE, which the runtime ignores. A signal with a handler in this
    /// process gets its default action anyway. Other signals that this process ignores, for example under nohup, stay ignored in the child.
    /// </summary>
    public SigSet DefaultSignals { get; init; } = SigSet.Of(SIGPIPE);

    /// <summary>
    /// Gets whether a program without a slash is searched for in PATH, as by <c>execvp</c>. This process's PATH counts, not the PATH of
    /// <see cref="Environment"/>. If false, the program is a file in the working directory.
    /// </summary>
    public bool SearchesPath { get; init; } = true;

    /// <summary>
    /// Gets whether the child inherits this process's soft limit of descriptors. The .NET runtime raises that limit to the hard limit at
    /// startup and does not remember the old one. If false, the child gets 1024 (FD_SETSIZE), which programs with select need, or this
    /// process's limit if it is lower. The child can raise it again.
    /// </summary>
    /// <remarks>
    /// While the child is started, this process's own limit is 1024. If fewer than 256 numbers below it are free, the child's limit is set
    /// right after its start instead, and only on Linux.
    /// </remarks>
    public bool InheritsDescriptorLimit { get; init; }

    /// <summary>
    /// Gets whether the child may only use the processors of the calling thread, as after <c>fork</c>. If false, it gets those of the
    /// process's first thread, and so is not bound to the processor of an event loop.
    /// </summary>
    public bool InheritsAffinity { get; init; }

    /// <summary>Gets the child's own name, <c>argv[0]</c>; null is the program as given.</summary>
    public string? Name { get; init; }

    /// <summary>Overrides, for tests, whether the C library can close all other descriptors in the child; null detects it.</summary>
    internal bool? HasCloseFrom { get; set; }

    /// <summary>Validates the options. <see cref="Libunp.Spawn"/> calls this method.</summary>
    /// <exception cref="ArgumentException">
    /// A text contains a NUL, a variable's name is invalid, a descriptor's number is negative, or two options exclude each other. The
    /// exception names the property.
    /// </exception>
    /// <exception cref="ObjectDisposedException">A descriptor is closed.</exception>
    public void Validate()
    {
        Libunp.CheckNoNul(Name ?? "", nameof(Name));
        if (WorkingDirectory is not null)
            Libunp.CheckPath(WorkingDirectory);
        foreach (var (name, value) in Environment ?? new Dictionary<string, string>())
        {
            Libunp.CheckNoNul(name, nameof(Environment));
            Libunp.CheckNoNul(value, nameof(Environment));
            if (name.Length == 0 || name.Contains('='))
                throw new ArgumentException($"\"{name}\" is not a valid name of an environment variable.", nameof(Environment));
        }
        if (ProcessGroup is not null && (StartsSession || Terminal is not null))
        {
            throw new ArgumentException(
                "SpawnOptions.ProcessGroup must not be set with StartsSession or Terminal, because a new session has its own group.",
                nameof(ProcessGroup));
        }
        if (Terminal is not null)
        {
            Libunp.CheckPath(Terminal);
            if (Descriptors.Keys.Any(number => number is >= STDIN_FILENO and <= STDERR_FILENO))
            {
                throw new ArgumentException(
                    "SpawnOptions.Descriptors must not contain 0, 1 or 2 when Terminal is set, because the terminal takes them.",
                    nameof(Descriptors));
            }
        }
        foreach (var (number, fd) in Descriptors)
        {
            if (number < 0)
                throw new ArgumentOutOfRangeException(nameof(Descriptors), number, "A descriptor's number must not be negative.");
            Libunp.Check(fd, nameof(Descriptors));
        }
    }
}
