using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Kestrel;

/// <summary>
/// Makes listeners and connections whose data travel over <see cref="EventLoop"/>s. <see cref="UnpTransportExtensions.UseUnpTransport"/> gives one to Kestrel;
/// without Kestrel it is of use as it is.
/// </summary>
public sealed class UnpTransportFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector, IConnectionFactory, IAsyncDisposable, IDisposable
{
    readonly UnpTransportOptions options;
    readonly TransportLoops loops;

    /// <summary>Makes a factory; its loops start with the first listener or connection.</summary>
    /// <param name="options">What is chosen.</param>
    /// <param name="logs">Who is told of loops that stall; null for nobody.</param>
    /// <param name="meters">What makes the meter <c>Unp.Net.Pipelines</c>, with the figures of the loops; null for one that all listeners see.</param>
    /// <param name="pools">What makes the pool of the buffers; null for a <see cref="BlockPool"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense; the exception has its name.</exception>
    public UnpTransportFactory(
        IOptions<UnpTransportOptions> options, ILoggerFactory? logs = null, IMeterFactory? meters = null, IMemoryPoolFactory<byte>? pools = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        loops = new TransportLoops(this.options, logs?.CreateLogger("Unp.Net.Kestrel") ?? NullLogger.Instance, meters, pools);
    }

    /// <summary>
    /// Whether it is an <see cref="IPEndPoint"/>, a <see cref="UnixDomainSocketEndPoint"/>, or a <see cref="FileHandleEndPoint"/> of a listening socket that the
    /// process was started with, as by systemd.
    /// </summary>
    public bool CanBind(EndPoint endpoint) => ListenSocket.Knows(endpoint);

    /// <summary>Listens at an end point: see <see cref="UnpTransportOptions.DefaultListenSocket"/>.</summary>
    /// <param name="endpoint">Where; port 0 lets the kernel choose.</param>
    /// <param name="cancellationToken">Not looked at: nothing waits here.</param>
    /// <exception cref="AddressInUseException">Somebody has the address.</exception>
    /// <exception cref="UnpException">EADDRNOTAVAIL, EACCES, ENOENT, EBADF, ENOTSOCK; the message has the address.</exception>
    /// <exception cref="NotSupportedException"><see cref="CanBind"/> is false.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return ValueTask.FromResult<IConnectionListener>(new UnpConnectionListener(endpoint, options, loops));
    }

    /// <summary>
    /// Connects. What awaits the connection's data goes on on its loop's thread, unless <see cref="UnpTransportOptions.RunContinuationsAsynchronously"/> is chosen.
    /// </summary>
    /// <param name="endpoint">An <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UnpException">ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENOENT; the message has the address.</exception>
    /// <exception cref="NotSupportedException">It is another end point: a host name has to be looked up first.</exception>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint is not (IPEndPoint or UnixDomainSocketEndPoint))
            throw new NotSupportedException($"The transport does not connect to {endpoint}, but to IP addresses and unix sockets.");
        EventLoop loop = loops.Group.Next();
        SockAddr address = SockAddr.FromEndPoint(endpoint);
        Fd descriptor = Libunp.Socket(address.Family, SOCK_STREAM);
        LoopSocket? socket = null;
        try
        {
            socket = new LoopSocket(loop, descriptor);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            UnpConnection connection = loops.Connection(socket);

            // The caller waits for this once, and is not to find itself on the loop's thread by it.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            return connection;
        }
        catch
        {
            if (socket is null)
                descriptor.Dispose(); // select has no room for it, or the loop has ended
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>Ends the loops; connections that are still open are aborted.</summary>
    public ValueTask DisposeAsync() => loops.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => loops.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
