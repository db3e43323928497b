using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

/// <summary>A listener at one end point, with one socket or one per loop.</summary>
sealed class UnpConnectionListener : IConnectionListener
{
    readonly TransportLoops loops;
    readonly LoopListener listener;
    readonly string? path;
    readonly Channel<UnpConnection> accepted = Channel.CreateUnbounded<UnpConnection>();

    public UnpConnectionListener(EndPoint endPoint, UnpTransportOptions options, TransportLoops loops)
    {
        this.loops = loops;
        EventLoopGroup group = loops.Group;
        EndPoint bound = endPoint;
        List<SafeHandle> sockets = ListenSocket.Open(ref bound, options);
        EndPoint = bound;
        var listenerOptions = new LoopListenerOptions
        {
            ReservedDescriptors = options.ReservedDescriptors,
            OnRefused = (_, reason) => Log.Refused(loops.Logger, bound, reason),
        };
        listener = group.Serve(sockets, Serve, listenerOptions, leaveOpen: endPoint is FileHandleEndPoint);
        listener.Completion.ContinueWith(ended => accepted.Writer.TryComplete(ended.Exception?.InnerException), TaskScheduler.Default);

        // An inherited socket's path belongs to the process that has bound it.
        path = endPoint is UnixDomainSocketEndPoint && listener.Address is { IsAbstract: false, Path: { Length: > 0 } name } ? name : null;
    }

    public EndPoint EndPoint { get; }

    /// <summary>Returns the next connection, or null once the listener is unbound and no accepted connection is left.</summary>
    /// <exception cref="UnpException">
    /// EINVAL: no socket of the listener can accept any longer, because other code has shut them down.
    /// </exception>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await accepted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (accepted.Reader.TryRead(out UnpConnection? connection))
                return connection;
        }
        return null;
    }

    /// <summary>Stops listening. <see cref="AcceptAsync"/> still returns the connections that were accepted earlier.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await listener.DisposeAsync().ConfigureAwait(false);
        accepted.Writer.TryComplete();
        if (path is not null)
            RemovePath(path);
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync().ConfigureAwait(false);
        while (accepted.Reader.TryRead(out UnpConnection? connection))
        {
            connection.Abort();
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    async Task Serve(LoopSocket socket)
    {
        UnpConnection connection = loops.Connection(socket);
        if (accepted.Writer.TryWrite(connection))
            await connection.Disposed.ConfigureAwait(false);
        else
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    static void RemovePath(string path)
    {
        try
        {
            Libunp.UnlinkStale(path);
        }
        catch (UnpException)
        {
            // Another server has bound the path since, or this process may no longer write to the directory.
        }
    }
}
