using System.IO.Pipelines;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>
/// A connection as two pipes, each with its own end: <see cref="Input"/> is complete when the peer is done sending, and to complete <see cref="Output"/>
/// tells the peer so, which may go on sending (section 6.6). Bytes that were looked at and not consumed are there again at the next read, so that a
/// protocol need not keep them (see <see cref="FrameReader"/>).
/// </summary>
/// <remarks>
/// The continuation of a read or a flush runs on the loop's thread, where the pipes are cheapest, too. Any thread may use them, and each
/// pipe one at a time. (A read or a flush that another thread awaits just when it completes may continue on the pool.) A connection that
/// waits for data holds no buffer.
/// </remarks>
public sealed class LoopConnection : IDuplexPipe, IAsyncDisposable
{
    readonly SocketWriter output;
    readonly ReadAhead? ahead;
    readonly ILoopConnectionObserver? observer;

    /// <summary>Takes over a connected stream socket.</summary>
    /// <param name="socket">The socket, which this object disposes. Nobody else receives or sends.</param>
    /// <param name="options">What is chosen; null for the defaults.</param>
    /// <param name="observer">The receiver of the connection's events; null (the default) for none.</param>
    public LoopConnection(LoopSocket socket, LoopConnectionOptions? options = null, ILoopConnectionObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Socket = socket;
        this.observer = observer;
        Means = (options ?? LoopConnectionOptions.Default).MeansOf(socket.Loop);
        output = new SocketWriter(this);
        ahead = Means.Options.MaxReadBufferSize == 0 ? null : new ReadAhead(this);
        Input = ahead is null ? new SocketReader(this) : ahead;
    }

    /// <summary>The socket, for its options and addresses.</summary>
    public LoopSocket Socket { get; }

    /// <summary>
    /// What the peer sends. On a connection that has failed a read throws a <see cref="UnpException"/> (ECONNRESET, ETIMEDOUT) once all that had arrived
    /// was looked at; on one that was aborted, the reason.
    /// </summary>
    public PipeReader Input { get; }

    /// <summary>
    /// What the peer gets, from <see cref="PipeWriter.FlushAsync"/> on, which throws a <see cref="UnpException"/> when an earlier piece could not be sent
    /// (EPIPE, ECONNRESET). To complete it ends the sending, after what was written; to complete it with an exception aborts the connection.
    /// </summary>
    public PipeWriter Output => output;

    /// <summary>
    /// Completes when all is sent and the peer told so, or nothing can be sent any more. It never fails. Who awaits it goes on where those do who await a pipe.
    /// </summary>
    public Task Sent => output.Sent;

    /// <summary>
    /// Completes when the peer is done sending, or nothing can be received any more; at once when nothing is read ahead
    /// (<see cref="LoopConnectionOptions.MaxReadBufferSize"/>). It never fails. Its continuations run on the loop's thread: after the
    /// continuation of a pending read when the peer is done, and before it when the connection has failed.
    /// </summary>
    public Task Received => ahead?.Received ?? Task.CompletedTask;

    internal LoopConnectionOptions.Means Means { get; }

    /// <summary>
    /// Gives the connection up with a reset (SO_LINGER, section 7.5). Reads and writes here throw the reason. Any thread may call it, at
    /// any moment.
    /// </summary>
    /// <param name="reason">What reads and writes throw; null for an <see cref="OperationCanceledException"/>.</param>
    public void Abort(Exception? reason = null)
    {
        Try(static descriptor => Libunp.Setsockopt(descriptor, SocketOptions.Linger, TimeSpan.Zero));
        Leave(reason ?? new OperationCanceledException("The connection was aborted."));
    }

    /// <summary>
    /// Gives the connection up in order: the peer receives what was sent so far and then the end (FIN), or a reset if it has sent more than
    /// was received. Output that is not sent yet is dropped. Reads and writes here throw the reason. Any thread may call it, at any moment.
    /// </summary>
    /// <param name="reason">What reads and writes throw; null for an <see cref="OperationCanceledException"/>.</param>
    public void Close(Exception? reason = null)
    {
        // Another process may share the socket, so to close the descriptor would not be enough.
        Try(static descriptor => Libunp.Shutdown(descriptor, SHUT_WR));
        Leave(reason ?? new OperationCanceledException("The connection was closed."));
    }

    /// <summary>
    /// Ends the connection in order: completes both pipes, and waits until what was written is sent. A peer that does not read keeps it waiting;
    /// <see cref="Abort"/> and <see cref="Close"/> do not wait.
    /// </summary>
    /// <returns>
    /// A task. Called on the loop's thread, its continuation runs where the continuation of a pipe's read does. Called on another thread,
    /// its continuation never runs on the loop's thread.
    /// </returns>
    public async ValueTask DisposeAsync()
    {
        bool continuesHere = Socket.Loop.IsCurrent && !Means.ContinuesOnPool;
        await Output.CompleteAsync().ConfigureAwait(false);
        await Sent.ConfigureAwait(false);
        await Socket.DisposeAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        if (ahead is not null)
            await ahead.Received.ConfigureAwait(false);
        if (!continuesHere && Socket.Loop.IsCurrent)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <inheritdoc cref="LoopSocket.ToString"/>
    public override string ToString() => Socket.ToString();

    /// <summary>
    /// Ends the connection, or its sending, because a send has failed. A connection that is given up reports its failure through its
    /// reader. That happens in the next turn of the loop, so that the writer, which receives no exception, can begin a read before.
    /// </summary>
    internal async Task FailAsync(Exception failure)
    {
        NoteFailure(failure);
        if (!GivesUp)
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

        // A reset, because output is lost, and its end would look like that of complete output.
        Abort(failure);
        output.End(null);
    }

    /// <summary>
    /// The end of the sending could not be sent. Of a connection that is lost the reader finds out. Otherwise the peer would wait for the
    /// end, and the reader for the peer, so the socket is closed: its close sends the end.
    /// </summary>
    internal void FailToEnd(Errno error)
    {
        var failure = new UnpException(error, "shutdown", Socket.ToString());
        if (getpeername(Socket.Number, out _) < 0 && Errno.Last == Errno.ENOTCONN)
        {
            _ = FailAsync(failure);
            return;
        }
        Leave(failure);
        output.End(GivesUp ? null : failure);
    }

    internal bool GivesUp => Means.Options.GivesUpWhenFailed && ahead is not null;

    /// <summary>Reports a failure to the observer, unless the connection was given up here: then it is a consequence.</summary>
    internal void NoteFailure(Exception failure)
    {
        if (observer is not null && !Socket.IsDisposed)
            Note(static (observer, failure) => observer.OnFailed(failure!), failure);
    }

    /// <summary>Reports an event to the observer.</summary>
    internal void Note(Action<ILoopConnectionObserver, Exception?> notify, Exception? failure = null)
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

    void Try(Action<SafeHandle> call)
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

    void Leave(Exception reason)
    {
        Socket.Close(reason);
        ahead?.Stop();
        output.Stop();
    }
}
