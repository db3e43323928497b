using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines;

/// <summary>What listens for an <see cref="EventLoopGroup"/>; disposing it ends the listening, not the connections.</summary>
public sealed partial class LoopListener : IDisposable, IAsyncDisposable
{
    /// <summary>How long one waits that found no descriptor free, for example: the others close theirs without telling.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    readonly EventLoopGroup group;
    readonly Func<LoopSocket, Task> serve;
    readonly List<LoopSocket> listeners = [];

    internal LoopListener(EventLoopGroup group, IReadOnlyList<SafeHandle> listening, Func<LoopSocket, Task> serve, bool leaveOpen)
    {
        this.group = group;
        this.serve = serve;
        try
        {
            if (listening.Count != 1 && listening.Count != group.Count)
                throw new ArgumentException($"{listening.Count} sockets are neither one nor one for each of {group.Count} loops.", nameof(listening));
            Address = Libunp.Getsockname(listening[0]);
            for (int i = 0; i < listening.Count; i++)
                listeners.Add(new LoopSocket(group[i], listening[i], leaveOpen));
        }
        catch
        {
            Dispose();
            foreach (SafeHandle fd in leaveOpen ? [] : listening)
                fd.Dispose();
            throw;
        }
        bool isDealtOut = listening.Count < group.Count;
        Task[] accepting = [.. listeners.Select(listener =>
            listener.Loop.StartInOwnContext(() => AcceptAll(listener, isDealtOut ? NextOpen : () => listener.Loop)))];
        EventLoop[] loops = [.. listeners.Select(listener => listener.Loop)];
        Completion = LoopTask.Guarded(All(accepting), loops.Contains, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Where it listens, with the port that the kernel chose.</summary>
    public SockAddr Address { get; }

    /// <summary>
    /// Completes when nothing listens any more: it was disposed, or its loops stop or have ended. It fails with a <see cref="UnpException"/> if a socket could not
    /// accept any more, as when somebody else has shut it down (EINVAL), or it never could (EOPNOTSUPP, ENOTSOCK); the loop's
    /// <see cref="EventLoopOptions.OnException"/> is told of that at once, and of several sockets the others go on.
    /// </summary>
    /// <remarks>For its continuations, and for waiting, see <see cref="EventLoop.Completion"/>.</remarks>
    public Task Completion { get; }

    /// <summary>
    /// Is told, on the loop that listens, of a client that cannot be served, and why: an <see cref="ArgumentOutOfRangeException"/>, its descriptor does not fit
    /// (select only; its connection is closed); a <see cref="UnpException"/>, no descriptor is free, or no memory (<see cref="Errno.IsShortage"/>), or it is forbidden
    /// (EPERM): it waits until that is over, as do those who come after it, and that is told once. The others are served on. Null (the default) for nobody. What this
    /// throws goes to <see cref="EventLoopOptions.OnException"/>.
    /// </summary>
    /// <remarks>The handler must not be async: the exception of an async void function ends the process.</remarks>
    public Action<LoopListener, Exception>? OnRefused { get; set; }

    /// <summary>Listens no more. Clients that wait in the queue get a reset.</summary>
    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    /// <summary>As <see cref="Dispose"/>, and completes when the address is free again.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (LoopSocket listener in listeners)
            await listener.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Accepts, on the listener's loop, as long as that is open.</summary>
    async Task AcceptAll(LoopSocket listener, Func<EventLoop> owner)
    {
        using LoopSocket listening = listener;
        EventLoop loop = listener.Loop;
        bool hasToWait = false;
        try
        {
            await loop.SwitchTo();
            while (true)
            {
                Exception? refused = await AcceptNext(listener, owner()).ConfigureAwait(false);
                bool hadToWait = hasToWait;
                hasToWait = refused is UnpException;
                if (refused is not null && !(hadToWait && hasToWait))
                    TellRefused(loop, refused);
                if (hasToWait)
                    await loop.Delay(Patience, loop.Stopping).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            // Disposed, or stopping.
        }
        catch (Exception e)
        {
            loop.Report(e);
            throw;
        }
    }

    void TellRefused(EventLoop loop, Exception reason)
    {
        try
        {
            OnRefused?.Invoke(this, reason);
        }
        catch (Exception e)
        {
            loop.Report(e);
        }
    }

    /// <summary>The next loop, in turn, that has not ended: one that fails does not take the others with it.</summary>
    EventLoop NextOpen()
    {
        EventLoop next = group.Next();
        for (int others = group.Count - 1; others > 0 && next.IsClosed; others--)
            next = group.Next();
        return next;
    }

    /// <summary>Serves the next connection, or tells why it cannot be: select has no room for its descriptor, or accept fails, if not for good.</summary>
    async ValueTask<Exception?> AcceptNext(LoopSocket listener, EventLoop owner)
    {
        try
        {
            if (ReserveReached(listener.Descriptor) is not null)
            {
                await listener.WaitReadableAsync(listener.Loop.Stopping).ConfigureAwait(false); // no client is refused that does not come
                if (ReserveReached(listener.Descriptor) is { } shortage)
                    return shortage;
            }
            Begin(await listener.AcceptAsync(owner, listener.Loop.Stopping).ConfigureAwait(false));
            return null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException || e is UnpException failed && !IsFinal(failed.Errno))
        {
            return e;
        }
        catch (ObjectDisposedException) when (!listener.IsDisposed)
        {
            return null; // its loop has ended while it was waited for; it is closed
        }
    }

    void Begin(LoopSocket connection)
    {
        Interlocked.Increment(ref open);
        try
        {
            connection.Loop.Start(() => Serve(connection));
        }
        catch (ObjectDisposedException)
        {
            Interlocked.Decrement(ref open);
            connection.Dispose(); // its loop has ended meanwhile
        }
    }

    async Task Serve(LoopSocket connection)
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

    /// <summary>Whether an exception says that a peer has reset its connection or is no longer reachable.</summary>
    static bool IsLossOfPeer(Exception exception) => exception switch
    {
        SocketException failure => failure.SocketErrorCode
            is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected
            or SocketError.TimedOut or SocketError.HostDown or SocketError.HostUnreachable
            or SocketError.NetworkReset or SocketError.NetworkDown or SocketError.NetworkUnreachable,
        IOException { InnerException: { } inner } => IsLossOfPeer(inner),
        AggregateException { InnerExceptions: { Count: > 0 } several } => several.All(IsLossOfPeer),
        _ => false,
    };

    static async Task<bool> All(Task[] accepting)
    {
        await Task.WhenAll(accepting).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Whether no later call can succeed: it is no listening socket, or none any more. accept(2) can say so much else (EMFILE, EPERM of a firewall...) that to end a
    /// server by what is not known would be worse than to try again.
    /// </summary>
    static bool IsFinal(Errno error) =>
        error == Errno.EINVAL || error == Errno.EBADF || error == Errno.ENOTSOCK || error == Errno.EOPNOTSUPP;
}
