using System.Buffers;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines;

// Writing.
public sealed partial class LoopSocket
{
    /// <summary>Waits until a write does not block: there is room, or an error.</summary>
    /// <exception cref="InvalidOperationException">Another writer waits, or its result was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was while this waited.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValueTask WaitWritableAsync(CancellationToken cancellationToken = default) => Result(Writer.BeginWait(cancellationToken));

    /// <summary><c>send(2)</c>, or <c>write(2)</c> of what is no socket: sends all of the buffer, waiting for room as often as it takes.</summary>
    /// <param name="buffer">The data, not to be changed before it is done; an empty one is an empty datagram.</param>
    /// <param name="cancellationToken">
    /// Ends the waiting with an <see cref="OperationCanceledException"/>. Some of the data may be on its way then, and nobody knows how much: of a stream no
    /// more use can be made.
    /// </param>
    /// <exception cref="UnpException">
    /// EPIPE, ECONNRESET, EMSGSIZE, ENOTCONN, ETIMEDOUT; <see cref="UnpException.BytesTransferred"/> tells how many bytes went before.
    /// </exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        BeginSend(buffer, cancellationToken) ? default : new ValueTask(Writer, Writer.Version);

    /// <summary>The same with data in several pieces, up to 32 of which go in one <c>sendmsg(2)</c> or <c>writev(2)</c>.</summary>
    /// <param name="buffers">The data, as of a pipe's reader. To a datagram socket they are one datagram, of at most 32 pieces.</param>
    /// <param name="cancellationToken">See the other one.</param>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, CancellationToken)" path="/exception"/>
    public ValueTask SendAsync(ReadOnlySequence<byte> buffers, CancellationToken cancellationToken = default) =>
        buffers.IsSingleSegment
            ? SendAsync(buffers.First, cancellationToken)
            : Result(Writer.BeginSend(in buffers, cancellationToken));

    /// <summary><c>sendto(2)</c>: sends one datagram (section 8.2).</summary>
    /// <param name="buffer">The datagram; it may be empty.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="cancellationToken">Ends the waiting; nothing was sent then.</param>
    /// <exception cref="UnpException">EMSGSIZE, ENETUNREACH, EACCES (a broadcast address without SO_BROADCAST), ECONNREFUSED.</exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask SendToAsync(ReadOnlyMemory<byte> buffer, in SockAddr to, CancellationToken cancellationToken = default) =>
        Result(Writer.BeginSendTo(buffer, in to, cancellationToken));

    /// <summary><c>sendmsg(2)</c>: sends data with control data and descriptors (section 14.5); of a stream all of the data, the others with the first byte.</summary>
    /// <param name="buffer">The data. On a stream at least one byte has to go with descriptors.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">What the receiver gets a descriptor of, too; 253 at most. They stay open here, and may be disposed when it is done.</param>
    /// <param name="flags">0, or MSG_EOR, MSG_OOB, MSG_MORE... ored; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; left out on a connected socket.</param>
    /// <param name="cancellationToken">Ends the waiting; see <see cref="SendAsync(ReadOnlyMemory{byte}, CancellationToken)"/>.</param>
    /// <exception cref="UnpException">EPIPE, ECONNRESET, EMSGSIZE, EINVAL (the control data make no sense), ETOOMANYREFS, EPERM (false credentials).</exception>
    /// <exception cref="ArgumentException">There are more than 253 descriptors, or no byte to go with them.</exception>
    /// <exception cref="InvalidOperationException">
    /// One of the descriptors has unread bytes that <see cref="Libunp.Readline"/> has read ahead.
    /// </exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask SendMessageAsync(
        ReadOnlyMemory<byte> buffer, ReadOnlyMemory<byte> control = default, ReadOnlyMemory<SafeHandle> descriptors = default, int flags = 0,
        in SockAddr to = default, CancellationToken cancellationToken = default) =>
        Result(Writer.BeginSendMessage(buffer, control, descriptors, flags, in to, cancellationToken));

    /// <summary><c>connect(2)</c>: connects, waiting until it is, or fixes the peer of a datagram socket (section 4.3).</summary>
    /// <remarks>After a failure, or when it was cancelled, the socket cannot be used again. To a unix server whose queue is full it is tried again every 5 ms.</remarks>
    /// <param name="address">The peer.</param>
    /// <param name="cancellationToken">Ends the waiting; the connection may still be made, until the socket is disposed.</param>
    /// <exception cref="UnpException">
    /// ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENOENT (a unix path), EADDRNOTAVAIL; the message has the address.
    /// </exception>
    /// <inheritdoc cref="WaitWritableAsync" path="/exception"/>
    public ValueTask ConnectAsync(in SockAddr address, CancellationToken cancellationToken = default) =>
        Result(Writer.BeginConnect(in address, cancellationToken));

    /// <summary>On the loop's thread mostly one call sends all: the operation is for the rest.</summary>
    /// <returns>Whether all is sent; if not <see cref="Writer"/> is the source of a ValueTask.</returns>
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

    ValueTask Result(bool isDone) => isDone ? default : new ValueTask(Writer, Writer.Version);
}
