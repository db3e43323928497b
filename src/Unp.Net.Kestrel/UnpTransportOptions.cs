using System.Net;
using System.Runtime.InteropServices;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

/// <summary>What can be chosen for the transport. What Kestrel's own socket transport has too has its name and its default.</summary>
/// <remarks>
/// <para>A request is served on the thread of the loop that has received it, from its first byte until the handler awaits something that
/// completes on another thread. So a handler must not block: no <c>Task.Result</c>, no synchronous call to a database, no long calculation.
/// All connections of the loop wait meanwhile. The log has a warning for each loop that stalls.</para>
/// <para>A synchronous read or write of a body (<c>AllowSynchronousIO</c>) that has to wait would wait indefinitely, because only the
/// blocked loop can complete it. It ends with an <see cref="InvalidOperationException"/> after
/// <see cref="EventLoopOptions.StallThreshold"/>; Kestrel logs that of a write, and aborts the request.</para>
/// <para>For an application that blocks there is <see cref="RunContinuationsAsynchronously"/>.</para>
/// </remarks>
public sealed class UnpTransportOptions
{
    /// <summary>How many loops, each a thread, share the connections; as many as there are processors by default.</summary>
    public int LoopCount { get; set; } = Environment.ProcessorCount;

    /// <summary>select, poll, epoll or kqueue; null (the default) for what the environment variable UNP_POLLER says, or else the best of the system.</summary>
    public string? Mechanism { get; set; }

    /// <summary>
    /// Whether what awaits a connection's data goes on on the thread pool, as with Kestrel's own transport: handlers may block then, and each read costs the way
    /// to another thread. False (the default) is what that transport calls UnsafePreferInlineScheduling.
    /// </summary>
    public bool RunContinuationsAsynchronously { get; set; }

    /// <summary>
    /// Whether each loop has a listening socket of its own, among which the kernel deals the clients out (SO_REUSEPORT of Linux, SO_REUSEPORT_LB of FreeBSD; IP
    /// only). By default one listens and the connections are dealt out in turn: then the loops have equally many, the same port cannot be listened at by a
    /// second instance by mistake, and no client is lost that waits at a socket that is closed.
    /// </summary>
    public bool ReusePort { get; set; }

    /// <summary>How many completed connections may wait to be accepted, at each listening socket; 512 by default.</summary>
    public int Backlog { get; set; } = 512;

    /// <summary>
    /// How many descriptors accepting leaves free for the rest of the process, such as the assemblies that the first request loads; 64 by
    /// default. See <see cref="LoopListener.ReservedDescriptors"/>.
    /// </summary>
    public int ReservedDescriptors { get; set; } = 64;

    /// <summary>TCP_NODELAY: whether small pieces are sent at once (section 7.9); true by default.</summary>
    public bool NoDelay { get; set; } = true;

    /// <summary>
    /// How many bytes of a connection are read ahead of the application, at least 1; 1 MiB by default. Null for no limit. While so many wait the end of the
    /// connection is not noticed.
    /// </summary>
    public long? MaxReadBufferSize { get; set; } = 1024 * 1024;

    /// <summary>How many bytes may wait to be sent before the application has to; 64 KiB by default. Null for no limit.</summary>
    public long? MaxWriteBufferSize { get; set; } = 64 * 1024;

    /// <summary>Whether a connection takes a buffer only when there are data, which makes idle ones small and costs busy ones little; true by default.</summary>
    public bool WaitForDataBeforeAllocatingBuffer { get; set; } = true;

    /// <summary>
    /// Makes the socket that listens, bound to an end point, for options of its own; null (the default) for <see cref="DefaultListenSocket"/>. The
    /// transport calls <c>listen(2)</c> and closes it. With <see cref="ReusePort"/> it is called for each loop.
    /// </summary>
    public Func<EndPoint, SafeHandle>? CreateBoundListenSocket { get; set; }

    /// <summary>Has the last word on the options of a loop, of which it gets the index: to bind its thread to a processor, for example.</summary>
    public Action<int, EventLoopOptions>? ConfigureLoop { get; set; }

    /// <summary>
    /// The socket for an end point, bound: with SO_REUSEADDR for IP (section 7.5), with IPV6_V6ONLY off at <see cref="IPAddress.IPv6Any"/>, which takes the
    /// clients of both; a unix path that a dead server has left is replaced (<see cref="Libunp.Bind_unix"/>); that of a
    /// <see cref="Microsoft.AspNetCore.Connections.FileHandleEndPoint"/> is the process's own descriptor, which stays open.
    /// </summary>
    /// <param name="endPoint">Where.</param>
    /// <exception cref="UnpException">EADDRINUSE, EADDRNOTAVAIL, EACCES, ENOENT; the message has the address.</exception>
    /// <exception cref="NotSupportedException">It is no end point of these kinds.</exception>
    public static SafeHandle DefaultListenSocket(EndPoint endPoint) => ListenSocket.Bind(endPoint, reusePort: false);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LoopCount, 1, nameof(LoopCount));
        ArgumentOutOfRangeException.ThrowIfLessThan(Backlog, 0, nameof(Backlog));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReservedDescriptors, 0, nameof(ReservedDescriptors));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReadBufferSize ?? 1, 1, nameof(MaxReadBufferSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWriteBufferSize ?? 0, 0, nameof(MaxWriteBufferSize));
    }
}
