using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines;

// States of a listening socket (AcceptAllAsync). Each socket of a listener has its own state, which only its loop changes.
//
//   Accepting  The socket waits for the next client, and passes it to its loop. With select, a client whose descriptor does not fit into
//              the set is reported and closed.
//   Delayed    accept has failed with an error that may pass, or only reserved descriptors are free. The first failure is reported. The
//              socket tries again every RetryDelay, and returns to Accepting after a success.
//   Ended      The listener was disposed, or the loop stops. This is the normal end.
//   Failed     No later accept can succeed (IsFinal). The error is reported, and Completion fails when all sockets have ended.
//
// When one socket fails, the others continue.

/// <summary>
/// The listener of an <see cref="EventLoopGroup"/>. Disposing it ends the listening. Accepted connections continue.
/// </summary>
public sealed partial class LoopListener : IDisposable, IAsyncDisposable
{
    /// <summary>
    /// The delay before the next accept after a failure, such as a lack of descriptors. The listener must try again periodically, because
    /// it gets no notification when the process closes a descriptor.
    /// </summary>
    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    readonly EventLoopGroup group;
    readonly Func<LoopSocket, Task> serve;
    readonly LoopListenerOptions options;
    readonly List<LoopSocket> listeners = [];
    readonly TaskCompletionSource<bool> ended = new();

