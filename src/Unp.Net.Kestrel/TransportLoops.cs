using System.Buffers;
using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Kestrel;

/// <summary>The event loops that all connections of a transport share. They start with the first listener or connection.</summary>
sealed class TransportLoops : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly UnpTransportOptions options;
    readonly IMeterFactory? meterFactory;
    readonly MemoryPool<byte> pool;
    readonly LoopConnectionOptions connections;
    readonly bool finOnError;
    EventLoopGroup? group;
    bool isDisposed;

    public TransportLoops(
        UnpTransportOptions options, ILogger logger, IMeterFactory? meterFactory, IMemoryPoolFactory<byte>? memoryPoolFactory)
    {
        options.Validate();
        this.options = options;
        this.meterFactory = meterFactory;
        Logger = logger;

        // Kestrel reads the same switch. If it is set, Kestrel passes a reason to Abort where it usually passes none.
        _ = AppContext.TryGetSwitch("Microsoft.AspNetCore.Server.Kestrel.FinOnError", out finOnError);
        pool = memoryPoolFactory?.Create(new MemoryPoolOptions { Owner = "unp" }) ?? new BlockPool();
        connections = new LoopConnectionOptions
        {
            MaxReadBufferSize = options.MaxReadBufferSize,
            MaxWriteBufferSize = options.MaxWriteBufferSize,
            WaitForDataBeforeAllocatingBuffer = options.WaitForDataBeforeAllocatingBuffer,
            RunContinuationsAsynchronously = options.RunContinuationsAsynchronously,
            MemoryPool = pool,
            AbortOnFailure = true,
            Translate = UnpConnection.Translate,
        };
    }

    public ILogger Logger { get; }

    /// <exception cref="ObjectDisposedException">The transport is disposed.</exception>
    public EventLoopGroup Group
    {
        get
        {
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(isDisposed, typeof(UnpTransportFactory));
                return group ??= new EventLoopGroup(options.LoopCount, CreateLoopOptions);
            }
        }
    }

    public UnpConnection Connection(LoopSocket socket)
    {
        var connection = new UnpConnection(socket, connections, Logger, finOnError);
        if (options.NoDelay && connection.LocalEndPoint is IPEndPoint)
            SetNoDelay(socket.Descriptor);
        return connection;
    }

    /// <summary>Aborts the connections that are still open and stops the loops.</summary>
    public async ValueTask DisposeAsync()
    {
        EventLoopGroup? ending;
        lock (gate)
        {
            isDisposed = true;
            ending = group;
            group = null;
        }
        if (ending is not null)
            await ending.DisposeAsync().ConfigureAwait(false);
        pool.Dispose();
    }

    /// <summary>
    /// Sets TCP_NODELAY. On the BSDs this fails if the client has reset the connection; the error is ignored because the next read reports
    /// the reset.
    /// </summary>
    static void SetNoDelay(SafeHandle descriptor) => _ = setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);

    EventLoopOptions CreateLoopOptions(int index)
    {
        var loop = new EventLoopOptions
        {
            Name = $"unp transport {index}",
            Mechanism = options.Mechanism,
            MeterFactory = meterFactory,
            OnStall = (stalled, time) => Log.Stalled(Logger, stalled.Name, time.TotalSeconds),
            OnException = (failed, exception) => Log.LoopFailed(Logger, failed.Name, exception),
        };
        return options.ConfigureLoop?.Invoke(index, loop) ?? loop;
    }
}
