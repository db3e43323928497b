using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// Overloads for more than eight pieces: up to IOV_MAX, which is 1024.
public static unsafe partial class Libunp
{
    /// <inheritdoc cref="Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>
    /// <param name="fd">A socket.</param>
    /// <param name="buffers">The data, in up to <see cref="IOV_MAX"/> pieces (more are EMSGSIZE).</param>
    /// <param name="flags">0, or a combination of MSG_DONTWAIT, MSG_EOR, MSG_OOB...; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; omit it on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">Descriptors to pass, at most 253. The receiver gets duplicates of them.</param>
    public static int Sendmsg(
        SafeHandle fd, ReadOnlySpan<ReadOnlyMemory<byte>> buffers, int flags = 0, in SockAddr to = default,
        ReadOnlySpan<byte> control = default, ReadOnlySpan<SafeHandle> descriptors = default)
    {
        using var pinned = PinnedMemories.Of(buffers);
        nint n = SendOnce(fd, pinned.Pieces, flags, to, control, descriptors);
        return n >= 0 ? (int)n : throw FailedToSend("sendmsg", fd, flags, to);
    }

    /// <inheritdoc cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/>
    /// <param name="fd">A socket.</param>
    /// <param name="buffers">
    /// Up to <see cref="IOV_MAX"/> buffers for the data (more are EMSGSIZE), which are filled one after the other.
    /// </param>
    /// <param name="flags">
    /// 0, or a combination of MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL, MSG_ERRQUEUE, MSG_TRUNC...; MSG_CMSG_CLOEXEC is added.
    /// </param>
    /// <param name="control">A buffer for control messages; <see cref="ControlSpace"/> gives its size.</param>
    /// <param name="descriptors">Receives the descriptors.</param>
    public static ReceivedMessage Recvmsg(
        SafeHandle fd, scoped ReadOnlySpan<Memory<byte>> buffers, int flags = 0, Span<byte> control = default,
        scoped Span<Fd> descriptors = default)
    {
        using var pinned = PinnedMemories.Of(buffers);
        return ReceiveOnce(fd, pinned.Pieces, flags, control, descriptors, out MessageFacts facts)
            ? new ReceivedMessage(facts, control)
            : throw FailedToReceive("recvmsg", fd, flags);
    }

    /// <inheritdoc cref="Readv(SafeHandle, ScatterBuffers)"/>
    /// <param name="fd">A descriptor.</param>
    /// <param name="buffers">Up to <see cref="IOV_MAX"/> buffers (more are EINVAL).</param>
    public static int Readv(SafeHandle fd, ReadOnlySpan<Memory<byte>> buffers)
    {
        Check(fd);
        using var pinned = PinnedMemories.Of(buffers);
        return ReadPieces(fd, pinned.Pieces);
    }

    /// <inheritdoc cref="Writev(SafeHandle, GatherBuffers)"/>
    /// <param name="fd">A descriptor.</param>
    /// <param name="buffers">Up to <see cref="IOV_MAX"/> buffers (more are EINVAL).</param>
    public static void Writev(SafeHandle fd, ReadOnlySpan<ReadOnlyMemory<byte>> buffers)
    {
        Check(fd);
        using var pinned = PinnedMemories.Of(buffers);
        WritePieces(fd, pinned.Pieces);
    }
}
