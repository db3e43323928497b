namespace Unp.Net.Pipelines;

/// <summary>Options for a <see cref="LoopListener"/>.</summary>
public sealed record LoopListenerOptions
{
    internal static readonly LoopListenerOptions Default = new();

    /// <summary>
    /// Gets the handler of clients that cannot be served. It is called on the listening loop with the reason. Null, the default, means no
    /// handler.
    /// </summary>
    /// <remarks>
    /// <para>The reason is one of these:</para>
    /// <list type="bullet">
    /// <item>An <see cref="ArgumentOutOfRangeException"/> (select only): the descriptor does not fit into the set. The connection is
    /// closed.</item>
    /// <item>A <see cref="UnpException"/>: no descriptor or no memory is free (<see cref="Errno.IsShortage"/>), or accept is forbidden
    /// (EPERM). This client and later clients wait in the queue until accept succeeds. The handler is called once for this.</item>
    /// </list>
    /// <para>Connections that are already accepted continue. An exception of the handler goes to
    /// <see cref="EventLoopOptions.OnException"/>. The handler must not be async, because an exception of an async void function ends the
    /// process.</para>
    /// <para>The first call may come before <c>Serve</c> has returned, so the handler receives the listener as an argument.</para>
    /// </remarks>
    public Action<LoopListener, Exception>? OnRefused { get; init; }

    /// <summary>
    /// Gets the number of descriptors that the listener leaves free for the rest of the process. The default is 0. While few connections
    /// are open, the listener leaves only four per open connection.
    /// </summary>
    /// <remarks>
    /// <para>The runtime needs descriptors too, for example two for each assembly that the first request loads. If it gets none, that
    /// request fails, each later request fails in the same way, and the process may end ("Out of memory."). With a reserve, a client waits
    /// instead.</para>
    /// <para>A client that would use the reserve waits in the kernel's queue, and <see cref="OnRefused"/> receives EMFILE once.</para>
    /// <para>Before each accept, the listener checks that a descriptor number is free at this distance or more above the lowest free
    /// number. It does not check whether the numbers in between are in use.</para>
    /// </remarks>
    public int ReservedDescriptors { get; init; }

    /// <summary>
    /// Gets the number of completed connections that may wait in the queue of each socket. The default is <see cref="Libunp.LISTENQ"/>.
    /// Sockets that already listen keep their queue.
    /// </summary>
    public int Backlog { get; init; } = Libunp.LISTENQ;

    /// <summary>
    /// Gets whether each loop has its own listening socket, and the kernel distributes the clients (SO_REUSEPORT of Linux, SO_REUSEPORT_LB
    /// of FreeBSD; IP only). The default, false, means one socket for all loops. The option has no effect on sockets that already listen.
    /// </summary>
    /// <remarks>
    /// A second server of the same user may then listen at the same port without an error, and receives part of the clients. The kernel
    /// chooses the socket by the client's address and port, so a few clients may all get the same loop. When a socket is closed, the
    /// clients in its queue are lost.
    /// </remarks>
    public bool ReusePort { get; init; }

    /// <summary>Validates the options. <c>Serve</c> calls this method before the listening starts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="ReservedDescriptors"/> or <see cref="Backlog"/> is negative. The exception names the property.
    /// </exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ReservedDescriptors);
        ArgumentOutOfRangeException.ThrowIfNegative(Backlog);
    }
}
