using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Multiplexing;

/// <summary>A server with its own threads.</summary>
interface IThreadedServer : IDisposable
{
    int Port { get; }

    /// <summary>The number of open connections. Any thread may read it.</summary>
    int Count { get; }

    /// <summary>The number of answered requests, if the server counts them. Any thread may read it.</summary>
    long Requests => 0;

    void Start();
}

/// <summary>The base class library's servers, written as its documentation shows.</summary>
abstract class SocketServer : IThreadedServer
{
    const int BufferSize = 16 * 1024;

    // Buffers are reused, so thousands of connections per round leave no garbage to collect during a measurement.
    readonly ConcurrentStack<byte[]> buffers = new();
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    int count;

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public int Count => Volatile.Read(ref count);

    public void Start()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        _ = AcceptAsync();
    }

    public void Dispose() => listener.Dispose();

    protected abstract void Serve(Socket socket, byte[] buffer);

    protected void Leave(Socket socket, byte[] buffer)
    {
        socket.Dispose();
        buffers.Push(buffer);
        Interlocked.Decrement(ref count);
    }

    async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket = await listener.AcceptAsync().ConfigureAwait(false);
            socket.NoDelay = true;
            if (!buffers.TryPop(out byte[]? buffer))
                buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
            Interlocked.Increment(ref count);
            Serve(socket, buffer);
        }
    }
}

/// <summary>System.Net.Sockets with async and await.</summary>
sealed class AsyncServer : SocketServer
{
    protected override void Serve(Socket socket, byte[] buffer) => _ = EchoAsync(socket, buffer);

    async Task EchoAsync(Socket socket, byte[] buffer)
    {
        try
        {
            int got;
            while ((got = await socket.ReceiveAsync(buffer.AsMemory()).ConfigureAwait(false)) > 0)
            {
                for (int sent = 0; sent < got;)
                    sent += await socket.SendAsync(buffer.AsMemory(sent, got - sent)).ConfigureAwait(false);
            }
        }
        catch (SocketException)
        {
            // The load generator resets its connections.
        }
        Leave(socket, buffer);
    }
}

/// <summary>System.Net.Sockets with one reused SocketAsyncEventArgs per connection.</summary>
sealed class EventArgsServer : SocketServer
{
    protected override void Serve(Socket socket, byte[] buffer)
    {
        var connection = new SocketAsyncEventArgs { UserToken = socket };
        connection.SetBuffer(buffer, 0, buffer.Length); // only this overload sets the Buffer property
        connection.Completed += (_, args) => Run(args, isDone: true);
        Run(connection, isDone: false);
    }

    /// <summary>Continues with a connection until an operation does not complete synchronously.</summary>
    /// <param name="args">The connection.</param>
    /// <param name="isDone">Whether its last operation is complete. False to start with a receive.</param>
    void Run(SocketAsyncEventArgs args, bool isDone)
    {
        var socket = (Socket)args.UserToken!;
        byte[] buffer = args.Buffer!;
        while (true)
        {
            bool isPending;
            if (!isDone)
            {
                args.SetBuffer(0, buffer.Length);
                isPending = socket.ReceiveAsync(args);
            }
            else if (args.SocketError != SocketError.Success || args.BytesTransferred == 0)
            {
                args.Dispose();
                Leave(socket, buffer);
                return;
            }
            else if (args.LastOperation == SocketAsyncOperation.Receive)
            {
                args.SetBuffer(0, args.BytesTransferred);
                isPending = socket.SendAsync(args);
            }
            else if (args.BytesTransferred < args.Count)
            {
                args.SetBuffer(args.Offset + args.BytesTransferred, args.Count - args.BytesTransferred);
                isPending = socket.SendAsync(args);
            }
            else
            {
                args.SetBuffer(0, buffer.Length);
                isPending = socket.ReceiveAsync(args);
            }
            if (isPending)
                return;
            isDone = true;
        }
    }
}
