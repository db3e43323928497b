using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>What a program started by <see cref="Libunp.Spawn"/> is given: <c>new() { Descriptors = { [0] = connfd, [1] = connfd } }</c>.</summary>
public sealed class SpawnOptions
{
    string? terminal;

    /// <summary>
    /// The descriptors the child has, by the number that each gets there; one can have several numbers, and the numbers may be those that others have
    /// here. Standard input, output and error are this process's own if they are not among them (and not close-on-exec). The child has no others.
    /// </summary>
    /// <remarks>
    /// Parent and child share what the descriptor stands for, and with it O_NONBLOCK. Programs such as <c>cat</c> fail with EAGAIN on a
    /// non-blocking standard input, so the descriptor of an event loop's socket should not be given away, or
    /// <see cref="Libunp.Set_nonblock"/> turns it off before.
    /// </remarks>
    public IDictionary<int, SafeHandle> Descriptors { get; init; } = new Dictionary<int, SafeHandle>();

    /// <summary>
    /// The environment; null: this process's, as <see cref="System.Environment.SetEnvironmentVariable(string, string?)"/> has left it.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The working directory; null: this process's. A program with a slash but not at its beginning is looked for there (on macOS: here).</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>A session of the child's own: it leads it, and has no controlling terminal. Not on FreeBSD.</summary>
    public bool NewSession { get; init; }

    /// <summary>
    /// The path of a terminal, which becomes the child's standard input, output and error, and the controlling terminal of a session of its own:
    /// <see cref="Libunp.Forkpty"/> makes one. Null: none. Not on FreeBSD.
    /// </summary>
    public string? Terminal
    {
        get => terminal;
        init => terminal = value;
    }

    /// <summary>The process group: 0 for one of the child's own; null: this process's.</summary>
    public int? ProcessGroup { get; init; }

    /// <summary>The signals that are blocked in the child: none, unless it is set.</summary>
    public SigSet SignalMask { get; init; }

    /// <summary>
    /// The signals that get their default action: SIGPIPE, unless it is set, which the runtime ignores. Those that have a handler here get it anyway; others
    /// that this process ignores, as under nohup, the child ignores too.
    /// </summary>
    public SigSet DefaultSignals { get; init; } = SigSet.Of(Libc.SIGPIPE);

    /// <summary>
    /// Whether a program without a slash is looked for in the directories of PATH, this process's and not the <see cref="Environment"/>'s, as by <c>execvp</c>;
    /// otherwise it is a file of the working directory.
    /// </summary>
    public bool SearchPath { get; init; } = true;

    /// <summary>
    /// Whether the child gets this process's soft limit of descriptors, which the .NET runtime raises to the hard limit at its start and
    /// does not remember. Otherwise the child gets 1024 (FD_SETSIZE), which programs with select need, or this process's limit if that is
    /// lower. The child can raise it again.
    /// </summary>
    /// <remarks>
    /// While the child is started, this process's own limit is 1024. If fewer than 256 numbers below are free then, the child's limit is
    /// set right after its start instead, and only on Linux.
    /// </remarks>
    public bool InheritsDescriptorLimit { get; init; }

    /// <summary>
    /// Whether the child may use the processors of the calling thread only, as after <c>fork</c>. Otherwise it has those of the process's
    /// first thread, so that the processor of an event loop is not the child's.
    /// </summary>
    public bool InheritsAffinity { get; init; }

    /// <summary>What the child sees as its own name, <c>argv[0]</c>; null: the program, as it was given.</summary>
    public string? Name { get; init; }

    /// <summary>Whether to take the C library for one that can close all the rest in the child; null: as it is.</summary>
    internal bool? HasCloseFrom { get; set; }

    /// <summary>The same with a terminal.</summary>
    internal SpawnOptions On(string path)
    {
        var options = (SpawnOptions)MemberwiseClone();
        options.terminal = path;
        return options;
    }
}
