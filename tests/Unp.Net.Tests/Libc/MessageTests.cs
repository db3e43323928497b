using System.Runtime.InteropServices;

namespace Unp.Net.Tests.LibcCalls;

/// <summary>
/// Tests messages in each overload: several pieces, passed descriptors, several messages per call. The control data is built by hand.
/// </summary>
public sealed unsafe class MessageTests
{
    const int HeaderSize = 16; // on Linux, where these tests run: a length of 8 bytes, the level, the type

    public static TheoryData<string> Forms => [.. Form.All.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Pieces_are_written_and_filled_in_order(string form)
    {
        Form c = Form.All[form];
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        using Memory first = new("one"u8), second = new("and two"u8), little = new(4), rest = new(20);
        Assert.Equal(10, c.Writev(writer, [first.Piece, second.Piece]));
        Assert.Equal(10, c.Readv(reader, [little.Piece, rest.Piece]));
        Assert.Equal("onea"u8, little.Bytes);
        Assert.Equal("nd two"u8, rest.Bytes[..6]);
        Assert.All(rest.Bytes[6..].ToArray(), b => Assert.Equal(0, b));

        Assert.Equal(0, c.Writev(writer, []));
        iovec[] tooMany = [.. Enumerable.Repeat(default(iovec), IOV_MAX + 1)];
        Assert.Equal((-1, Errno.EINVAL), (c.Writev(writer, tooMany), Errno.Last));
        Assert.Equal((-1, Errno.EINVAL), (c.Readv(reader, tooMany), Errno.Last));
        Shutdown(writer, SHUT_WR);
        Assert.Equal(0, c.Readv(reader, [little.Piece, rest.Piece]));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Message_is_sent_and_received_with_address(string form)
    {
        Form c = Form.All[form];
        using Fd first = Loopback.Datagram(), second = Loopback.Datagram();
        using Memory a = new("data"u8), b = new("gram"u8), little = new(1), rest = new(4);
        SockAddr to = Getsockname(second), from = default;
        iovec* pieces = stackalloc iovec[2] { a.Piece, b.Piece };
        msghdr message = new() { msg_name = &to, msg_namelen = (uint)to.Length, msg_iov = pieces, msg_iovlen = 2 };
        Assert.Equal(8, c.Sendmsg(first, message, MSG_NOSIGNAL));

        Loopback.WaitUntilReadable(second);
        (pieces[0], pieces[1]) = (little.Piece, rest.Piece);
        message = new() { msg_name = &from, msg_namelen = SockAddr.Capacity, msg_iov = pieces, msg_iovlen = 2, msg_flags = -1 };
        Assert.Equal(8, c.Recvmsg(second, ref message, MSG_PEEK | MSG_TRUNC));
        Assert.Equal(5, c.Recvmsg(second, ref message, 0));
        Assert.Equal("d"u8, little.Bytes);
        Assert.Equal("atag"u8, rest.Bytes);
        Assert.Equal(MSG_TRUNC, message.msg_flags);
        Assert.Equal(Getsockname(first), new SockAddr(new ReadOnlySpan<byte>(&from, (int)message.msg_namelen)));
        Assert.Equal(0u, message.msg_controllen);

        message = new() { msg_iov = pieces, msg_iovlen = 2 };
        Assert.Equal((-1, Errno.EAGAIN), (c.Recvmsg(second, ref message, MSG_DONTWAIT), Errno.Last));
        Assert.Equal((-1, Errno.EDESTADDRREQ), (c.Sendmsg(first, message, 0), Errno.Last));
        message.msg_iovlen = IOV_MAX + 1;
        Assert.Equal((-1, Errno.EMSGSIZE), (c.Sendmsg(first, message, 0), Errno.Last));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Descriptor_is_passed_in_control_data(string form)
    {
        Form c = Form.All[form];
        using var pair = StreamPair.Unix(out Fd receiver, out Fd sender);
        using var passed = StreamPair.Unix(out Fd one, out Fd other);
        using Memory text = new("x"u8), control = new(HeaderSize + 8);
        WriteRights(control.Bytes, Kernel.Number(one));
        iovec piece = text.Piece;
        msghdr message = new() { msg_iov = &piece, msg_iovlen = 1, msg_control = control.Pointer, msg_controllen = HeaderSize + 8 };
        Assert.Equal(1, c.Sendmsg(sender, message, 0));

        control.Bytes.Clear();
        Assert.Equal(1, c.Recvmsg(receiver, ref message, MSG_CMSG_CLOEXEC));
        Assert.Equal(
            (0, HeaderSize + 4, SOL_SOCKET, SCM_RIGHTS),
            (message.msg_flags & MSG_CTRUNC, Int(control.Bytes, 0), Int(control.Bytes, 8), Int(control.Bytes, 12)));
        Assert.Equal(24u, message.msg_controllen);
        using Fd copy = new(Int(control.Bytes, HeaderSize));
        Assert.True(Kernel.IsCloseOnExec(copy));
        Assert.NotEqual(Kernel.Number(one), Kernel.Number(copy));
        Writen(copy, "through it"u8);
        Assert.Equal(10, Kernel.Waiting(other));

        // Without space for control data, no descriptor arrives, and MSG_CTRUNC reports it.
        message.msg_controllen = HeaderSize + 8;
        WriteRights(control.Bytes, Kernel.Number(one));
        Assert.Equal(1, c.Sendmsg(sender, message, 0));
        message.msg_controllen = 0;
        Assert.Equal(1, c.Recvmsg(receiver, ref message, 0));
        Assert.Equal(MSG_CTRUNC, message.msg_flags & MSG_CTRUNC);

        message.msg_controllen = HeaderSize + 8;
        WriteRights(control.Bytes, 999_999);
        Assert.Equal((-1, Errno.EBADF), (c.Sendmsg(sender, message, 0), Errno.Last));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Message_carries_at_most_253_descriptors(string form)
    {
        Form c = Form.All[form];
        using var pair = StreamPair.Unix(out Fd receiver, out Fd sender);
        using Memory text = new("x"u8), control = new(HeaderSize + ((SCM_MAX_FD + 1) * sizeof(int)));
        iovec piece = text.Piece;
        nuint room = (nuint)control.Bytes.Length;
        msghdr message = new() { msg_iov = &piece, msg_iovlen = 1, msg_control = control.Pointer, msg_controllen = room };
        WriteRights(control.Bytes, [.. Enumerable.Repeat(Kernel.Number(sender), SCM_MAX_FD + 1)]);
        Assert.Equal((-1, Errno.EINVAL), (c.Sendmsg(sender, message, 0), Errno.Last));

        WriteRights(control.Bytes, [.. Enumerable.Repeat(Kernel.Number(sender), SCM_MAX_FD)]);
        message.msg_controllen = HeaderSize + ((nuint)SCM_MAX_FD * sizeof(int));
        Assert.Equal(1, c.Sendmsg(sender, message, 0));
        message.msg_controllen = room;
        Assert.Equal(1, c.Recvmsg(receiver, ref message, MSG_CMSG_CLOEXEC));
        Assert.Equal(HeaderSize + (SCM_MAX_FD * sizeof(int)), Int(control.Bytes, 0));
        for (int i = 0; i < SCM_MAX_FD; i++)
            new Fd(Int(control.Bytes, HeaderSize + (i * sizeof(int)))).Dispose();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Several_messages_are_sent_and_received_per_call(string form)
    {
        const int Count = 5;
        Form c = Form.All[form];
        using Fd first = Loopback.Datagram(), second = Loopback.Datagram();
        using Memory sent = new(Count), received = new(Count * 8);
        SockAddr to = Getsockname(second);
        iovec* pieces = stackalloc iovec[Count];
        SockAddr* names = stackalloc SockAddr[Count];
        mmsghdr[] messages = new mmsghdr[Count];
        for (int i = 0; i < Count; i++)
        {
            sent.Bytes[i] = (byte)(i + 1);
            pieces[i] = new() { iov_base = sent.Pointer, iov_len = (nuint)i };
            messages[i].msg_hdr = new() { msg_name = &to, msg_namelen = (uint)to.Length, msg_iov = pieces + i, msg_iovlen = 1 };
            messages[i].msg_len = 99;
        }
        Assert.Equal(Count, c.Sendmmsg(first, messages, 0));
        Assert.Equal([0u, 1, 2, 3, 4], messages.Select(m => m.msg_len));

        for (int i = 0; i < Count; i++)
        {
            pieces[i] = new() { iov_base = received.Pointer + (i * 8), iov_len = 3 };
            messages[i].msg_hdr = new() { msg_name = names + i, msg_namelen = SockAddr.Capacity, msg_iov = pieces + i, msg_iovlen = 1 };
        }
        timespec limit = new() { tv_sec = 10 };
        Assert.Equal(Count, c.Recvmmsg(second, messages, 0, &limit));
        Assert.Equal([0u, 1, 2, 3, 3], messages.Select(m => m.msg_len));
        Assert.Equal([0, 0, 0, 0, MSG_TRUNC], messages.Select(m => m.msg_hdr.msg_flags));
        Assert.Equal((byte[])[1, 2, 3, 0], received.Bytes.Slice(24, 4).ToArray());
        for (int i = 0; i < Count; i++)
            Assert.Equal(Getsockname(first), new SockAddr(new ReadOnlySpan<byte>(names + i, (int)messages[i].msg_hdr.msg_namelen)));

        // One message is available, so the call does not wait for another.
        Sendto(first, "one"u8, 0, to);
        Assert.Equal(1, c.Recvmmsg(second, messages, MSG_WAITFORONE, null));
        Assert.Equal((-1, Errno.EAGAIN), (c.Recvmmsg(second, messages, MSG_DONTWAIT, null), Errno.Last));
        limit.tv_nsec = 1_000_000_000;
        Assert.Equal((-1, Errno.EINVAL), (c.Recvmmsg(second, messages, MSG_DONTWAIT, &limit), Errno.Last));
        Assert.Equal(0, c.Sendmmsg(first, [], 0));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void First_failing_message_ends_batch(string form)
    {
        Form c = Form.All[form];
        using Fd first = Loopback.Datagram(), second = Loopback.Datagram();
        SockAddr to = Getsockname(second);
        msghdr good = new() { msg_name = &to, msg_namelen = (uint)to.Length };
        Assert.Equal(1, c.Sendmmsg(first, [new() { msg_hdr = good }, default, new() { msg_hdr = good }], 0));
        Assert.Equal((-1, Errno.EDESTADDRREQ), (c.Sendmmsg(first, [default, new() { msg_hdr = good }], 0), Errno.Last));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Mark_is_at_urgent_byte(string form)
    {
        Form c = Form.All[form];
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Send(client, "ab"u8);
        Send(client, "!"u8, MSG_OOB);
        Send(client, "c"u8);
        Loopback.WaitUntilReadable(server);
        byte[] buffer = new byte[10];
        Assert.Equal(0, c.Sockatmark(server));
        Assert.Equal(2, Read(server, buffer)); // up to the mark
        Assert.Equal(1, c.Sockatmark(server));
        Assert.Equal(1, recv(server, buffer, MSG_OOB));
        Assert.Equal((byte)'!', buffer[0]);
        Assert.Equal(1, Read(server, buffer));
        Assert.Equal(0, c.Sockatmark(server));

        using Fd file = Open("/dev/null", O_RDONLY);
        Assert.Equal((-1, Errno.ENOTTY), (c.Sockatmark(file), Errno.Last));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Messages_do_not_allocate(string form)
    {
        Form c = Form.All[form];
        using Fd fd = Loopback.Datagram();
        SockAddr to = Getsockname(fd);
        using Memory memory = new(8);
        iovec piece = memory.Piece;
        mmsghdr[] several = new mmsghdr[1];
        iovec[] pieces = [piece];
        Connect(fd, to);
        long before = 0;
        for (int round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                msghdr message = new() { msg_name = &to, msg_namelen = (uint)to.Length, msg_iov = &piece, msg_iovlen = 1 };
                several[0].msg_hdr = message;
                nint sum = c.Sendmsg(fd, message, 0) + c.Recvmsg(fd, ref message, 0)
                    + c.Sendmmsg(fd, several, 0) + c.Recvmmsg(fd, several, 0, null)
                    + c.Writev(fd, pieces) + c.Readv(fd, pieces);
                if (sum != 34)
                    Assert.Fail($"{sum}: {Errno.Last}");
            }
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    static void WriteRights(Span<byte> control, params ReadOnlySpan<int> descriptors)
    {
        control.Clear();
        MemoryMarshal.Write(control, (long)(HeaderSize + (descriptors.Length * sizeof(int))));
        MemoryMarshal.Write(control[8..], SOL_SOCKET);
        MemoryMarshal.Write(control[12..], SCM_RIGHTS);
        MemoryMarshal.AsBytes(descriptors).CopyTo(control[HeaderSize..]);
    }

    static int Int(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<int>(bytes[offset..]);

    /// <summary>Native memory, which never moves.</summary>
    sealed class Memory : IDisposable
    {
        readonly int length;

        public Memory(int length)
        {
            this.length = length;
            Pointer = (byte*)NativeMemory.AllocZeroed((nuint)length);
        }

        public Memory(ReadOnlySpan<byte> content)
            : this(content.Length) => content.CopyTo(Bytes);

        public byte* Pointer { get; }

        public Span<byte> Bytes => new(Pointer, length);

        public iovec Piece => new() { iov_base = Pointer, iov_len = (nuint)length };

        public void Dispose() => NativeMemory.Free(Pointer);
    }
}
