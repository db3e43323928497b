using System.Collections;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines;

/// <summary>Several <see cref="EventLoop"/>s that share the work of a server.</summary>
public sealed class EventLoopGroup : IReadOnlyList<EventLoop>, IDisposable, IAsyncDisposable
{
    readonly EventLoop[] loops;
    uint next;

    /// <summary>Starts loops.</summary>
    /// <param name="count">How many, at least 1; as many as there are processors (<see cref="Environment.ProcessorCount"/>) for servers that do nothing else.</param>
    /// <param name="options">Gives the options of each, by its index; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM; EINVAL: a processor that there is not.</exception>
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

    /// <summary>How many there are.</summary>
    public int Count => loops.Length;

    /// <summary>One of them.</summary>
    public EventLoop this[int index] => loops[index];

    /// <summary>The next one, in turn. Any thread may ask.</summary>
    public EventLoop Next() => loops[(Interlocked.Increment(ref next) - 1) % (uint)loops.Length];

    /// <summary>Listens at an address, and serves the connections, which are distributed to the loops in turn.</summary>
    /// <param name="address">
    /// The local address. Port 0 lets the kernel choose (<see cref="LoopListener.Address"/>). A unix path that a dead server has left is
    /// replaced (<see cref="Libunp.Bind_unix"/>).
    /// </param>
    /// <param name="serve">
    /// Serves one connection, on the thread of the loop that owns it, which is closed when that is done. What it throws goes to
    /// <see cref="EventLoopOptions.OnException"/>. A reset or time-out of the peer ends only its connection, even where an exception ends
    /// the process; the counter <c>unp.loop.connections.lost</c> counts it. Each connection begins with an empty
    /// <see cref="ExecutionContext"/>.
    /// </param>
    /// <param name="reusePort">
    /// Whether each loop has a listening socket of its own, among which the kernel distributes the clients (SO_REUSEPORT of Linux,
    /// SO_REUSEPORT_LB of FreeBSD; IP only). Then a second server of the same user may listen at the port without an error, and takes a
    /// part of the clients. The kernel distributes by the client's address and port, so few clients may all get the same loop. Clients that
    /// wait in the queue of a socket that is closed are lost.
    /// </param>
    /// <param name="backlog">The number of completed connections that may wait, per socket.</param>
    /// <returns>The listener, which listens until it is disposed or its loops stop.</returns>
    /// <exception cref="UnpException">
    /// EADDRINUSE (another server listens there), EADDRNOTAVAIL, EACCES; the message has the address.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// <paramref name="reusePort"/> is true, and this system or address does not have it.
    /// </exception>
    public LoopListener Serve(in SockAddr address, Func<LoopSocket, Task> serve, bool reusePort = false, int backlog = Libunp.LISTENQ)
    {
        ArgumentNullException.ThrowIfNull(serve);
        return new LoopListener(this, ListeningSockets.Open(in address, Count, reusePort, backlog), serve, leaveOpen: false);
    }

    /// <summary>Serves the connections of sockets that listen already, such as one that the process was started with.</summary>
    /// <param name="listening">
    /// One, whose connections are dealt out to the loops in turn, or one for each loop, which serves its connections. They are taken over, even if this throws.
    /// </param>
    /// <param name="serve">See the other one.</param>
    /// <param name="leaveOpen">Whether they stay the caller's: then they are open, and blocking as they were, when nothing listens any more.</param>
    /// <returns>What accepts, until it is disposed or its loops stop.</returns>
    /// <exception cref="ArgumentException">There is neither one nor one for each loop.</exception>
    /// <exception cref="UnpException">EBADF, ENOTSOCK.</exception>
    /// <exception cref="ObjectDisposedException">A socket is closed, or a loop has ended.</exception>
    public LoopListener Serve(IReadOnlyList<SafeHandle> listening, Func<LoopSocket, Task> serve, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(listening);
        ArgumentNullException.ThrowIfNull(serve);
        return new LoopListener(this, listening, serve, leaveOpen);
    }

    /// <summary>Stops all of them: see <see cref="EventLoop.StopAsync"/>.</summary>
    /// <param name="drain">How long to wait until nothing is left to do.</param>
    /// <returns>Whether all have come to their end by themselves. For waiting see <see cref="EventLoop.Completion"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is negative.</exception>
    public Task<bool> StopAsync(TimeSpan drain)
    {
        Array.ForEach(loops, loop => loop.RequestStop(drain));
        return LoopTask.Guarded(StopAllAsync(drain), loops.Contains, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    async Task<bool> StopAllAsync(TimeSpan drain)
    {
        bool[] drained = await Task.WhenAll(loops.Select(loop => loop.StopAsync(drain))).ConfigureAwait(false);
        return Array.TrueForAll(drained, each => each);
    }

    /// <summary>Aborts all of them, and waits until their threads have ended unless this is a thread of theirs.</summary>
    public void Dispose()
    {
        Array.ForEach(loops, loop => loop.Abort());
        if (!Array.Exists(loops, loop => loop.IsCurrent))
            Array.ForEach(loops, loop => loop.Dispose());
    }

    /// <summary>Aborts all of them, and completes when they have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (EventLoop loop in loops)
            await loop.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IEnumerator<EventLoop> GetEnumerator() => ((IEnumerable<EventLoop>)loops).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
