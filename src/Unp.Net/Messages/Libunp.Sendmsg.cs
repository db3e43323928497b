using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>sendmsg(2)</c>: sends data with an address, control data and descriptors (UNP 14.5).</summary>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">The data. On a stream, descriptors need at least one byte of data.</param>
    /// <param name="flags">0, or a combination of MSG_DONTWAIT, MSG_EOR, MSG_OOB, MSG_ERRQUEUE...; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; omit it on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">
    /// Descriptors to pass, at most 253. The receiver gets duplicates of them. They stay open here, and the caller may dispose them
    /// afterwards.
    /// </param>
    /// <returns>
    /// The number of bytes sent. Only a stream that is non-blocking or was interrupted may send fewer bytes than given. Control data and
    /// descriptors are sent with the first byte.
    /// </returns>
    /// <exception cref="UnpException">
    /// EPIPE, ECONNRESET, EMSGSIZE, EAGAIN (non-blocking), EINVAL (the control data is malformed), ETOOMANYREFS (too many descriptors are
    /// in transit), EPERM (false credentials).
    /// </exception>
    /// <exception cref="ArgumentException">There are more than 253 descriptors, or a stream gets descriptors without data.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Readline"/> has read bytes of one of the descriptors ahead, and they are still unread.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</seealso>
    public static int Sendmsg(
        SafeHandle fd, ReadOnlySpan<byte> buffer, int flags = 0, in SockAddr to = default, ReadOnlySpan<byte> control = default,
        ReadOnlySpan<SafeHandle> descriptors = default)
    {
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            nint n = SendOnce(fd, new(&iov, 1), flags, to, control, descriptors);
            return n >= 0 ? (int)n : throw FailedToSend("sendmsg", fd, flags, to);
        }
    }

    /// <inheritdoc cref="Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>
    /// <param name="fd">A socket.</param>
    /// <param name="buffers">The data, in up to eight pieces.</param>
    /// <param name="flags">0, or a combination of MSG_DONTWAIT, MSG_EOR, MSG_OOB...; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; omit it on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">Descriptors to pass, at most 253. The receiver gets duplicates of them.</param>
    public static int Sendmsg(
        SafeHandle fd, GatherBuffers buffers, int flags = 0, in SockAddr to = default, ReadOnlySpan<byte> control = default,
        ReadOnlySpan<SafeHandle> descriptors = default)
    {
        fixed (byte* p0 = buffers.B0, p1 = buffers.B1, p2 = buffers.B2, p3 = buffers.B3)
        fixed (byte* p4 = buffers.B4, p5 = buffers.B5, p6 = buffers.B6, p7 = buffers.B7)
        {
            Span<iovec> iov = buffers.Pieces(stackalloc iovec[GatherBuffers.Max], p0, p1, p2, p3, p4, p5, p6, p7);
            nint n = SendOnce(fd, iov, flags, to, control, descriptors);
            return n >= 0 ? (int)n : throw FailedToSend("sendmsg", fd, flags, to);
        }
    }

    /// <summary>Sends a message. Returns the number of bytes sent, or -1 with <see cref="Errno.Last"/>.</summary>
    internal static nint SendOnce(
        SafeHandle fd, ReadOnlySpan<iovec> iov, int flags, in SockAddr to, ReadOnlySpan<byte> control, ReadOnlySpan<SafeHandle> descriptors)
    {
        Check(fd);
        return descriptors.IsEmpty ? SendRaw(fd, iov, flags, to, control) : SendRights(fd, iov, flags, to, control, descriptors);
    }

    [SkipLocalsInit]
    static nint SendRights(
        SafeHandle fd, ReadOnlySpan<iovec> iov, int flags, in SockAddr to, ReadOnlySpan<byte> control, ReadOnlySpan<SafeHandle> descriptors)
    {
        CheckRights(fd, iov, descriptors);

        // Control data of a ControlWriter ends at an aligned offset, but that of other code may not.
        int start = ControlLayout.Align(control.Length);
        int size = start + ControlSpace.Rights(descriptors.Length);
        Unsafe.SkipInit(out RightsRoom onStack);
        byte[]? rented = size > RightsRoom.Size ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> all = rented ?? (Span<byte>)onStack;
        all = all[..size];
        if (!control.IsEmpty)
            control.CopyTo(all);
        Span<byte> rights = all[start..]; // the padding is not initialized, because the kernel does not read it
        ControlLayout.WriteHeader(rights, ControlLayout.Len(descriptors.Length * sizeof(int)), SOL_SOCKET, SCM_RIGHTS);
        Span<int> numbers = MemoryMarshal.Cast<byte, int>(rights[ControlLayout.DataOffset..]);
        int held = 0;
        try
        {
            for (; held < descriptors.Length; held++)
                numbers[held] = Hold(descriptors[held]);
            return SendRaw(fd, iov, flags, to, all);
        }
        finally
        {
            ReleaseAll(descriptors[..held]);
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Releases the handles. <see cref="Errno.Last"/> survives, even if this closes one. A method of its own, so that no loop stands in a
    /// finally block: see <see cref="RightsRoom"/>.
    /// </summary>
    static void ReleaseAll(ReadOnlySpan<SafeHandle> descriptors)
    {
        foreach (SafeHandle descriptor in descriptors)
            descriptor.DangerousRelease();
    }

    /// <summary>
    /// A stack buffer for the maximum number of descriptors and the control messages before them. It replaces stackalloc for speed: it
    /// saves 40 of 3300 ns per passed descriptor (DescriptorBenchmarks). The JIT compiles a method with stackalloc and a loop, or with a
    /// loop in a finally block, only once. At that time it does not yet know what to inline.
    /// </summary>
    [InlineArray(Size)]
    struct RightsRoom
    {
        internal const int Size = 1536;

        byte first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint SendRaw(SafeHandle fd, ReadOnlySpan<iovec> iov, int flags, in SockAddr to, ReadOnlySpan<byte> control)
    {
        fixed (iovec* pieces = iov)
        fixed (SockAddr* address = &to)
        fixed (byte* messages = control)
        {
            var message = new msghdr
            {
                msg_name = to.Length > 0 ? address : null,
                msg_namelen = (uint)to.Length,
                msg_iov = pieces,
                msg_iovlen = (nuint)iov.Length,
                msg_control = messages,
                msg_controllen = (nuint)control.Length,
            };
            nint n;
            do
                n = sendmsg(fd, &message, flags | NoSignal);
            while (Interrupted(n));
            return n;
        }
    }

    static void CheckRights(SafeHandle fd, ReadOnlySpan<iovec> iov, ReadOnlySpan<SafeHandle> descriptors)
    {
        if (descriptors.Length > ControlSpace.MaxRights)
            throw new ArgumentException(TooManyDescriptors(descriptors.Length), nameof(descriptors));
        for (int i = 0; i < descriptors.Length; i++)
        {
            if (descriptors[i] is null || descriptors[i].IsClosed)
                ThrowUnusable(descriptors[i], i);
            if (IReadAhead.Attached(descriptors[i]) is { BufferedLength: > 0 } lines)
                ThrowReadAhead(descriptors[i], lines);
        }

        nuint bytes = 0;
        foreach (ref readonly iovec piece in iov)
            bytes += piece.iov_len;
        if (bytes == 0 && IsStream(fd))
        {
            throw new ArgumentException(
                "Descriptors on a stream socket need at least one byte of data, because the kernel loses them otherwise.",
                nameof(descriptors));
        }
    }

    static string TooManyDescriptors(int count) =>
        $"One message cannot carry {count} descriptors. Use at most {ControlSpace.MaxRights}.";

    static void ThrowReadAhead(SafeHandle descriptor, IReadAhead lines) => throw new InvalidOperationException(
        $"{descriptor} has {lines.BufferedLength} bytes that Readline has read ahead and that its receiver would never see. " +
        "Read them before passing the descriptor.");

    static void ThrowUnusable(SafeHandle? descriptor, int index)
    {
        ArgumentNullException.ThrowIfNull(descriptor, $"descriptors[{index}]");
        throw new ObjectDisposedException($"descriptors[{index}], {descriptor}");
    }

    /// <summary>
    /// Returns whether a descriptor is a stream socket. It returns false for anything but a socket; sendmsg(2) then reports ENOTSOCK.
    /// </summary>
    static bool IsStream(SafeHandle fd) => getsockopt(fd, SOL_SOCKET, SO_TYPE, out int type) == 0 && type == SOCK_STREAM;
}