    LoopListener(
        EventLoopGroup group,
        IReadOnlyList<SafeHandle> listening,
        Func<LoopSocket, Task> serve,
        LoopListenerOptions options,
        bool leaveOpen)
    {
        this.group = group;
        this.serve = serve;
        this.options = options;
        if (listening.Count != 1 && listening.Count != group.Count)
        {
            throw new ArgumentException(
                $"The number of sockets is {listening.Count}. Pass one socket, or one per loop ({group.Count}).", nameof(listening));
        }
        Address = Libunp.Getsockname(listening[0]);
        try
        {
            for (int i = 0; i < listening.Count; i++)
                listeners.Add(new LoopSocket(group[i], listening[i], leaveOpen));
        }
        catch
        {
            Dispose();
            throw;
        }
        EventLoop[] loops = [.. listeners.Select(listener => listener.Loop)];
        Completion = LoopTask.Guarded(ended.Task, loops.Contains, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Starts to accept connections. On the thread of a listening loop, the first accept happens within this call.</summary>
    /// <exception cref="ArgumentException">
    /// An option is invalid, or the number of sockets is neither one nor the number of loops.
    /// </exception>
    internal static LoopListener Start(
        EventLoopGroup group,
        IReadOnlyList<SafeHandle> listening,
        Func<LoopSocket, Task> serve,
        LoopListenerOptions options,
        bool leaveOpen)
    {
        LoopListener listener;
        try
        {
            options.Validate();
            listener = new LoopListener(group, listening, serve, options, leaveOpen);
        }
        catch
        {
            foreach (SafeHandle fd in leaveOpen ? [] : listening)
                fd.Dispose();
            throw;
        }
        listener.StartAccepting();
        return listener;
    }

    /// <summary>Gets the local address, with the port that the kernel has chosen.</summary>
    public SockAddr Address { get; }

    /// <summary>
    /// Gets a task that completes when all sockets have ended listening, because the listener was disposed or its loops stop or have ended.
    /// </summary>
    /// <remarks>
    /// <para>The task fails with a <see cref="UnpException"/> if a socket cannot accept. This happens after another process has shut it
    /// down (EINVAL), or if it is not a listening socket (EOPNOTSUPP, ENOTSOCK). <see cref="EventLoopOptions.OnException"/> of the loop
    /// receives the exception at once, and the other sockets of the listener continue.</para>
    /// <para>The continuations run as those of <see cref="EventLoop.Completion"/>, and the same rule for waits applies.</para>
    /// </remarks>
    public Task Completion { get; }

    /// <summary>Ends the listening. Clients that wait in the queue get a reset.</summary>
    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    /// <summary>Ends the listening, and completes when the address is free again.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (LoopSocket listener in listeners)
            await listener.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Starts to accept on all sockets. Completes <see cref="Completion"/> when all have ended.</summary>
    async void StartAccepting()
    {
        try
        {
            bool isShared = listeners.Count < group.Count;
            Task[] accepting = [.. listeners.Select(listener =>
                listener.Loop.StartInOwnContext(() => AcceptAllAsync(listener, isShared ? NextOpen : () => listener.Loop)))];
            await Task.WhenAll(accepting).ConfigureAwait(false);
            ended.SetResult(true);
        }
        catch (Exception e)
        {
            ended.SetException(e);
        }
    }

    /// <summary>Accepts connections on the listener's loop until the socket is disposed or fails (see the states above).</summary>
    async Task AcceptAllAsync(LoopSocket listener, Func<EventLoop> owner)
    {
        using LoopSocket listening = listener;
        EventLoop loop = listener.Loop;
        bool isDelayed = false;
        try
        {
            await loop.SwitchTo();
            while (true)
            {
                Exception? refused = await AcceptNextAsync(listener, owner()).ConfigureAwait(false);
                bool wasDelayed = isDelayed;
                isDelayed = refused is UnpException;
                if (refused is not null && !(wasDelayed && isDelayed))
                    ReportRefused(loop, refused);
                if (isDelayed)
                    await loop.Delay(RetryDelay, loop.Stopping).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            // The listener was disposed, or the loop stops.
        }
        catch (Exception e)
        {
            loop.Report(e);
            throw;
        }
    }

    void ReportRefused(EventLoop loop, Exception reason)
    {
        try
        {
            options.OnRefused?.Invoke(this, reason);
        }
        catch (Exception e)
        {
            loop.Report(e);
        }
    }

    /// <summary>
    /// Returns the next loop, in round-robin order, that has not ended. So the failure of one loop does not stop the others.
    /// </summary>
    EventLoop NextOpen()
    {
        EventLoop next = group.Next();
        for (int others = group.Count - 1; others > 0 && next.IsClosed; others--)
            next = group.Next();
        return next;
    }

    /// <summary>Accepts and serves the next connection.</summary>
    /// <returns>
    /// Null on success. Otherwise the reason: the descriptor does not fit into the set of select, or accept failed with an error that may
    /// pass.
    /// </returns>
    async ValueTask<Exception?> AcceptNextAsync(LoopSocket listener, EventLoop owner)
    {
        try
        {
            if (CheckReserve(listener.Descriptor) is not null)
            {
                await listener.WaitReadableAsync(listener.Loop.Stopping).ConfigureAwait(false); // report a shortage only if a client waits
                if (CheckReserve(listener.Descriptor) is { } shortage)
                    return shortage;
            }
            StartServing(await listener.AcceptAsync(owner, listener.Loop.Stopping).ConfigureAwait(false));
            return null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException || e is UnpException failed && !IsFinal(failed.Errno))
        {
            return e;
        }
        catch (ObjectDisposedException) when (!listener.IsDisposed)
        {
            return null; // the owner's loop ended during the wait, and the connection is closed
        }
    }

    void StartServing(LoopSocket connection)
    {
        Interlocked.Increment(ref open);
        try
        {
            connection.Loop.Start(() => ServeAsync(connection));
        }
        catch (ObjectDisposedException)
        {
            Interlocked.Decrement(ref open);
            connection.Dispose(); // its loop has ended since the accept
        }
    }

    async Task ServeAsync(LoopSocket connection)
    {
        using var counted = new OpenConnection(this);
        using (connection)
        {
            try
            {
                await serve(connection).ConfigureAwait(false);
            }
            catch (Exception e) when (IsLossOfPeer(e))
            {
                connection.Loop.ReportLost(e);
            }
        }
    }

    /// <summary>Returns whether an exception says that a peer has reset its connection or is no longer reachable.</summary>
    static bool IsLossOfPeer(Exception exception) => exception switch
    {
        SocketException failure => failure.SocketErrorCode
            is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected
            or SocketError.TimedOut or SocketError.HostDown or SocketError.HostUnreachable
            or SocketError.NetworkReset or SocketError.NetworkDown or SocketError.NetworkUnreachable,
        IOException { InnerException: { } inner } => IsLossOfPeer(inner),
        AggregateException { InnerExceptions: { Count: > 0 } inner } => inner.All(IsLossOfPeer),
        _ => false,
    };

    /// <summary>Returns whether no later accept can succeed, because the descriptor is not, or no longer, a listening socket.</summary>
    /// <remarks>
    /// All other errors count as temporary. <c>accept(2)</c> lists many of them (EMFILE, EPERM of a firewall...). To end a server because
    /// of an unknown error would be worse than to try again.
    /// </remarks>
    static bool IsFinal(Errno error) => error.IsAny(Errno.EINVAL, Errno.EBADF, Errno.ENOTSOCK, Errno.EOPNOTSUPP);
}
