using System.IO.Pipelines;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>
/// A connection as two pipes, each with its own end. <see cref="Input"/> ends when the peer ends its data. Completing <see cref="Output"/>
/// sends the end to the peer, which may continue to send (UNP 6.6). Bytes that a reader examines but does not consume are returned by the
/// next read again, so that a protocol need not keep them (see <see cref="FrameReader"/>).
/// </summary>
/// <remarks>
/// Continuations of reads and flushes run on the loop's thread, where the pipes are also cheapest. Any thread may use the pipes, but only
/// one thread at a time may use each. If another thread awaits a read or a flush just when it completes, the continuation may run on the
/// thread pool. A connection that waits for data holds no buffer.
/// </remarks>
/// <example>An echo server's connection:<code>
/// await using var connection = new LoopConnection(socket);
/// await connection.Input.CopyToAsync(connection.Output);
/// </code></example>
public sealed class LoopConnection : IDuplexPipe, IAsyncDisposable
{
    readonly SocketWriter output;
    readonly ReadAhead? ahead;
    readonly ILoopConnectionObserver? observer;

    /// <summary>Takes over a connected stream socket.</summary>
    /// <param name="socket">The socket, which the connection disposes. Do not receive or send on it directly.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="observer">The receiver of the connection's events; null (the default) for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is invalid (<see cref="LoopConnectionOptions.Validate"/>).</exception>
    public LoopConnection(LoopSocket socket, LoopConnectionOptions? options = null, ILoopConnectionObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Socket = socket;
        this.observer = observer;
        Resources = (options ?? LoopConnectionOptions.Default).ResourcesFor(socket.Loop);
        output = new SocketWriter(this);
        ahead = Resources.Options.MaxReadBufferSize == 0 ? null : new ReadAhead(this);
        Input = ahead is null ? new SocketReader(this) : ahead;
    }

    /// <summary>Gets the socket, for its options and addresses.</summary>
    public LoopSocket Socket { get; }

    /// <summary>
    /// Gets the pipe for the peer's data. After a failure a read first returns the data that arrived before it, and then throws a
    /// <see cref="UnpException"/> (ECONNRESET, ETIMEDOUT). After <see cref="Abort"/> or <see cref="Close"/> a read throws the reason.
    /// </summary>
    public PipeReader Input { get; }

    /// <summary>
    /// Gets the pipe for data to the peer. <see cref="PipeWriter.FlushAsync"/> starts to send them, and throws a <see cref="UnpException"/>
    /// if an earlier send has failed (EPIPE, ECONNRESET). Completing the pipe sends the written data and then the end. Completing it with
    /// an exception aborts the connection.
    /// </summary>
    public PipeWriter Output => output;

    /// <summary>
    /// Gets a task that completes when all data and their end are sent, or when no more can be sent. It never fails. Its continuations run
    /// where those of the pipes do.
    /// </summary>
    public Task Sent => output.Sent;

    /// <summary>
    /// Gets a task that completes when the peer has ended its data, or when no more can be received. It never fails. It is completed from
    /// the start if the connection does not read ahead (<see cref="LoopConnectionOptions.MaxReadBufferSize"/>).
    /// </summary>
    /// <remarks>
    /// Its continuations run on the loop's thread. At the peer's end they run after the continuation of a pending read, and after a failure
    /// before it.
    /// </remarks>
    public Task Received => ahead?.Received ?? Task.CompletedTask;

    internal LoopConnectionOptions.ConnectionResources Resources { get; }

    /// <summary>
    /// Closes the connection with a reset (SO_LINGER, UNP 7.5). Reads and writes on it then throw the reason. Any thread may call this
    /// method at any moment.
    /// </summary>
    /// <param name="reason">The exception that reads and writes throw; null for an <see cref="OperationCanceledException"/>.</param>
    public void Abort(Exception? reason = null)
    {
        TryCall(static descriptor => Libunp.Setsockopt(descriptor, SocketOptions.Linger, TimeSpan.Zero));
        CloseSocket(reason ?? new OperationCanceledException("The connection was aborted."));
    }

