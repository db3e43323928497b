using System.Collections;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines;

/// <summary>A fixed set of <see cref="EventLoop"/>s that share the work of a server.</summary>
/// <example>
/// An echo server at port 7777 with one loop per processor:
/// <code>
/// await using var group = new EventLoopGroup();
/// LoopListener listener = group.Serve(SockAddr.Any(Libc.AF_INET, 7777), async socket =>
/// {
///     byte[] buffer = new byte[4096];
///     int n;
///     while ((n = await socket.ReceiveAsync(buffer)) > 0)
///         await socket.SendAsync(buffer.AsMemory(0, n));
/// });
/// await listener.Completion;
/// </code>
/// </example>
public sealed class EventLoopGroup : IReadOnlyList<EventLoop>, IDisposable, IAsyncDisposable
{
    readonly EventLoop[] loops;
    readonly CancellationTokenSource stopping = new();
    uint next;

    /// <summary>Starts a group with one loop per processor (<see cref="Environment.ProcessorCount"/>).</summary>
    /// <param name="options">Returns the options of the loop with a given index; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option or the environment variable UNP_POLLER has an invalid value.</exception>
    /// <exception cref="UnpException">
    /// EMFILE, ENFILE, ENOMEM; EINVAL: a processor in the options does not exist, or the process may not use it.
    /// </exception>
    public EventLoopGroup(Func<int, EventLoopOptions>? options = null)
        : this(Environment.ProcessorCount, options)
    {
    }

    /// <summary>Starts the loops of a group.</summary>
    /// <param name="count">
    /// The number of loops, at least 1. One loop per processor (<see cref="Environment.ProcessorCount"/>) suits a process that only serves.
    /// </param>
    /// <param name="options">Returns the options of the loop with a given index; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="UnpException">
    /// EMFILE, ENFILE, ENOMEM; EINVAL: a processor in the options does not exist, or the process may not use it.
    /// </exception>
    public EventLoopGroup(int count, Func<int, EventLoopOptions>? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var started = new List<EventLoop>(count);
        try
        {
            for (int i = 0; i < count; i++)
                started.Add(new EventLoop(options?.Invoke(i) ?? new EventLoopOptions { Name = $"unp loop {i}" }));
        }
        catch
        {
            started.ForEach(loop => loop.Dispose());
            throw;
        }
        loops = [.. started];
    }

    /// <summary>Gets the number of loops.</summary>
    public int Count => loops.Length;

    /// <summary>Gets a loop by its index.</summary>
    public EventLoop this[int index] => loops[index];

    /// <summary>
    /// Gets a token that is cancelled by <see cref="StopAsync"/>. Its callbacks run on the thread pool.
    /// </summary>
    /// <remarks>A handler of a connection uses <see cref="EventLoop.Stopping"/> of its own loop instead.</remarks>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Returns the next loop, in round-robin order. Any thread may call it.</summary>
    public EventLoop Next() => loops[(Interlocked.Increment(ref next) - 1) % (uint)loops.Length];

