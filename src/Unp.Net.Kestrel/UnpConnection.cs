using System.IO.Pipelines;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Kestrel;

/// <summary>A connection of the transport, in the form that ASP.NET Core expects.</summary>
sealed partial class UnpConnection : ConnectionContext, ILoopConnectionObserver
{
    readonly LoopConnection connection;
    readonly ILogger logger;
    readonly bool finOnError;
    readonly CancellationTokenSource closing = new();
    readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task closed;
    int disposals;
    int loggedEnd;

    /// <param name="socket">The connected socket, which this object disposes.</param>
    /// <param name="options">The options of all connections of the transport.</param>
    /// <param name="logger">The transport's log.</param>
    /// <param name="finOnError">Whether an aborted connection sends FIN instead of RST.</param>
    public UnpConnection(LoopSocket socket, LoopConnectionOptions options, ILogger logger, bool finOnError)
    {
        this.logger = logger;
        this.finOnError = finOnError;
        SafeHandle descriptor = socket.Descriptor;
        LocalEndPoint = getsockname(descriptor, out SockAddr local) == 0 ? local.ToEndPoint() : null;

        // ENOTCONN: the client has reset the connection while it waited to be accepted.
        RemoteEndPoint = getpeername(descriptor, out SockAddr remote) == 0 ? remote.ToEndPoint() : null;
        connection = new LoopConnection(socket, options, this);
        MemoryPool = options.MemoryPool!;
        Transport = connection;
        ConnectionClosed = closing.Token;
        closed = CancelWhenReceived(options.RunContinuationsAsynchronously == true);
    }

    public override string ConnectionId
    {
        get => field ??= ConnectionIds.Next();
        set;
    }

    public override IFeatureCollection Features => this;

    public override IDictionary<object, object?> Items
    {
        get => field ??= new ConnectionItems();
        set;
    }

    public override IDuplexPipe Transport { get; set; }

    /// <summary>Cancelled when the client has sent its FIN, or when the connection is lost or aborted.</summary>
    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    /// <summary>Gets a task that completes when the connection has been disposed.</summary>
    public Task Disposed => disposed.Task;

    /// <summary>
    /// Ends the connection: with a reason by RST (unless <c>finOnError</c> is set), without one by FIN. Kestrel passes no reason when the
    /// client has ended the connection.
    /// </summary>
    /// <param name="abortReason">The reason to abort the connection; null to end it in an orderly way.</param>
    public override void Abort(ConnectionAbortedException? abortReason)
    {
        DisposeBorrowedSocket();
        ConnectionAbortedException reason =
            abortReason ?? new ConnectionAbortedException("The connection was closed because the client has ended it.");
        if (abortReason is null || finOnError)
        {
            LogFin(reason.Message);
            connection.Close(reason);
        }
        else
        {
            LogReset(reason.Message);
            connection.Abort(reason);
        }
    }

    /// <summary>Sends the data that was written, then closes the connection.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposals, 1) == 0)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            await closed.ConfigureAwait(false);
            DisposeBorrowedSocket();
            closing.Dispose();
            disposed.SetResult();
        }
        await disposed.Task.ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Converts a failure to the exception type that Kestrel expects. For example, Kestrel does not log a lost connection as a server
    /// error.
    /// </summary>
    public static Exception Translate(Exception failure) => failure switch
    {
        UnpException => new ConnectionResetException(failure.Message, failure),
        ObjectDisposedException => new ConnectionAbortedException("The transport was disposed.", failure),
        _ => failure,
    };

    /// <summary>
    /// Cancels <see cref="ConnectionClosed"/>, which makes Kestrel close the connection. <see cref="LoopConnection.Received"/> describes
    /// whether a pending read completes before or after that.
    /// </summary>
    async Task CancelWhenReceived(bool onThreadPool)
    {
        await connection.Received.ConfigureAwait(false);
        if (onThreadPool)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // leave the loop thread
        try
        {
            closing.Cancel();
        }
        catch (AggregateException e)
        {
            Log.CallbackFailed(logger, ConnectionId, e);
        }
    }
}
