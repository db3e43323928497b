using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>How a <see cref="WorkerPool"/> works.</summary>
public sealed class WorkerPoolOptions
{
    /// <summary>How many workers, from 1 up: as many as the machine has processors, unless it is set.</summary>
    public int Workers { get; init; } = System.Environment.ProcessorCount;

    /// <summary>How they come to their connections.</summary>
    public AcceptMode Accept { get; init; }

    /// <summary>
    /// The program of a worker; null: this one, by its path, so that after an update <see cref="WorkerPool.Reload"/> starts the new one.
    /// </summary>
    public string? Program { get; init; }

    /// <summary>
    /// Its arguments, without its name; null: those of this process, if <see cref="Program"/> is null too, or none. They replace the
    /// program's own only: a program that was started as <c>dotnet x.dll</c> has workers of <c>dotnet x.dll</c>.
    /// </summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Further variables of a worker's environment, beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What else each worker gets, by a name of letters, digits, '-' and '_' with which it asks for it (<see cref="Worker.Descriptor"/>): shared memory, a log,
    /// another socket. They stay the caller's, and open until <see cref="WorkerPool.Run"/> returns.
    /// </summary>
    public IDictionary<string, SafeHandle> Descriptors { get; init; } = new Dictionary<string, SafeHandle>();

    /// <summary>How long a worker may take to end once it is asked to; then it is killed. 30 seconds, unless it is set.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a worker may take until it is ready. A later one is asked to end and replaced after a delay; a
    /// <see cref="WorkerPool.Reload"/> whose workers are not ready by then leaves the old ones. 30 seconds, unless it is set.
    /// </summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest time before a worker is started again that died within its first second: it is 0.1 s at first, and doubles each time. 30 seconds, unless
    /// it is set.
    /// </summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether <see cref="WorkerPool.Run"/> handles SIGHUP as <see cref="WorkerPool.Reload"/>, SIGTERM and SIGINT as <see cref="WorkerPool.Stop"/>.</summary>
    public bool HandlesSignals { get; init; } = true;

    /// <summary>The backlog of the sockets that <see cref="AcceptMode.ReusePort"/> makes.</summary>
    public int Backlog { get; init; } = Libunp.LISTENQ;

    /// <summary>Told what happens, for a log, on the thread that runs the pool: it must not block.</summary>
    public Action<WorkerEvent>? OnEvent { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(DrainTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReadyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestBackoff, TimeSpan.Zero);
        if (!Enum.IsDefined(Accept))
            throw new ArgumentOutOfRangeException(nameof(Accept), Accept, "There is no such way to accept.");
        if (Accept == AcceptMode.SharedMutex && OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException("macOS has no mutex that outlives its owner; AcceptMode.FileLock does the same.");
        if (Accept == AcceptMode.ReusePort && OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException("macOS does not deal out connections among several listening sockets.");
        foreach (var (name, fd) in Descriptors)
        {
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                throw new ArgumentException($"\"{name}\" cannot be the name of a descriptor: letters, digits, '-' and '_' can.", nameof(Descriptors));
            Libunp.Check(fd, nameof(Descriptors));
        }
    }
}
