using System.Buffers;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// Receiving and accepting.
public sealed partial class LoopSocket
{
    /// <summary>
    /// Waits until a read does not block, because of data, the end, a connection to accept or an error. A server with many idle connections
    /// can rent a buffer only then.
    /// </summary>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask WaitReadableAsync(CancellationToken cancellationToken = default)
    {
        reader.BeginWait(cancellationToken);
        return new ValueTask(reader, reader.Version);
    }

    /// <summary>
    /// Receives the data that have arrived, at most the buffer's size, and waits for the first byte: <c>recv(2)</c>, or <c>read(2)</c> if
    /// the descriptor is not a socket.
    /// </summary>
    /// <param name="buffer">The space for the data. The rest of a longer datagram is lost.</param>
    /// <param name="cancellationToken">
    /// Ends the wait with an <see cref="OperationCanceledException"/>; nothing was received in that case.
    /// </param>
    /// <returns>The number of bytes; 0 at the end of the peer's data, and for an empty datagram.</returns>
    /// <exception cref="UnpException">ECONNRESET, ENOTCONN, ECONNREFUSED (datagrams), ETIMEDOUT.</exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">Another read is pending, or its result was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckBuffer(buffer);
        return reader.BeginReceive(buffer, cancellationToken)
            ? new ValueTask<int>(reader.TakeCount())
            : new ValueTask<int>(reader, reader.Version);
    }

    /// <summary>Receives as the overload without a time-out does, but waits only for a limited time.</summary>
    /// <remarks>
    /// After a time-out nothing was received, and the socket can still be used. The socket creates one timer at the first wait. Later
    /// operations allocate nothing, except the exception of a time-out.
    /// </remarks>
    /// <param name="buffer">The space for the data. The rest of a longer datagram is lost.</param>
    /// <param name="timeout">The longest wait; zero for the loop's next turn, <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">
    /// Ends the wait with an <see cref="OperationCanceledException"/>; nothing was received in that case.
    /// </param>
    /// <returns>The number of bytes; 0 at the end of the peer's data, and for an empty datagram.</returns>
    /// <exception cref="TimeoutException">No data arrived in time.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    /// <example>
    /// <code>
    /// try
    /// {
    ///     int n = await socket.ReceiveAsync(buffer, TimeSpan.FromSeconds(30));
    /// }
    /// catch (TimeoutException)
    /// {
    ///     socket.Dispose();
    /// }
    /// </code>
    /// </example>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        CheckBuffer(buffer);
        if (timeout == Timeout.InfiniteTimeSpan)
            return ReceiveAsync(buffer, cancellationToken);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        return reader.BeginReceive(buffer, timeout, cancellationToken)
            ? new ValueTask<int>(reader.TakeCount())
            : new ValueTask<int>(reader, reader.Version);
    }

    /// <summary>
    /// Receives into a block of a pool, which is rented when there are data. A waiting connection holds no block, and the busy ones share a
    /// few, which stay in the processor's cache.
    /// </summary>
    /// <param name="pool">The source of the block, usually a <see cref="BlockPool"/>.</param>
    /// <param name="cancellationToken">
    /// Ends the wait with an <see cref="OperationCanceledException"/>; nothing was received in that case.
    /// </param>
    /// <returns>The data in their block. The caller must dispose it.</returns>
    /// <example><code>
    /// using ReceivedBlock received = await socket.ReceiveAsync(pool);
    /// Console.WriteLine($"{received.Memory.Length} bytes");
    /// </code></example>
    /// <inheritdoc cref="WaitReadableAsync" path="/exception"/>
    public ValueTask<ReceivedBlock> ReceiveAsync(MemoryPool<byte> pool, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return reader.BeginReceive(pool, cancellationToken)
            ? new ValueTask<ReceivedBlock>(reader.TakeBlock())
            : new ValueTask<ReceivedBlock>(reader, reader.Version);
    }

    /// <summary>Receives a datagram and its sender: <c>recvfrom(2)</c> (UNP 8.2).</summary>
    /// <param name="buffer">The space for the datagram. The rest of a longer one is lost.</param>
    /// <param name="cancellationToken">Ends the wait; nothing was received in that case.</param>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask<ReceivedDatagram> ReceiveFromAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckBuffer(buffer);
        return reader.BeginReceiveFrom(buffer, cancellationToken)
            ? new ValueTask<ReceivedDatagram>(reader.TakeDatagram())
            : new ValueTask<ReceivedDatagram>(reader, reader.Version);
    }

    /// <summary>Receives data with their sender, control data and descriptors: <c>recvmsg(2)</c> (UNP 14.5).</summary>
    /// <remarks>
    /// Each received descriptor is owned at once. The caller gets as many as fit into <paramref name="descriptors"/>; the rest is closed,
    /// as with <see cref="Libunp.Recvmsg(System.Runtime.InteropServices.SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/>.
    /// </remarks>
    /// <param name="buffer">The space for the data.</param>
    /// <param name="control">The space for control messages; <see cref="ControlSpace"/> computes its size.</param>
    /// <param name="descriptors">The space for descriptors.</param>
    /// <param name="flags">
    /// 0, or MSG_PEEK, MSG_TRUNC and others combined by OR. With MSG_ERRQUEUE the method does the same as <see cref="ReceiveErrorAsync"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; nothing was received in that case.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="descriptors"/> has more than 253 elements, and <paramref name="control"/> is empty.
    /// </exception>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask<LoopMessage> ReceiveMessageAsync(
        Memory<byte> buffer, Memory<byte> control = default, Memory<Fd> descriptors = default, int flags = 0,
        CancellationToken cancellationToken = default)
    {
        ReadOperation operation = (flags & ErrorQueue) != 0 ? ErrorReader : reader;
        return operation.BeginReceiveMessage(buffer, control, descriptors, flags, cancellationToken)
            ? new ValueTask<LoopMessage>(operation.TakeMessage())
            : new ValueTask<LoopMessage>(operation, operation.Version);
    }

    /// <summary>
    /// Takes the next message of the error queue, and waits for one: <c>recvmsg(2)</c> with MSG_ERRQUEUE (UNP 28.7). It may be pending
    /// beside a receive of data, and an unread datagram does not wake it. IP_RECVERR, SO_TIMESTAMPING and SO_ZEROCOPY fill the queue. Linux
    /// only.
    /// </summary>
    /// <remarks>
    /// A program that sets one of these options must read the queue. While it has messages, <see cref="WaitReadableAsync"/> and
    /// <see cref="WaitWritableAsync"/> complete at once. If the loop uses select or poll, it then notices up to 128 ms late that a pending
    /// receive or send can continue.
    /// </remarks>
    /// <param name="buffer">The space for the data to which the message refers; it may be empty.</param>
    /// <param name="control">
    /// The space for control messages; <see cref="ControlSpace.ExtendedError"/> and <see cref="ControlSpace.Timestamping"/> compute its
    /// size.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; nothing was received in that case.</param>
    /// <exception cref="PlatformNotSupportedException">This system has no error queue.</exception>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask<LoopMessage> ReceiveErrorAsync(
        Memory<byte> buffer, Memory<byte> control = default, CancellationToken cancellationToken = default) =>
        ReceiveMessageAsync(buffer, control, default, MSG_ERRQUEUE, cancellationToken);

    /// <summary>Accepts the next completed connection, and waits for one: <c>accept(2)</c> (UNP 4.6).</summary>
    /// <remarks>A connection that its client has aborted in the queue (ECONNABORTED, EPROTO) is skipped (UNP 5.11).</remarks>
    /// <param name="owner">The loop that serves the connection; null for this socket's loop.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="UnpException">
    /// EMFILE, ENFILE, ENOBUFS, ENOMEM (<see cref="Errno.IsShortage"/>): a descriptor or memory is short. The connection stays in the
    /// queue, so call again after a delay. EINVAL: the socket does not listen, or no longer listens.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">select only: the connection's descriptor is 1024 or more. It is closed.</exception>
    /// <exception cref="InvalidOperationException">Another read is pending, or its result was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The socket or one of the loops is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<LoopSocket> AcceptAsync(EventLoop? owner = null, CancellationToken cancellationToken = default) =>
        reader.BeginAccept(owner ?? loop, cancellationToken)
            ? new ValueTask<LoopSocket>(reader.TakeAccepted())
            : new ValueTask<LoopSocket>(reader, reader.Version);

    static int ErrorQueue => OperatingSystem.IsLinux() ? MSG_ERRQUEUE : 0;

    static void CheckBuffer(Memory<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            throw new ArgumentException(
                "The buffer must not be empty, because 0 bytes mean the end. Use WaitReadableAsync to wait without a buffer.",
                nameof(buffer));
        }
    }
}
