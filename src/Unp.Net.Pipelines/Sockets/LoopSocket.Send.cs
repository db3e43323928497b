using System.Buffers;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines;

// Sending and connecting.
public sealed partial class LoopSocket
{
    /// <summary>Waits until a write does not block, because of space in the send buffer or an error.</summary>
    /// <exception cref="InvalidOperationException">Another write is pending, or its result was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask WaitWritableAsync(CancellationToken cancellationToken = default) => ToValueTask(Writer.BeginWait(cancellationToken));

    /// <summary>
    /// Sends the whole buffer, and waits for space as often as necessary: <c>send(2)</c>, or <c>write(2)</c> if the descriptor is not a
    /// socket.
    /// </summary>
    /// <param name="buffer">The data, which must not change before the send completes. An empty buffer is an empty datagram.</param>
    /// <param name="cancellationToken">
    /// Ends the wait with an <see cref="OperationCanceledException"/>. An unknown part of the data may be sent in that case, so a stream is
    /// of no further use.
    /// </param>
    /// <exception cref="UnpException">
    /// EPIPE, ECONNRESET, EMSGSIZE, ENOTCONN, ETIMEDOUT. <see cref="UnpException.BytesTransferred"/> is the number of bytes sent before the
    /// failure.
    /// </exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        BeginSend(buffer, cancellationToken) ? default : new ValueTask(Writer, Writer.Version);

    /// <summary>Sends data in several segments, up to 32 of them in each <c>sendmsg(2)</c> or <c>writev(2)</c>.</summary>
    /// <param name="buffers">
    /// The data, for example from a <see cref="System.IO.Pipelines.PipeReader"/>. On a datagram socket they are one datagram, of at most 32
    /// segments.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; see <see cref="SendAsync(ReadOnlyMemory{byte}, CancellationToken)"/>.</param>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask SendAsync(ReadOnlySequence<byte> buffers, CancellationToken cancellationToken = default) =>
        buffers.IsSingleSegment
            ? SendAsync(buffers.First, cancellationToken)
            : ToValueTask(Writer.BeginSend(in buffers, cancellationToken));

    /// <summary>Sends one datagram: <c>sendto(2)</c> (UNP 8.2).</summary>
    /// <param name="buffer">The datagram; it may be empty.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="cancellationToken">Ends the wait; nothing was sent in that case.</param>
    /// <exception cref="UnpException">EMSGSIZE, ENETUNREACH, EACCES (a broadcast address without SO_BROADCAST), ECONNREFUSED.</exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask SendToAsync(ReadOnlyMemory<byte> buffer, in SockAddr to, CancellationToken cancellationToken = default) =>
        ToValueTask(Writer.BeginSendTo(buffer, in to, cancellationToken));

    /// <summary>Sends all data, with control data and descriptors: <c>sendmsg(2)</c> (UNP 14.5).</summary>
    /// <remarks>On a stream the control data and the descriptors are sent with the first byte.</remarks>
    /// <param name="buffer">The data. On a stream descriptors need at least one byte.</param>
    /// <param name="control">The control messages; see <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">
    /// The descriptors to pass, at most 253. The receiver gets duplicates. They stay open here, and may be disposed when the send
    /// completes.
    /// </param>
    /// <param name="flags">0, or MSG_EOR, MSG_OOB, MSG_MORE and others combined by OR; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; omitted on a connected socket.</param>
    /// <param name="cancellationToken">Ends the wait; see <see cref="SendAsync(ReadOnlyMemory{byte}, CancellationToken)"/>.</param>
    /// <exception cref="UnpException">
    /// EPIPE, ECONNRESET, EMSGSIZE, EINVAL (invalid control data), ETOOMANYREFS, EPERM (false credentials).
    /// </exception>
    /// <exception cref="ArgumentException">There are more than 253 descriptors, or there is no byte to send with them.</exception>
    /// <exception cref="InvalidOperationException">
    /// One of the descriptors has unread bytes that <see cref="Libunp.Readline"/> has read ahead.
    /// </exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask SendMessageAsync(
        ReadOnlyMemory<byte> buffer, ReadOnlyMemory<byte> control = default, ReadOnlyMemory<SafeHandle> descriptors = default,
        int flags = 0, in SockAddr to = default, CancellationToken cancellationToken = default) =>
        ToValueTask(Writer.BeginSendMessage(buffer, control, descriptors, flags, in to, cancellationToken));

    /// <summary>
    /// Connects to a peer, and waits until the connection is established: <c>connect(2)</c> (UNP 4.3). On a datagram socket it sets the
    /// peer.
    /// </summary>
    /// <remarks>
    /// After a failure or a cancellation the socket cannot be used again. If the queue of a Unix domain server is full, the method tries
    /// again every 5 ms.
    /// </remarks>
    /// <param name="address">The peer.</param>
    /// <param name="cancellationToken">Ends the wait. The connection may still be established until the socket is disposed.</param>
    /// <exception cref="UnpException">
    /// ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENOENT (Unix domain), EADDRNOTAVAIL. The message contains the address.
    /// </exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask ConnectAsync(in SockAddr address, CancellationToken cancellationToken = default) =>
        ToValueTask(Writer.BeginConnect(in address, cancellationToken));

    /// <summary>
    /// Sends the buffer. On the loop's thread one call usually sends everything, so the operation is created only if a rest must wait.
    /// </summary>
    /// <returns>True if everything is sent; false if a ValueTask must be made of <see cref="Writer"/>.</returns>
    internal bool BeginSend(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!loop.IsCurrent || writer is { IsFree: false } || IsDisposed || cancellationToken.IsCancellationRequested || !loop.Spend())
            return Writer.BeginSend(buffer, cancellationToken);
        nint sent = WriteOperation.Send(Number, IsSocket, buffer.Span);
        if (sent == buffer.Length)
        {
            loop.CountSent((int)sent);
            return true;
        }
        Writer.BeginSend(buffer, sent, cancellationToken);
        return false;
    }

    ValueTask ToValueTask(bool isDone) => isDone ? default : new ValueTask(Writer, Writer.Version);
}
