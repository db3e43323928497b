using System.Buffers;
using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Kestrel;

/// <summary>The loops that all connections of a transport share, started when the first is needed.</summary>
sealed class TransportLoops : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly UnpTransportOptions options;
    readonly IMeterFactory? meters;
    readonly MemoryPool<byte> pool;
    readonly LoopConnectionOptions connections;
    readonly bool finOnError;
    EventLoopGroup? group;
    bool isDisposed;

    public TransportLoops(UnpTransportOptions options, ILogger logger, IMeterFactory? meters, IMemoryPoolFactory<byte>? pools)
    {
        options.Check();
        this.options = options;
        this.meters = meters;
        Logger = logger;

        // Kestrel itself reads the same switch and then gives a reason where it usually gives none.
        _ = AppContext.TryGetSwitch("Microsoft.AspNetCore.Server.Kestrel.FinOnError", out finOnError);
        pool = pools?.Create(new MemoryPoolOptions { Owner = "unp" }) ?? new BlockPool();
        connections = new LoopConnectionOptions
        {
            MaxReadBufferSize = options.MaxReadBufferSize,
            MaxWriteBufferSize = options.MaxWriteBufferSize,
            WaitForDataBeforeAllocatingBuffer = options.WaitForDataBeforeAllocatingBuffer,
            RunContinuationsAsynchronously = options.RunContinuationsAsynchronously,
            MemoryPool = pool,
            GivesUpWhenFailed = true,
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
                return group ??= new EventLoopGroup(options.LoopCount, OptionsOf);
            }
        }
    }

    public UnpConnection Connection(LoopSocket socket)
    {
        var connection = new UnpConnection(socket, connections, Logger, finOnError);
        if (options.NoDelay && connection.LocalEndPoint is IPEndPoint)
            SendAtOnce(socket.Descriptor);
        return connection;
    }

    /// <summary>Ends the loops; connections that are still open are aborted.</summary>
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

    /// <summary>It fails, on a BSD, if the connection was reset by now, which is told to who reads.</summary>
    static unsafe void SendAtOnce(SafeHandle descriptor)
    {
        int on = 1;
        _ = setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(int));
    }

    EventLoopOptions OptionsOf(int index)
    {
        var loop = new EventLoopOptions
        {
            Name = $"unp transport {index}",
            Mechanism = options.Mechanism,
            MeterFactory = meters,
            OnStall = (stalled, time) => Log.Stalled(Logger, stalled.Name, time.TotalSeconds),
            OnException = (failed, exception) => Log.LoopFailed(Logger, failed.Name, exception),
        };
        options.ConfigureLoop?.Invoke(index, loop);
        return loop;
    }
}
