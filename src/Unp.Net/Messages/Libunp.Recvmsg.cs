using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>recvmsg(2)</c>: receives data with its sender, control data and descriptors (UNP 14.5).</summary>
    /// <remarks>
    /// <para>Received descriptors are close-on-exec. The caller owns as many as fit into <paramref name="descriptors"/>, and the others are
    /// closed, so no descriptor leaks with any kind of truncation.</para>
    /// <para>On a stream, bytes that <see cref="Readline"/> has read ahead are returned first, without further bytes. Descriptors that were
    /// sent with them are lost, because only recvmsg(2) receives descriptors.</para>
    /// </remarks>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">
    /// A buffer for the data. The rest of a longer datagram is lost, see <see cref="ReceivedMessage.IsTruncated"/>.
    /// </param>
    /// <param name="flags">
    /// 0, or a combination of MSG_PEEK (which creates descriptors, too, on Linux only), MSG_DONTWAIT, MSG_WAITALL, MSG_ERRQUEUE,
    /// MSG_TRUNC...; MSG_CMSG_CLOEXEC is added.
    /// </param>
    /// <param name="control">
    /// A buffer for control messages; <see cref="ControlSpace"/> gives its size. Unless it is empty, it must also have space for the
    /// descriptors (<see cref="ControlSpace.Rights"/>).
    /// </param>
    /// <param name="descriptors">
    /// Receives the descriptors, which the caller must dispose. <see cref="ReceivedMessage.DescriptorCount"/> is their number.
    /// </param>
    /// <exception cref="UnpException">EAGAIN (non-blocking, or the timeout has expired), ECONNREFUSED, ECONNRESET, ENOTCONN.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="descriptors"/> has more than 253 elements and <paramref name="control"/> is empty.
    /// </exception>
    /// <example>
    /// The destination of a datagram, for a server with several addresses:
    /// <code>
    /// Setsockopt(udp, SocketOptions.IpPktInfo, true);
    /// ReceivedMessage message = Recvmsg(udp, buffer, control: new byte[ControlSpace.PacketInfo]);
    /// if (!message.IsTruncated &amp;&amp; message.TryGetPacketInfo(out PacketInfo info))
    ///     Console.WriteLine($"{message.Length} bytes from {message.Address} to {info.Destination}");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</seealso>
    public static ReceivedMessage Recvmsg(
        SafeHandle fd, scoped Span<byte> buffer, int flags = 0, Span<byte> control = default, scoped Span<Fd> descriptors = default)
    {
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            return ReceiveOnce(fd, new(ref iov), flags, control, descriptors, out MessageFacts facts)
                ? new ReceivedMessage(facts, control)
                : throw FailedToReceive("recvmsg", fd, flags);
        }
    }

    /// <inheritdoc cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/>
    /// <param name="fd">A socket.</param>
    /// <param name="buffers">Up to eight buffers for the data, which are filled one after the other.</param>
    /// <param name="flags">
    /// 0, or a combination of MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL, MSG_ERRQUEUE, MSG_TRUNC...; MSG_CMSG_CLOEXEC is added.
    /// </param>
    /// <param name="control">A buffer for control messages; <see cref="ControlSpace"/> gives its size.</param>
    /// <param name="descriptors">Receives the descriptors.</param>
    public static ReceivedMessage Recvmsg(
        SafeHandle fd, scoped ScatterBuffers buffers, int flags = 0, Span<byte> control = default, scoped Span<Fd> descriptors = default)
    {
        GatherBuffers all = buffers.AsGather;
        fixed (byte* p0 = all.B0, p1 = all.B1, p2 = all.B2, p3 = all.B3)
        fixed (byte* p4 = all.B4, p5 = all.B5, p6 = all.B6, p7 = all.B7)
        {
            Span<iovec> iov = all.Pieces(stackalloc iovec[GatherBuffers.Max], p0, p1, p2, p3, p4, p5, p6, p7);
            return ReceiveOnce(fd, iov, flags, control, descriptors, out MessageFacts facts)
                ? new ReceivedMessage(facts, control)
                : throw FailedToReceive("recvmsg", fd, flags);
        }
    }

    /// <summary>Receives a message. Returns false with <see cref="Errno.Last"/> if that fails.</summary>
    static bool ReceiveOnce(SafeHandle fd, Span<iovec> iov, int flags, Span<byte> control, Span<Fd> descriptors, out MessageFacts facts)
    {
        Check(fd);
        MessageFacts.Begin(out facts);
        return TryReadAhead(fd, iov, flags, ref facts)
            || (!control.IsEmpty || descriptors.IsEmpty
                ? RecvRaw(fd, iov, flags, control, descriptors, ref facts)
                : RecvRights(fd, iov, flags, descriptors, ref facts, wantsSender: true));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryReadAhead(SafeHandle fd, Span<iovec> iov, int flags, ref MessageFacts facts)
    {
        if ((flags & (MSG_OOB | ErrorQueue)) == 0 && IReadAhead.Attached(fd) is { } reader)
            facts.Length = TakeReadAhead(reader, iov, flags);
        return facts.Length > 0;
    }

    [SkipLocalsInit]
    static bool RecvRights(SafeHandle fd, Span<iovec> iov, int flags, Span<Fd> descriptors, ref MessageFacts facts, bool wantsSender)
    {
        if (descriptors.Length > ControlSpace.MaxRights)
            throw new ArgumentException(TooManyDescriptors(descriptors.Length), nameof(descriptors));
        Unsafe.SkipInit(out RightsRoom onStack);
        Span<byte> rights = ((Span<byte>)onStack)[..(UnrequestedSpace + ControlSpace.Rights(descriptors.Length))];
        bool succeeded = RecvRaw(fd, iov, flags, rights, descriptors, ref facts, wantsSender);
        facts.ControlLength = 0;
        return succeeded;
    }

    /// <summary>
    /// Calls <c>recvmsg(2)</c>. Inlined like <see cref="SendRaw"/>, because after a system call the processor mispredicts each return of a
    /// method.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool RecvRaw(
        SafeHandle fd, Span<iovec> iov, int flags, Span<byte> control, Span<Fd> descriptors, ref MessageFacts facts,
        bool wantsSender = true)
    {
        fixed (iovec* pieces = iov)
        fixed (SockAddr* address = &facts.Sender)
        fixed (byte* messages = control)
        {
            var message = new msghdr
            {
                msg_name = wantsSender ? address : null,
                msg_namelen = wantsSender ? SockAddr.Capacity : 0u,
                msg_iov = pieces,
                msg_iovlen = (nuint)iov.Length,
                msg_control = messages,
                msg_controllen = (nuint)control.Length,
            };
            nint n;
            do
                n = RecvOwned(fd, &message, flags, descriptors, ref facts);
            while (Interrupted(n));
            if (n < 0)
                return false;
            facts.Length = (int)n;
            facts.Flags = message.msg_flags & ~CloseOnExecControl; // Linux returns this flag of the call, too
            facts.ControlLength = (int)message.msg_controllen;
            facts.Sender.SetReceivedLength(message.msg_namelen);
        }
        if (facts.ControlLength > 0)
            TakeDescriptors(control[..facts.ControlLength], flags, descriptors, ref facts);
        return true;
    }

    /// <summary>
    /// The space for control messages that other options of the socket request. The kernel may put them before the descriptors, which would
    /// then be truncated: credentials (SO_PASSCRED, LOCAL_CREDS), the label (SO_PASSSEC), the process (SO_PASSPIDFD), a time.
    /// </summary>
    static int UnrequestedSpace => ControlSpace.Credentials + ControlSpace.Of(128) + ControlSpace.Of(sizeof(int)) + ControlSpace.Timestamp;

    // macOS has neither of these flags.
    internal static int CloseOnExecControl => Target.IsMacOS ? 0 : MSG_CMSG_CLOEXEC;

    static int ErrorQueue => Target.IsLinux ? MSG_ERRQUEUE : 0;

    /// <summary>Calls <c>recvmsg(2)</c> once. Received descriptors are close-on-exec; on macOS they are also taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint RecvOwned(SafeHandle fd, msghdr* message, int flags, Span<Fd> descriptors, ref MessageFacts facts) =>
        Target.IsMacOS
            ? RecvAllRights(fd, message, flags, descriptors, ref facts)
            : recvmsg(fd, message, flags | CloseOnExecControl);

    // UIPC_MAX_CMSG_FD of bsd/kern/uipc_usrreq.c. A message has at most one array of descriptors.
    const int MaxRightsOfMacOS = 512;

    /// <summary>
    /// Calls <c>recvmsg(2)</c> of macOS, with room for every descriptor that one message can carry, and takes the descriptors. The caller
    /// gets as much of the control data as its own buffer holds.
    /// </summary>
    /// <remarks>
    /// The kernel opens all descriptors of a message before it cuts the control data, and even if there is no buffer for them. Without the
    /// room, the descriptors that were cut off would stay open. It also has no flag for close-on-exec.
    /// </remarks>
    [SkipLocalsInit]
    internal static nint RecvAllRights(SafeHandle fd, msghdr* message, int flags, Span<Fd> descriptors, ref MessageFacts facts)
    {
        int size = UnrequestedSpace + ControlSpace.Of(MaxRightsOfMacOS * sizeof(int));
        byte* room = stackalloc byte[size];
        void* buffer = message->msg_control;
        Span<byte> own = new(buffer, (int)message->msg_controllen);
        if (own.Length < size)
        {
            message->msg_control = room;
            message->msg_controllen = (nuint)size;
        }
        nint n = recvmsg(fd, message, flags);
        int length = own.Length;
        if (n >= 0)
        {
            Span<byte> received = new(message->msg_control, (int)message->msg_controllen);
            if ((flags & MSG_PEEK) == 0)
                SetCloseOnExec(received);
            TakeDescriptors(received, flags, descriptors, ref facts);
            if (received.Length > own.Length)
                message->msg_flags |= MSG_CTRUNC;
            length = Math.Min(own.Length, received.Length);
            received[..length].CopyTo(own);
        }
        message->msg_control = buffer;
        message->msg_controllen = (nuint)length;
        return n;
    }

    /// <summary>Makes every descriptor in the control data close-on-exec.</summary>
    static void SetCloseOnExec(Span<byte> control)
    {
        while (ControlLayout.TryReadHeader(control, out int length, out int level, out int type))
        {
            if (level == SOL_SOCKET && type == SCM_RIGHTS)
            {
                foreach (int number in MemoryMarshal.Cast<byte, int>(control[ControlLayout.DataOffset..length]))
                    _ = fcntl(number, F_SETFD, FD_CLOEXEC);
            }
            control = control[ControlLayout.Step(length, control.Length)..];
        }
    }

    /// <summary>
    /// Takes ownership of all descriptors in the control data. Stores as many as fit into <paramref name="descriptors"/> and closes the
    /// others.
    /// </summary>
    internal static void TakeDescriptors(Span<byte> control, int flags, Span<Fd> descriptors, ref MessageFacts facts)
    {
        // The BSDs do not open descriptors for a peek. The numbers are then parts of pointers of the kernel.
        bool areOpen = Target.IsLinux || (flags & MSG_PEEK) == 0;
        while (ControlLayout.TryReadHeader(control, out int length, out int level, out int type))
        {
            Span<byte> data = control[ControlLayout.DataOffset..length];
            if (level == SOL_SOCKET && type == SCM_RIGHTS && !areOpen)
            {
                data.Fill(byte.MaxValue);
            }
            else if (level == SOL_SOCKET && type == SCM_RIGHTS)
            {
                for (Span<int> numbers = MemoryMarshal.Cast<byte, int>(data); !numbers.IsEmpty; numbers = numbers[1..])
                {
                    if (numbers[0] < 0)
                        continue;
                    Fd received = Owned(ref numbers[0]);
                    if (facts.DescriptorCount < descriptors.Length)
                    {
                        descriptors[facts.DescriptorCount++] = received;
                        continue;
                    }
                    received.Dispose();
                    facts.DescriptorsClosed++;
                }
            }
            else if (Target.IsLinux && level == SOL_SOCKET && type == SCM_PIDFD && MemoryMarshal.TryRead(data, out int pidfd) && pidfd >= 0)
            {
                facts.Pidfd?.Dispose();
                facts.Pidfd = Owned(ref MemoryMarshal.Cast<byte, int>(data)[0]);
            }
            control = control[ControlLayout.Step(length, control.Length)..];
        }
    }

    /// <summary>Takes ownership of a received descriptor, and overwrites its number so that it is not owned twice.</summary>
    static Fd Owned(ref int number)
    {
        var fd = new Fd(number);
        number = -1;
        return fd;
    }

    static int TakeReadAhead(IReadAhead reader, Span<iovec> iov, int flags)
    {
        bool peek = (flags & MSG_PEEK) != 0;
        int taken = 0;
        foreach (ref iovec piece in iov)
        {
            taken += reader.Take(new Span<byte>(piece.iov_base, (int)piece.iov_len), peek);
            if (peek && taken > 0)
                break; // the next buffer would get the same bytes
        }
        return taken;
    }
}
