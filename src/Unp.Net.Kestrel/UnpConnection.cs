using System.IO.Pipelines;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Kestrel;

/// <summary>A connection as ASP.NET Core sees it.</summary>
sealed partial class UnpConnection : ConnectionContext, ILoopConnectionObserver
{
    readonly LoopConnection connection;
    readonly ILogger logger;
    readonly bool finOnError;
    readonly CancellationTokenSource closing = new();
    readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task closed;
    int disposals;
    int ending;

    /// <param name="socket">The connected socket, which this object disposes.</param>
    /// <param name="options">The options of all connections of the transport.</param>
    /// <param name="logger">The transport's log.</param>
    /// <param name="finOnError">Whether an aborted connection ends by FIN too.</param>
    public UnpConnection(LoopSocket socket, LoopConnectionOptions options, ILogger logger, bool finOnError)
    {
        this.logger = logger;
        this.finOnError = finOnError;
        SafeHandle descriptor = socket.Descriptor;
        LocalEndPoint = getsockname(descriptor, out SockAddr local) == 0 ? local.ToEndPoint() : null;
        RemoteEndPoint = getpeername(descriptor, out SockAddr remote) == 0 ? remote.ToEndPoint() : null; // ENOTCONN: it was reset while it waited
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

    /// <summary>Cancelled when the client is done sending, or the connection is lost or given up.</summary>
    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    /// <summary>Completes when the connection was disposed.</summary>
    public Task Disposed => disposed.Task;

    /// <summary>
    /// Gives the connection up. Without a reason, which Kestrel gives when the client has ended the connection, the client receives an end
    /// and no reset.
    /// </summary>
    /// <param name="abortReason">Why the connection is aborted; null when it ends in order.</param>
    public override void Abort(ConnectionAbortedException? abortReason)
    {
        EndBorrowing();
        ConnectionAbortedException reason = abortReason ?? new ConnectionAbortedException("The connection was closed after the client had ended it.");
        if (abortReason is null || finOnError)
        {
            NoteFin(reason.Message);
            connection.Close(reason);
        }
        else
        {
            NoteReset(reason.Message);
            connection.Abort(reason);
        }
    }

    /// <summary>Sends what was written, and closes.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposals, 1) == 0)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            await closed.ConfigureAwait(false);
            EndBorrowing();
            closing.Dispose();
            disposed.SetResult();
        }
        await disposed.Task.ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What failed, as Kestrel expects it: a connection that the network has lost is no error of the server's.</summary>
    public static Exception Translate(Exception failure) => failure switch
    {
        UnpException => new ConnectionResetException(failure.Message, failure),
        ObjectDisposedException => new ConnectionAbortedException("The transport has ended.", failure),
        _ => failure,
    };

    /// <summary>
    /// Cancels <see cref="ConnectionClosed"/>, which makes Kestrel close the connection. The order of that and of a pending read is
    /// <see cref="LoopConnection.Received"/>'s.
    /// </summary>
    async Task CancelWhenReceived(bool byPool)
    {
        await connection.Received.ConfigureAwait(false);
        if (byPool)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // that was the loop's thread
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
