using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Messages;

/// <summary>Tests of descriptors that do not fit. The loss must be reported, and no descriptor may leak, which the census checks.</summary>
public unsafe class DescriptorLossTests
{
    [Theory]
    [MemberData(nameof(SocketPair.Types), MemberType = typeof(SocketPair))]
    public void Receive_without_space_returns_no_descriptor(int type)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        Sendmsg(first, "x"u8, descriptors: [first, second]);
        ReceivedMessage received = Recvmsg(second, new byte[1]);
        Assert.Equal((1, true, 0, 0), (received.Length, received.IsControlTruncated, received.DescriptorCount, received.DescriptorsClosed));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 0)]
    public void Descriptors_beyond_span_are_closed(int room, int closed)
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Sendmsg(first, "x"u8, descriptors: [first, first, first, first, first]);
        Fd[] descriptors = new Fd[room];
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, stackalloc byte[ControlSpace.Rights(5)], descriptors);
        Assert.Equal((room, closed, false), (received.DescriptorCount, received.DescriptorsClosed, received.IsControlTruncated));
        Array.ForEach(descriptors, fd => fd.Dispose());
    }

    [Fact]
    public void Descriptors_beyond_span_are_lost_without_control_buffer()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Sendmsg(first, "x"u8, descriptors: (SafeHandle[])[.. Enumerable.Repeat(first, 200)]);
        Fd[] one = new Fd[1];
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, default, one);
        Assert.Equal((1, true), (received.DescriptorCount, received.IsControlTruncated || received.DescriptorsClosed == 199));
        one[0].Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(31)]
    public void Small_control_buffer_returns_descriptors_that_fit(int size)
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Sendmsg(first, "x"u8, descriptors: [first, first, first, first, first]);
        Fd[] descriptors = new Fd[5];
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, stackalloc byte[size], descriptors);
        int fit = Math.Max(0, (size - 16) / sizeof(int));
        Assert.Equal((1, true, fit), (received.Length, received.IsControlTruncated, received.DescriptorCount));
        for (int i = 0; i < fit; i++)
            descriptors[i].Dispose();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(19, 1)]
    [InlineData(26, 3)]
    [InlineData(4000, 3)]
    public void Receive_for_macOS_sees_every_descriptor(int size, int count)
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Sendmsg(first, "x"u8, descriptors: [first, first, first, first, first]);
        Fd[] descriptors = new Fd[count];
        byte* control = stackalloc byte[4000];
        MessageFacts facts = default;
        Assert.Equal(
            (1, size >= 36 ? 0 : MSG_CTRUNC, Math.Min(size, 40)), ReceiveForMacOS(second, control, size, 0, descriptors, ref facts));
        Assert.Equal((count, 5 - count), (facts.DescriptorCount, facts.DescriptorsClosed));
        for (int i = 16; i + sizeof(int) <= Math.Min(size, 36); i += sizeof(int))
            Assert.Equal(-1, *(int*)(control + i));
        foreach (Fd fd in descriptors)
        {
            using (fd)
                Assert.True(Kernel.IsCloseOnExec(fd));
        }
    }

    [Fact]
    public void Failed_receive_for_macOS_keeps_control_buffer()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out _, out Fd second);
        byte* control = stackalloc byte[24];
        MessageFacts facts = default;
        Assert.Equal((-1, 0, 24), ReceiveForMacOS(second, control, 24, MSG_DONTWAIT, [], ref facts));
        Assert.Equal(Errno.EAGAIN, Errno.Last);
    }

    [Fact]
    public void Process_at_descriptor_limit_receives_first_descriptors()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        byte[] buffer = new byte[1];
        Fd[] descriptors = new Fd[5];
        for (int i = 0; i < 3; i++)
            Sendmsg(first, "x"u8, descriptors: [first, first, first, first, first]);
        Receive(second, buffer, descriptors, out _, out _); // warm-up, so that the runtime needs no file during the limit
        Array.ForEach(descriptors, fd => fd.Dispose());

        int some, none;
        bool truncated, truncatedToo;
        using (var limit = new DescriptorLimit())
        {
            limit.FreeOne();
            limit.FreeOne();
            Receive(second, buffer, descriptors, out some, out truncated);
            Receive(second, buffer, new Fd[5], out none, out truncatedToo);
        }
        Assert.Equal((2, true, 0, true), (some, truncated, none, truncatedToo));
        descriptors[0].Dispose();
        descriptors[1].Dispose();
    }

    [Theory]
    [InlineData(SOCK_STREAM)]
    [InlineData(SOCK_SEQPACKET)]
    public void Descriptors_of_closed_peer_arrive(int type)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        byte[] buffer = new byte[10];
        Sendmsg(first, "x"u8, descriptors: [first]);
        Sendmsg(first, "bytes"u8);
        first.Dispose();
        Fd[] one = new Fd[1];
        ReceivedMessage received = Recvmsg(second, buffer, 0, default, one);

        // A receive with descriptors ends before later bytes, on a stream, too.
        Assert.Equal((1, 1), (received.Length, received.DescriptorCount));
        one[0].Dispose();
        received = Recvmsg(second, buffer, 0, default, one);
        Assert.Equal((5, 0), (received.Length, received.DescriptorCount));
        Assert.Equal(0, Recvmsg(second, buffer).Length);
    }

    [Fact]
    public void Readline_loses_descriptors()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        byte[] buffer = new byte[10];
        Write_fd(first, "a\nb\n"u8, first);
        Assert.Equal(2, Readline(second, buffer));
        Assert.Equal(2, Read_fd(second, buffer, out Fd? none));
        Assert.Null(none);
    }

    [Fact]
    public void Read_fd_returns_end_of_file_after_peer_is_killed()
    {
        using Fd listenfd = Loopback.Listener(SockAddr.UnixAbstract($"unp-{Environment.ProcessId}-dies"));
        using Peer peer = ChildProcess.Start("connect to", Getsockname(listenfd).ToString());
        using Fd connection = Accept(listenfd);
        Assert.Equal("connected", peer.ReadLine());
        peer.Kill(SIGKILL).WaitForExit();
        Assert.Equal(0, Read_fd(connection, new byte[1], out Fd? none));
        Assert.Null(none);
    }

    [Fact]
    public void Kernel_closes_descriptors_that_are_never_received()
    {
        var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            using (write)
                Sendmsg(first, "x"u8, descriptors: [write]);
            pair.Dispose();
            Assert.True(second.IsClosed);
            Assert.Equal(0, Limit.Run(() => Read(read, new byte[1]))); // the kernel has closed the descriptor in transit
        }
    }

    /// <summary>Receives one byte as on macOS. Returns the result, the flags and the length of the control data.</summary>
    static (nint Result, int Flags, int Length) ReceiveForMacOS(
        Fd fd, byte* control, int size, int flags, Fd[] descriptors, ref MessageFacts facts)
    {
        byte data;
        var piece = new iovec(&data, 1);
        void* buffer = size == 0 ? null : control;
        var message = new msghdr { msg_iov = &piece, msg_iovlen = 1, msg_control = buffer, msg_controllen = (nuint)size };
        nint n = RecvAllRights(fd, &message, flags, descriptors, ref facts);
        Assert.True(message.msg_control == buffer);
        return (n, message.msg_flags, (int)message.msg_controllen);
    }

    static void Receive(Fd fd, byte[] buffer, Fd[] descriptors, out int count, out bool truncated)
    {
        ReceivedMessage received = Recvmsg(fd, buffer, 0, default, descriptors);
        (count, truncated) = (received.DescriptorCount, received.IsControlTruncated);
    }
}