    /// <summary>
    /// Closes the connection in an orderly way, and drops output that is not sent yet. The peer receives the end (FIN), or a reset if it
    /// has sent data that were not received. Reads and writes on it then throw the reason. Any thread may call this method at any moment.
    /// </summary>
    /// <param name="reason">The exception that reads and writes throw; null for an <see cref="OperationCanceledException"/>.</param>
    public void Close(Exception? reason = null)
    {
        // Another process may share the socket, so closing the descriptor is not enough.
        TryCall(static descriptor => Libunp.Shutdown(descriptor, SHUT_WR));
        CloseSocket(reason ?? new OperationCanceledException("The connection was closed."));
    }

    /// <summary>
    /// Completes both pipes, waits until the written data are sent, and closes the socket. A peer that does not read makes it wait;
    /// <see cref="Abort"/> and <see cref="Close"/> do not wait.
    /// </summary>
    /// <returns>
    /// A task. If the caller is on the loop's thread, the continuation runs where continuations of reads run. Otherwise it never runs on
    /// the loop's thread.
    /// </returns>
    public async ValueTask DisposeAsync()
    {
        bool continuesHere = Socket.Loop.IsCurrent && !Resources.RunContinuationsAsynchronously;
        await Output.CompleteAsync().ConfigureAwait(false);
        await Sent.ConfigureAwait(false);
        await Socket.DisposeAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        if (ahead is not null)
            await ahead.Received.ConfigureAwait(false);
        if (!continuesHere && Socket.Loop.IsCurrent)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <summary>Returns the text of the socket (<see cref="LoopSocket.ToString"/>).</summary>
    public override string ToString() => Socket.ToString();

    /// <summary>
    /// Ends the sending because a send has failed. With <see cref="LoopConnectionOptions.AbortOnFailure"/> it aborts the connection, and
    /// the reader receives the failure. That happens in the next turn of the loop, because the writer receives no exception and must be
    /// able to begin a read first.
    /// </summary>
    internal async Task FailAsync(Exception failure)
    {
        ReportFailure(failure);
        if (!AbortOnFailure)
        {
            output.End(failure);
            return;
        }
        try
        {
            await Socket.Loop.Delay(TimeSpan.Zero).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // There is no next turn.
        }

        // A reset, because an orderly end would make the truncated output look complete.
        Abort(failure);
        output.End(null);
    }

    /// <summary>
    /// Handles a failure of <c>shutdown(2)</c>, which should have sent the end. A lost connection is also reported to the reader. Otherwise
    /// the peer would wait for the end, and the reader for the peer, so the socket is closed, which sends the end.
    /// </summary>
    internal void FailShutdown(Errno error)
    {
        var failure = new UnpException(error, "shutdown", Socket.Name);
        if (getpeername(Socket.Number, out _) < 0 && Errno.Last == Errno.ENOTCONN)
        {
            _ = FailAsync(failure);
            return;
        }
        CloseSocket(failure);
        output.End(AbortOnFailure ? null : failure);
    }

    internal bool AbortOnFailure => Resources.Options.AbortOnFailure && ahead is not null;

    /// <summary>Reports a failure to the observer, unless it is a consequence of a local abort or close.</summary>
    internal void ReportFailure(Exception failure)
    {
        if (observer is not null && !Socket.IsDisposed)
            Notify(static (observer, failure) => observer.OnFailed(failure!), failure);
    }

    /// <summary>Reports an event to the observer.</summary>
    internal void Notify(Action<ILoopConnectionObserver, Exception?> notify, Exception? failure = null)
    {
        try
        {
            if (observer is not null)
                notify(observer, failure);
        }
        catch (Exception e)
        {
            Socket.Loop.Report(e);
        }
    }

    void TryCall(Action<SafeHandle> call)
    {
        try
        {
            call(Socket.Descriptor);
        }
        catch (Exception e) when (e is ObjectDisposedException or UnpException)
        {
            // The descriptor is closed, the peer has reset the connection, or the socket is of another kind.
        }
    }

    void CloseSocket(Exception reason)
    {
        Socket.Close(reason);
        ahead?.Stop();
        output.Stop();
    }
}
