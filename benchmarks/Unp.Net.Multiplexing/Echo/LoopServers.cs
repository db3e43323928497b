using Unp.Net.Pipelines;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Multiplexing;

/// <summary>Servers of Unp.Net.Pipelines, with async and await on an event loop.</summary>
abstract class LoopServer : IThreadedServer
{
    readonly EventLoop loop = new();
    readonly LoopSocket listener;
    int count;

    protected LoopServer()
    {
        Fd listenfd = Socket(AF_INET, SOCK_STREAM);
        Bind(listenfd, SockAddr.Loopback(AF_INET));
        Listen(listenfd, 4096);
        Port = Getsockname(listenfd).Port;
        listener = new LoopSocket(loop, listenfd);
    }

    public int Port { get; }

    public int Count => Volatile.Read(ref count);

    public void Start() => loop.Start(AcceptAsync);

    public void Dispose() => loop.Dispose();

    /// <summary>Serves a connection to its end and disposes it.</summary>
    protected abstract Task EchoAsync(LoopSocket socket);

    async Task AcceptAsync()
    {
        while (true)
        {
            LoopSocket socket = await listener.AcceptAsync();
            Setsockopt(socket.Descriptor, SocketOptions.TcpNoDelay, true);
            Serve(socket);
        }
    }

    async void Serve(LoopSocket socket)
    {
        count++;
        try
        {
            await EchoAsync(socket);
        }
        catch (UnpException)
        {
            // The load generator resets its connections.
        }
        count--;
    }
}

/// <summary>
/// Receives and sends in one async loop per connection. Each takes a buffer only when data is available, so the few buffers stay in the
/// cache.
/// </summary>
sealed class LoopSocketServer : LoopServer
{
    readonly BlockPool pool = new();

    protected override async Task EchoAsync(LoopSocket socket)
    {
        using (socket)
        {
            while (true)
            {
                using ReceivedBlock received = await socket.ReceiveAsync(pool);
                if (received.Length == 0)
                    return;
                await socket.SendAsync(received.Memory);
            }
        }
    }
}

/// <summary>Echoes through pipes, which copies input to output.</summary>
sealed class LoopConnectionServer : LoopServer
{
    protected override async Task EchoAsync(LoopSocket socket)
    {
        await using var connection = new LoopConnection(socket);
        await PipeEcho.RunAsync(connection);
    }
}
