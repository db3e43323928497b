using System.Net;
using System.Runtime.InteropServices;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

/// <summary>Options for the Unp.Net transport. Options that <c>SocketTransportOptions</c> also has keep its names and defaults.</summary>
/// <remarks>
/// <para>The loop that receives a request also runs its handler, on the loop's thread. The handler leaves this thread when it awaits
/// something that completes on another thread. A handler must therefore not block: no <c>Task.Result</c>, no synchronous database call, no
/// long calculation. A handler that blocks delays all connections of its loop. The transport logs a warning for each loop that
/// stalls.</para>
/// <para>A synchronous read or write of a body (<c>AllowSynchronousIO</c>) must not wait on the loop, because only the blocked loop could
/// complete it. If it has to wait, it throws <see cref="InvalidOperationException"/> after <see cref="EventLoopOptions.StallTimeout"/>.
/// If a write throws, Kestrel logs the exception and aborts the request.</para>
/// <para>Set <see cref="RunContinuationsAsynchronously"/> for an application whose handlers block.</para>
/// </remarks>
public sealed class UnpTransportOptions
{
    /// <summary>Gets or sets the number of event loops, each with its own thread. The default is the number of processors.</summary>
    public int LoopCount { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Gets or sets the polling mechanism: "select", "poll", "epoll" or "kqueue". Null (the default) selects the one that the environment
    /// variable UNP_POLLER names, or the best one of the system if the variable is not set.
    /// </summary>
    public string? Mechanism { get; set; }

    /// <summary>
    /// Gets or sets whether continuations of reads and writes run on the thread pool, as they do in Kestrel's socket transport. Handlers
    /// may block then, but each read costs a hand-over to another thread. False (the default) corresponds to
    /// <c>UnsafePreferInlineScheduling</c> of that transport.
    /// </summary>
    public bool RunContinuationsAsynchronously { get; set; }

    /// <summary>
    /// Gets or sets whether each loop has its own listening socket, among which the kernel distributes the clients (SO_REUSEPORT on Linux,
    /// SO_REUSEPORT_LB on FreeBSD; IP only). The default is false.
    /// </summary>
    /// <remarks>
    /// With the default, one socket listens and the transport assigns the connections to the loops in turn. So every loop gets the same
    /// number of connections, and a second instance cannot listen at the same port by mistake. With this option, clients that wait at a
    /// socket are lost when that socket is closed.
    /// </remarks>
    public bool ReusePort { get; set; }

    /// <summary>Gets or sets how many established connections may wait to be accepted, per listening socket. The default is 512.</summary>
    public int Backlog { get; set; } = 512;

    /// <summary>
    /// Gets or sets how many descriptors the transport leaves free when it accepts. The rest of the process needs them, for example to load
    /// assemblies during the first request. The default is 64. See <see cref="LoopListenerOptions.ReservedDescriptors"/>.
    /// </summary>
    public int ReservedDescriptors { get; set; } = 64;

    /// <summary>Gets or sets TCP_NODELAY: whether small segments are sent without delay (UNP 7.9). The default is true.</summary>
    public bool NoDelay { get; set; } = true;

    /// <summary>
    /// Gets or sets how many bytes per connection may be received before the application reads them: at least 1, or null for no limit. The
    /// default is 1 MiB. While the buffer is full, the transport does not notice the end of the connection.
    /// </summary>
    public long? MaxReadBufferSize { get; set; } = 1024 * 1024;

    /// <summary>
    /// Gets or sets how many bytes per connection may wait to be sent before a flush by the application has to wait. The default is 64 KiB;
    /// null means no limit.
    /// </summary>
    public long? MaxWriteBufferSize { get; set; } = 64 * 1024;

    /// <summary>
    /// Gets or sets whether a connection allocates a receive buffer only when data is available. This keeps idle connections small, at
    /// little cost to busy ones. The default is true.
    /// </summary>
    public bool WaitForDataBeforeAllocatingBuffer { get; set; } = true;

    /// <summary>
    /// Gets or sets the function that creates the socket for an end point and binds it, so that it can set socket options. The transport
    /// calls <c>listen(2)</c> and closes the socket. Null (the default) means <see cref="DefaultListenSocket"/>. With
    /// <see cref="ReusePort"/> the function is called once per loop.
    /// </summary>
    public Func<EndPoint, SafeHandle>? CreateBoundListenSocket { get; set; }

    /// <summary>
    /// Gets or sets a function that returns the options of one loop, given the index of the loop and the options that the transport would
    /// use. Null, the default, leaves them unchanged.
    /// </summary>
    /// <example>
    /// Binds the thread of each loop to a processor:
    /// <code>
    /// options.ConfigureLoop = (index, loop) => loop with { Processor = index };
    /// </code>
    /// </example>
    public Func<int, EventLoopOptions, EventLoopOptions>? ConfigureLoop { get; set; }

    /// <summary>
    /// Creates the listening socket for an end point and binds it.
    /// </summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>An IP socket gets SO_REUSEADDR (UNP 7.5). <see cref="IPAddress.IPv6Any"/> also accepts IPv4 clients, because IPV6_V6ONLY is
    /// turned off.</item>
    /// <item>A Unix path that a dead server has left is replaced (<see cref="Libunp.BindUnix"/>).</item>
    /// <item>For a <see cref="Microsoft.AspNetCore.Connections.FileHandleEndPoint"/> the result is the inherited descriptor, which stays
    /// open when the handle is disposed.</item>
    /// </list>
    /// </remarks>
    /// <param name="endPoint">The end point to bind to.</param>
    /// <exception cref="UnpException">EADDRINUSE, EADDRNOTAVAIL, EACCES or ENOENT; the message contains the address.</exception>
    /// <exception cref="NotSupportedException">The end point is of none of these kinds.</exception>
    public static SafeHandle DefaultListenSocket(EndPoint endPoint) => ListenSocket.Bind(endPoint, reusePort: false);

    /// <summary>Validates the options. The transport calls this method before it starts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small. The exception names the property.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LoopCount, 1, nameof(LoopCount));
        ArgumentOutOfRangeException.ThrowIfLessThan(Backlog, 0, nameof(Backlog));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReservedDescriptors, 0, nameof(ReservedDescriptors));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReadBufferSize ?? 1, 1, nameof(MaxReadBufferSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWriteBufferSize ?? 0, 0, nameof(MaxWriteBufferSize));
    }
}
