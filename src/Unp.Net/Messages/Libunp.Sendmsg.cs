using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>sendmsg(2)</c>: sends data with an address, control data and descriptors (section 14.5).</summary>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">The data. On a stream at least one byte has to go with descriptors.</param>
    /// <param name="flags">0, or MSG_DONTWAIT, MSG_EOR, MSG_OOB, MSG_ERRQUEUE... ored; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; left out on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">What the receiver gets a descriptor of, too; 253 at most. They stay open here, and may be disposed afterwards.</param>
    /// <returns>How many bytes went. Fewer than all only of a stream that is non-blocking or was interrupted; control data and descriptors went with the first.</returns>
    /// <exception cref="UnpException">EPIPE, ECONNRESET, EMSGSIZE, EAGAIN (non-blocking), EINVAL (the control data make no sense), ETOOMANYREFS (too many descriptors on their way), EPERM (false credentials).</exception>
    /// <exception cref="ArgumentException">There are more than 253 descriptors, or no byte to go with them.</exception>
    /// <exception cref="InvalidOperationException">
    /// One of the descriptors has unread bytes that <see cref="Readline"/> has read ahead.
    /// </exception>
    public static int Sendmsg(
        SafeHandle fd, ReadOnlySpan<byte> buffer, int flags = 0, in SockAddr to = default, ReadOnlySpan<byte> control = default,
        ReadOnlySpan<SafeHandle> descriptors = default)
    {
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            nint n = SendOnce(fd, new(&iov, 1), flags, to, control, descriptors);
            return n >= 0 ? (int)n : throw FailedMessage("sendmsg", to);
        }
    }

    /// <inheritdoc cref="Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>
    /// <param name="fd">A socket.</param>
    /// <param name="buffers">The data, in up to eight pieces.</param>
    /// <param name="flags">0, or MSG_DONTWAIT, MSG_EOR, MSG_OOB... ored; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; left out on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">What the receiver gets a descriptor of, too; 253 at most.</param>
    public static int Sendmsg(
        SafeHandle fd, GatherBuffers buffers, int flags = 0, in SockAddr to = default, ReadOnlySpan<byte> control = default,
        ReadOnlySpan<SafeHandle> descriptors = default)
    {
        fixed (byte* p0 = buffers.B0, p1 = buffers.B1, p2 = buffers.B2, p3 = buffers.B3)
        fixed (byte* p4 = buffers.B4, p5 = buffers.B5, p6 = buffers.B6, p7 = buffers.B7)
        {
            Span<iovec> iov = buffers.Pieces(stackalloc iovec[GatherBuffers.Most], p0, p1, p2, p3, p4, p5, p6, p7);
            nint n = SendOnce(fd, iov, flags, to, control, descriptors);
            return n >= 0 ? (int)n : throw FailedMessage("sendmsg", to);
        }
    }

    internal static UnpException FailedMessage(string function, in SockAddr to) =>
        to.Length > 0 ? Failed(function, to, 0) : Failed(function);

    /// <summary>-1 with <see cref="Errno.Last"/>, or how many bytes went.</summary>
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

        // What is written by a ControlWriter ends where the next message can begin; what is written by others may not.
        int start = ControlLayout.Align(control.Length);
        int size = start + ControlSpace.Rights(descriptors.Length);
        Unsafe.SkipInit(out RightsRoom onStack);
        byte[]? rented = size > RightsRoom.Size ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> all = rented ?? (Span<byte>)onStack;
        all = all[..size];
        if (!control.IsEmpty)
            control.CopyTo(all);
        Span<byte> rights = all[start..]; // its padding stays as it is: nobody reads that
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

    /// <summary>Releasing may close, but a SafeHandle keeps the error. No loop in the finally: see <see cref="RightsRoom"/>.</summary>
    static void ReleaseAll(ReadOnlySpan<SafeHandle> descriptors)
    {
        foreach (SafeHandle descriptor in descriptors)
            descriptor.DangerousRelease();
    }

    /// <summary>
    /// Room on the stack for the most descriptors and what may come before them. Not by stackalloc: a method with that and a loop, or with a loop in a
    /// finally, is compiled only once, before the runtime knows what to inline. (Passing a descriptor: 40 of 3300 ns, DescriptorBenchmarks.)
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
        if (descriptors.Length > ControlSpace.MostRights)
            throw new ArgumentException($"{descriptors.Length} descriptors do not go in one message, {ControlSpace.MostRights} do.", nameof(descriptors));
        for (int i = 0; i < descriptors.Length; i++)
        {
            if (descriptors[i] is null || descriptors[i].IsClosed)
                ThrowUnusable(descriptors[i], i);
            if (LineReader.Attached(descriptors[i]) is { BufferedLength: > 0 } lines)
                ThrowReadAhead(descriptors[i], lines);
        }

        nuint bytes = 0;
        foreach (ref readonly iovec piece in iov)
            bytes += piece.iov_len;
        if (bytes == 0 && IsStream(fd))
            throw new ArgumentException("On a stream descriptors go with data, at least one byte: without any they would be lost.", nameof(descriptors));
    }

    static void ThrowReadAhead(SafeHandle descriptor, LineReader lines) => throw new InvalidOperationException(
        $"{descriptor} has {lines.BufferedLength} bytes that were read ahead, which its receiver would never see; " +
        "read them before it is passed.");

    static void ThrowUnusable(SafeHandle? descriptor, int index)
    {
        ArgumentNullException.ThrowIfNull(descriptor, $"descriptors[{index}]");
        throw new ObjectDisposedException($"descriptors[{index}], {descriptor}");
    }

    /// <summary>Of what is no socket sendmsg says so.</summary>
    static bool IsStream(SafeHandle fd)
    {
        int type = 0;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_STREAM;
    }
}
