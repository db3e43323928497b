using System.Runtime.InteropServices;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Multiplexing;

/// <summary>A server with one thread: its reactions to the events of a mechanism, as in echo.c.</summary>
abstract unsafe class EchoLoop : IDisposable
{
    const int BufferSize = 64 * 1024;

    // Indexed by descriptor.
    EchoConnection?[] connections = new EchoConnection?[1024];

    // One buffer is enough, because an echo is sent before the next one is read.
    readonly byte* buffer = (byte*)NativeMemory.Alloc(BufferSize);
    readonly bool isEdge;
    int count;

    protected EchoLoop(bool isEdge)
    {
        this.isEdge = isEdge;
        Listener = Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
        Bind(Listener, SockAddr.Loopback(AF_INET));
        Listen(Listener, 4096);
        ListenerNumber = (int)Listener.DangerousGetHandle();
    }

    internal int Port => Getsockname(Listener).Port;

    /// <summary>The number of open connections. Any thread may read it.</summary>
    internal int Count => Volatile.Read(ref count);

    protected Fd Listener { get; }

    protected int ListenerNumber { get; }

    /// <summary>Waits once and serves the ready descriptors.</summary>
    internal abstract void Turn();

    protected abstract void Watch(EchoConnection connection, int number);

    protected abstract void Change(EchoConnection connection, Wish wish);

    protected abstract void Unwatch(EchoConnection connection);

    /// <summary>Serves a ready descriptor.</summary>
    /// <param name="number">The descriptor.</param>
    /// <param name="isClosing">Whether the mechanism reported that the peer has closed.</param>
    protected void Serve(int number, bool isClosing)
    {
        if (number == ListenerNumber)
        {
            AcceptAll();
            return;
        }
        if (connections[number] is not { } connection)
            return;
        Wish before = connection.Wish;
        Wish wish = before == Wish.Writing ? connection.Flush() : Wish.Reading;
        if (wish == Wish.Reading && (before == Wish.Reading || isEdge))
        {
            wish = isEdge
                ? connection.EchoAll(buffer, BufferSize, isClosing || before == Wish.Writing)
                : connection.Echo(buffer, BufferSize);
        }
        if (wish != before)
            Turn(connection, number, wish);
    }

    void Turn(EchoConnection connection, int number, Wish wish)
    {
        connection.Wish = wish;
        if (wish != Wish.Gone)
        {
            // Edge-triggered connections are watched for both directions from the start.
            if (!isEdge)
                Change(connection, wish);
            return;
        }
        Unwatch(connection);
        connections[number] = null;
        connection.Socket.Dispose();
        count--;
    }

    void AcceptAll()
    {
        int number;
        while ((number = accept4(ListenerNumber, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
        {
            _ = setsockopt(number, IPPROTO_TCP, TCP_NODELAY, 1);
            var connection = new EchoConnection(new Fd(number));
            if (number >= connections.Length)
                Array.Resize(ref connections, Math.Max(number + 1, 2 * connections.Length));
            connections[number] = connection;
            Watch(connection, number);
            count++;
        }
    }

    public void Dispose()
    {
        foreach (EchoConnection? connection in connections)
            connection?.Socket.Dispose();
        Listener.Dispose();
        NativeMemory.Free(buffer);
        Close();
    }

    protected abstract void Close();
}
