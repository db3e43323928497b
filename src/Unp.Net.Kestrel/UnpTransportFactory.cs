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
/// A factory of listeners and connections that run on <see cref="EventLoop"/>s. <see cref="UnpTransportExtensions.UseUnpTransport"/>
/// registers it with Kestrel; it can also be used without Kestrel.
/// </summary>
public sealed class UnpTransportFactory
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IConnectionFactory, IAsyncDisposable, IDisposable
{
    readonly UnpTransportOptions options;
    readonly TransportLoops loops;

    /// <summary>Creates a factory. Its loops start with the first listener or connection.</summary>
    /// <param name="options">The options.</param>
    /// <param name="loggerFactory">Creates the log, which reports stalled loops among other things; null disables logging.</param>
    /// <param name="meterFactory">
    /// Creates the meter <c>Unp.Net.Pipelines</c>, which measures the loops; null creates a meter that every <see cref="MeterListener"/>
    /// sees.
    /// </param>
    /// <param name="memoryPoolFactory">Creates the buffer pool; null selects a <see cref="BlockPool"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the exception names it.</exception>
    public UnpTransportFactory(
        IOptions<UnpTransportOptions> options, ILoggerFactory? loggerFactory = null, IMeterFactory? meterFactory = null,
        IMemoryPoolFactory<byte>? memoryPoolFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        ILogger logger = loggerFactory?.CreateLogger("Unp.Net.Kestrel") ?? NullLogger.Instance;
        loops = new TransportLoops(this.options, logger, meterFactory, memoryPoolFactory);
    }

    /// <summary>
    /// Returns whether the transport can listen at an end point. It supports <see cref="IPEndPoint"/> and
    /// <see cref="UnixDomainSocketEndPoint"/>. It also supports a <see cref="FileHandleEndPoint"/> for a listening socket that the process
    /// has inherited, for example from systemd.
    /// </summary>
    public bool CanBind(EndPoint endpoint) => ListenSocket.IsSupported(endpoint);

    /// <summary>Listens at an end point. <see cref="UnpTransportOptions.DefaultListenSocket"/> describes the socket.</summary>
    /// <param name="endpoint">The end point. With port 0 the kernel chooses the port.</param>
    /// <param name="cancellationToken">Ignored, because the method does not wait.</param>
    /// <exception cref="AddressInUseException">Another socket is bound to the address.</exception>
    /// <exception cref="UnpException">EADDRNOTAVAIL, EACCES, ENOENT, EBADF or ENOTSOCK; the message contains the address.</exception>
    /// <exception cref="NotSupportedException"><see cref="CanBind"/> is false.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return ValueTask.FromResult<IConnectionListener>(new UnpConnectionListener(endpoint, options, loops));
    }

    /// <summary>
    /// Connects to an end point. Continuations of reads and writes run on the connection's loop thread, unless
    /// <see cref="UnpTransportOptions.RunContinuationsAsynchronously"/> is set.
    /// </summary>
    /// <param name="endpoint">An <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/>.</param>
    /// <param name="cancellationToken">Cancels the connect.</param>
    /// <exception cref="UnpException">
    /// ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH or ENOENT; the message contains the address.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// The end point is of another kind. For example, the caller must resolve a <see cref="DnsEndPoint"/> first.
    /// </exception>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint is not (IPEndPoint or UnixDomainSocketEndPoint))
            throw new NotSupportedException($"The transport cannot connect to {endpoint}. Use an IP address or a Unix socket.");
        EventLoop loop = loops.Group.Next();
        SockAddr address = SockAddr.FromEndPoint(endpoint);
        Fd descriptor = Libunp.Socket(address.Family, SOCK_STREAM);
        LoopSocket? socket = null;
        try
        {
            socket = new LoopSocket(loop, descriptor);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);

            // The loop thread runs this code, so a connection that the loop cannot watch fails here and not at its first read.
            UnpConnection connection = loops.Connection(socket);

            // The caller's continuation must not run on the loop thread, because the caller may block.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            return connection;
        }
        catch
        {
            if (socket is null)
                descriptor.Dispose(); // the number is too high for select, or the loop has ended
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>Aborts the connections that are still open and stops the loops.</summary>
    public ValueTask DisposeAsync() => loops.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => loops.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