    /// <summary>Listens at an address, and serves the connections. They are distributed to the loops in round-robin order.</summary>
    /// <param name="address">
    /// The local address. Port 0 lets the kernel choose (<see cref="LoopListener.Address"/>). A Unix path that a dead server has left is
    /// replaced (<see cref="Libunp.BindUnix"/>).
    /// </param>
    /// <param name="serve">
    /// Serves one connection on the thread of the loop that owns the connection. The connection is closed when the returned task completes.
    /// An exception goes to <see cref="EventLoopOptions.OnException"/>. A reset or timeout of the peer ends only its connection, even if
    /// other exceptions end the process. The counter <c>unp.loop.connections.lost</c> counts it. Each connection begins with an empty
    /// <see cref="ExecutionContext"/>.
    /// </param>
    /// <param name="options">The options of the listener; null for the defaults.</param>
    /// <returns>The listener, which listens until it is disposed or its loops stop.</returns>
    /// <exception cref="UnpException">
    /// EADDRINUSE (another server listens at the address), EADDRNOTAVAIL, EACCES. The message contains the address.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// <see cref="LoopListenerOptions.ReusePort"/> is true, but this system or the address family does not support it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is invalid (<see cref="LoopListenerOptions.Validate"/>).</exception>
    /// <example>
    /// An idle client must not delay the end of the program, so the receive also ends when the group stops:
    /// <code>
    /// var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    /// await using var group = new EventLoopGroup();
    /// using IDisposable registration = group.OnSignal(SIGTERM, _ => end.TrySetResult());
    /// group.Serve(SockAddr.Loopback(AF_INET, 9877), async socket =>
    /// {
    ///     byte[] received = new byte[4096];
    ///     while (await socket.ReceiveAsync(received, socket.Loop.Stopping) is > 0 and int n)
    ///         await socket.SendAsync(received.AsMemory(0, n));
    /// });
    /// await end.Task;
    /// await group.StopAsync(TimeSpan.FromSeconds(5));
    /// </code>
    /// </example>
    public LoopListener Serve(in SockAddr address, Func<LoopSocket, Task> serve, LoopListenerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serve);
        options ??= LoopListenerOptions.Default;
        options.Validate();
        List<Fd> listening = ListeningSockets.Open(in address, Count, options.ReusePort, options.Backlog);
        return LoopListener.Start(this, listening, serve, options, leaveOpen: false);
    }

    /// <summary>Serves the connections of sockets that already listen, such as a socket that the process inherited.</summary>
    /// <param name="listening">
    /// One socket, whose connections are distributed to the loops in round-robin order, or one socket per loop. Unless
    /// <paramref name="leaveOpen"/> is true, the listener takes ownership of the sockets, even if this method throws.
    /// </param>
    /// <param name="serve">Serves one connection, as in the other overload.</param>
    /// <param name="options">The options of the listener; null for the defaults.</param>
    /// <param name="leaveOpen">
    /// Whether the caller keeps ownership of the sockets. They then stay open, and get their former blocking mode back when the listening
    /// has ended.
    /// </param>
    /// <returns>The listener, which accepts until it is disposed or its loops stop.</returns>
    /// <exception cref="ArgumentException">
    /// The number of sockets is neither one nor the number of loops, or an option is invalid (<see cref="LoopListenerOptions.Validate"/>).
    /// </exception>
    /// <exception cref="UnpException">EBADF, ENOTSOCK.</exception>
    /// <exception cref="ObjectDisposedException">A socket is closed, or a loop has ended.</exception>
    public LoopListener Serve(
        IReadOnlyList<SafeHandle> listening, Func<LoopSocket, Task> serve, LoopListenerOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(listening);
        ArgumentNullException.ThrowIfNull(serve);
        return LoopListener.Start(this, listening, serve, options ?? LoopListenerOptions.Default, leaveOpen);
    }

    /// <summary>Handles a signal on the thread of the first loop (see <see cref="EventLoop.OnSignal(int, Action{int})"/>).</summary>
    /// <inheritdoc cref="EventLoop.OnSignal(int, Action{int})"/>
    public IDisposable OnSignal(int signo, Action<int> handler) => loops[0].OnSignal(signo, handler);

    /// <summary>Handles a signal on the thread of the first loop (see <see cref="EventLoop.OnSignal(int, Func{int, Task})"/>).</summary>
    /// <inheritdoc cref="EventLoop.OnSignal(int, Func{int, Task})"/>
    public IDisposable OnSignal(int signo, Func<int, Task> handler) => loops[0].OnSignal(signo, handler);

    /// <summary>Cancels <see cref="Stopping"/>, and stops all loops, as <see cref="EventLoop.StopAsync"/> does.</summary>
    /// <param name="drain">The time to drain. The loops are aborted after it.</param>
    /// <returns>
    /// A task with the result true if all loops ended without an abort. <see cref="EventLoop.Completion"/> describes how to wait for it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is negative.</exception>
    public Task<bool> StopAsync(TimeSpan drain)
    {
        Array.ForEach(loops, loop => loop.RequestStop(drain));
        stopping.CancelAsync();
        return LoopTask.Guarded(StopAllAsync(drain), loops.Contains, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    async Task<bool> StopAllAsync(TimeSpan drain)
    {
        bool[] drained = await Task.WhenAll(loops.Select(loop => loop.StopAsync(drain))).ConfigureAwait(false);
        return Array.TrueForAll(drained, each => each);
    }

    /// <summary>Aborts all loops, and waits until their threads have ended. On the thread of one of the loops it does not wait.</summary>
    public void Dispose()
    {
        Array.ForEach(loops, loop => loop.Abort());
        if (!Array.Exists(loops, loop => loop.IsCurrent))
            Array.ForEach(loops, loop => loop.Dispose());
    }

    /// <summary>Aborts all loops, and completes when they have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (EventLoop loop in loops)
            await loop.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IEnumerator<EventLoop> GetEnumerator() => ((IEnumerable<EventLoop>)loops).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
