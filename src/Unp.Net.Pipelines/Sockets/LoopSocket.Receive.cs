using System.Buffers;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// Reading.
public sealed partial class LoopSocket
{
    /// <summary>
    /// Waits until a read does not block: data, the end, a connection to accept, an error. A server with many idle connections takes a buffer from its pool
    /// only then.
    /// </summary>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask WaitReadableAsync(CancellationToken cancellationToken = default)
    {
        reader.BeginWait(cancellationToken);
        return new ValueTask(reader, reader.Version);
    }

    /// <summary><c>recv(2)</c>, or <c>read(2)</c> of what is no socket: receives what is there, at most the buffer's size, waiting for the first byte.</summary>
    /// <param name="buffer">Room for the data; of a longer datagram the rest is lost.</param>
    /// <param name="cancellationToken">Ends the waiting with an <see cref="OperationCanceledException"/>; nothing was received then.</param>
    /// <returns>The number of bytes; 0 when the peer is done sending, or of an empty datagram.</returns>
    /// <exception cref="UnpException">ECONNRESET, ENOTCONN, ECONNREFUSED (datagrams), ETIMEDOUT.</exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">Another reader waits, or its result was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was while this waited.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckRoom(buffer);
        return reader.BeginReceive(buffer, cancellationToken) ? new ValueTask<int>(reader.TakeCount()) : new ValueTask<int>(reader, reader.Version);
    }

    /// <summary>
    /// The same into a block of a pool, which is taken when there is something to receive: a connection that waits holds none, and those that take turns use the same
    /// few, which stay in the processor's cache.
    /// </summary>
    /// <param name="pool">Where the block comes from: a <see cref="BlockPool"/>, mostly.</param>
    /// <param name="cancellationToken">Ends the waiting with an <see cref="OperationCanceledException"/>; nothing was received then.</param>
    /// <returns>What has come, to be disposed: <c>using ReceivedBlock received = await socket.ReceiveAsync(pool);</c></returns>
    /// <inheritdoc cref="WaitReadableAsync" path="/exception"/>
    public ValueTask<ReceivedBlock> ReceiveAsync(MemoryPool<byte> pool, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return reader.BeginReceive(pool, cancellationToken) ? new ValueTask<ReceivedBlock>(reader.TakeBlock()) : new ValueTask<ReceivedBlock>(reader, reader.Version);
    }

    /// <summary><c>recvfrom(2)</c>: receives a datagram, and tells from whom (section 8.2).</summary>
    /// <param name="buffer">Room for the datagram; the rest of a longer one is lost.</param>
    /// <param name="cancellationToken">Ends the waiting; nothing was received then.</param>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask<ReceivedDatagram> ReceiveFromAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckRoom(buffer);
        return reader.BeginReceiveFrom(buffer, cancellationToken)
            ? new ValueTask<ReceivedDatagram>(reader.TakeDatagram())
            : new ValueTask<ReceivedDatagram>(reader, reader.Version);
    }

    /// <summary><c>recvmsg(2)</c>: receives data with sender, control data and descriptors (section 14.5).</summary>
    /// <remarks>
    /// Descriptors that come are owned at once, as with <see cref="Libunp.Recvmsg(System.Runtime.InteropServices.SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/>:
    /// as many as there is room for are the caller's, the rest is closed.
    /// </remarks>
    /// <param name="buffer">Room for the data.</param>
    /// <param name="control">Room for control messages, by <see cref="ControlSpace"/>.</param>
    /// <param name="descriptors">Room for descriptors.</param>
    /// <param name="flags">0, or MSG_PEEK, MSG_TRUNC... ored; with MSG_ERRQUEUE it is a <see cref="ReceiveErrorAsync"/>.</param>
    /// <param name="cancellationToken">Ends the waiting; nothing was received then.</param>
    /// <exception cref="ArgumentException"><paramref name="descriptors"/> has more than 253 elements, and <paramref name="control"/> none.</exception>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask<LoopMessage> ReceiveMessageAsync(
        Memory<byte> buffer, Memory<byte> control = default, Memory<Fd> descriptors = default, int flags = 0,
        CancellationToken cancellationToken = default)
    {
        ReadOperation operation = (flags & ErrorQueue) != 0 ? Errors : reader;
        return operation.BeginReceiveMessage(buffer, control, descriptors, flags, cancellationToken)
            ? new ValueTask<LoopMessage>(operation.TakeMessage())
            : new ValueTask<LoopMessage>(operation, operation.Version);
    }

    /// <summary>
    /// <c>recvmsg(2)</c> with MSG_ERRQUEUE: takes the next message of the error queue, waiting for one (section 28.7). It waits beside a
    /// receive of data, and an unread datagram does not wake it. IP_RECVERR, SO_TIMESTAMPING and SO_ZEROCOPY put messages there. Linux.
    /// </summary>
    /// <remarks>
    /// A program that sets one of these options reads the queue by this. While messages stay there <see cref="WaitReadableAsync"/> and
    /// <see cref="WaitWritableAsync"/> complete at once. Where the loop waits by select or poll, receives and sends that have to wait are
    /// noticed late then, by at most 128 ms.
    /// </remarks>
    /// <param name="buffer">Room for the data that the message is about; it may be empty.</param>
    /// <param name="control">
    /// Room for control messages, by <see cref="ControlSpace.ExtendedError"/> and <see cref="ControlSpace.Timestamping"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; nothing was received then.</param>
    /// <exception cref="PlatformNotSupportedException">This system has no error queue.</exception>
    /// <inheritdoc cref="ReceiveAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask<LoopMessage> ReceiveErrorAsync(
        Memory<byte> buffer, Memory<byte> control = default, CancellationToken cancellationToken = default) =>
        ReceiveMessageAsync(buffer, control, default, MSG_ERRQUEUE, cancellationToken);

    /// <summary><c>accept(2)</c>: takes the next completed connection, waiting for one (section 4.6).</summary>
    /// <remarks>A connection that its client gave up while it waited (ECONNABORTED, EPROTO; section 5.11) is passed over.</remarks>
    /// <param name="owner">The loop that serves it; null for this socket's own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="UnpException">
    /// EMFILE, ENFILE, ENOBUFS, ENOMEM (<see cref="Errno.IsShortage"/>): no descriptor is free, and the connection waits on for the next call, which is better made a
    /// while later; EINVAL: it does not listen, or no more.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">select only: the connection's descriptor would be 1024 or more. It is closed.</exception>
    /// <exception cref="InvalidOperationException">Another reader waits, or its result was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The socket or a loop is closed, or was while this waited.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValueTask<LoopSocket> AcceptAsync(EventLoop? owner = null, CancellationToken cancellationToken = default) =>
        reader.BeginAccept(owner ?? loop, cancellationToken) ? new ValueTask<LoopSocket>(reader.TakeAccepted()) : new ValueTask<LoopSocket>(reader, reader.Version);

    static int ErrorQueue => OperatingSystem.IsLinux() ? MSG_ERRQUEUE : 0;

    static void CheckRoom(Memory<byte> buffer)
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer has 0 bytes: nothing read could not be told from the end; WaitReadableAsync waits without one.", nameof(buffer));
    }
}
