using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>Options for a <see cref="WorkerPool"/>.</summary>
public sealed record WorkerPoolOptions
{
    /// <summary>Gets the number of workers, at least 1. The default is the number of processors.</summary>
    public int Workers { get; init; } = System.Environment.ProcessorCount;

    /// <summary>Gets how the workers get their connections. The default is <see cref="AcceptMode.Direct"/>.</summary>
    public AcceptMode Accept { get; init; }

    /// <summary>
    /// Gets the path of the program that the workers run. Null (the default) means the path of this program, so
    /// <see cref="WorkerPool.Reload"/> starts the new version after an update.
    /// </summary>
    public string? Program { get; init; }

    /// <summary>
    /// Gets the arguments of a worker, without the program's name. Null (the default) means the arguments of this process if
    /// <see cref="Program"/> is null, otherwise none. The workers of a program that was started as <c>dotnet x.dll</c> are started as
    /// <c>dotnet x.dll</c> too, followed by these arguments.
    /// </summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Gets variables that a worker's environment has in addition to those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Gets further descriptors that each worker inherits, such as shared memory, a log or another socket. The key is the name that the
    /// worker passes to <see cref="Worker.Descriptor"/>; it consists of letters, digits, '-' and '_'. The caller keeps the descriptors and
    /// must leave them open until <see cref="WorkerPool.Run"/> returns.
    /// </summary>
    public IDictionary<string, SafeHandle> Descriptors { get; init; } = new Dictionary<string, SafeHandle>();

    /// <summary>Gets how long a worker may take to end after it was asked to. The pool then kills it. The default is 30 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets how long a worker may take until it is ready. The default is 30 seconds. A worker that takes longer is asked to end and
    /// replaced after a delay. A <see cref="WorkerPool.Reload"/> fails if a new worker takes longer, and the old workers continue.
    /// </summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets the maximum delay before a worker that has ended within its first second is replaced. The delay is 0.1 s at first and doubles
    /// each time. The default is 30 seconds.
    /// </summary>
    public TimeSpan MaxRestartDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets whether <see cref="WorkerPool.Run"/> calls <see cref="WorkerPool.Reload"/> at SIGHUP, and <see cref="WorkerPool.Stop"/> at
    /// SIGTERM and SIGINT. The default is true.
    /// </summary>
    public bool HandlesSignals { get; init; } = true;

    /// <summary>Gets the backlog of the sockets that <see cref="AcceptMode.ReusePort"/> opens.</summary>
    public int Backlog { get; init; } = Libunp.LISTENQ;

    /// <summary>
    /// Gets a callback that receives each event of a worker, for a log. It runs on the thread of <see cref="WorkerPool.Run"/> and must not
    /// block.
    /// </summary>
    public Action<WorkerEvent>? OnEvent { get; init; }

    /// <summary>Validates the options. The constructor of <see cref="WorkerPool"/> calls this method.</summary>
    /// <exception cref="ArgumentException">
    /// A number or a time is out of range, or a descriptor has an invalid name. The exception names the property.
    /// </exception>
    /// <exception cref="ObjectDisposedException">A descriptor is closed.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS does not have the <see cref="Accept"/> mode.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(DrainTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReadyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRestartDelay, TimeSpan.Zero);
        if (!Enum.IsDefined(Accept))
            throw new ArgumentOutOfRangeException(nameof(Accept), Accept, "Unknown AcceptMode.");
        if (Accept == AcceptMode.SharedMutex && Target.IsMacOS)
            throw new PlatformNotSupportedException("macOS has no robust mutexes. Use AcceptMode.FileLock.");
        if (Accept == AcceptMode.ReusePort && Target.IsMacOS)
        {
            throw new PlatformNotSupportedException(
                "macOS does not distribute connections among listening sockets. Use AcceptMode.Direct.");
        }
        foreach (var (name, fd) in Descriptors)
        {
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                throw new ArgumentException(
                    $"The descriptor name \"{name}\" is invalid. Use letters, digits, '-' and '_' only.", nameof(Descriptors));
            }
            Libunp.Check(fd, nameof(Descriptors));
        }
    }
}
