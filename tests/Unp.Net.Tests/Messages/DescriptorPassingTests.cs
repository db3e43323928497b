using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Messages;

/// <summary>Tests of messages with descriptors that all arrive.</summary>
public class DescriptorPassingTests
{
    [Theory]
    [InlineData(SOCK_STREAM, 1)]
    [InlineData(SOCK_STREAM, 2)]
    [InlineData(SOCK_DGRAM, 2)]
    [InlineData(SOCK_SEQPACKET, 2)]
    [InlineData(SOCK_STREAM, ControlSpace.MaxRights)]
    [InlineData(SOCK_DGRAM, ControlSpace.MaxRights)]
    public void Descriptors_arrive_in_order_and_close_on_exec(int type, int count)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            SafeHandle[] sent = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? read : write)];
            Assert.Equal(1, Sendmsg(first, "x"u8, descriptors: sent));
            Fd[] received = new Fd[count];
            byte[] buffer = new byte[10];
            ReceivedMessage message = Recvmsg(second, buffer, 0, default, received);
            Assert.Equal(
                (1, count, 0, false),
                (message.Length, message.DescriptorCount, message.DescriptorsClosed, message.IsControlTruncated));
            Assert.False(message.Control.GetEnumerator().MoveNext());
            for (int i = 0; i < count; i++)
            {
                using (received[i])
                {
                    Assert.True(Kernel.IsCloseOnExec(received[i]));
                    Assert.Equal(i % 2 == 0 ? O_RDONLY : O_WRONLY, Fcntl(received[i], F_GETFL) & O_ACCMODE);
                }
            }
            Assert.False(read.IsClosed || write.IsClosed);
        }
    }

    [Fact]
    public void Descriptor_numbers_in_control_data_are_minus_one()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.PassCred, true);
        Sendmsg(first, "x"u8, descriptors: [first]);
        Fd[] received = new Fd[2];
        ReceivedMessage message = Recvmsg(
            second, new byte[1], 0, stackalloc byte[ControlSpace.Credentials + ControlSpace.Rights(2)], received);
        using Fd copy = received[0];
        Assert.Equal((1, null), (message.DescriptorCount, received[1]));
        int seen = 0;
        foreach (ControlMessage control in message.Control)
        {
            if (control.Level == SOL_SOCKET && control.Type == SCM_RIGHTS)
                Assert.Equal(-1, MemoryMarshal.Read<int>(control.Data));
            seen++;
        }
        Assert.Equal(2, seen);
    }

    [Fact]
    public void Control_messages_and_descriptors_arrive_together()
    {
        using var pair = SocketPair.Unix(SOCK_DGRAM, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.PassCred, true);
        PeerCredentials self = Getpeercred(second);
        var control = new ControlWriter(stackalloc byte[100]);
        control.Add(
            SOL_SOCKET, SCM_CREDENTIALS,
            MemoryMarshal.AsBytes((ReadOnlySpan<uint>)[(uint)self.ProcessId!, self.UserId, self.GroupId]));
        Sendmsg(first, "x"u8, 0, default, control.Written, [first, second, first]);
        Fd[] received = new Fd[3];
        ReceivedMessage message = Recvmsg(second, new byte[1], 0, new byte[200], received);
        Assert.Equal(3, message.DescriptorCount);
        foreach (ControlMessage one in message.Control)
            Assert.True(one.Type == SCM_RIGHTS || (one.TryGetCredentials(out PeerCredentials who) && who == self));
        Array.ForEach(received, fd => fd.Dispose());
    }

    [Theory]
    [InlineData(254)]
    [InlineData(300)]
    public void More_than_253_descriptors_are_rejected(int count)
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        SafeHandle[] many = [.. Enumerable.Repeat(first, count)];
        Assert.StartsWith(
            $"One message cannot carry {count} descriptors. Use at most 253.",
            Assert.Throws<ArgumentException>("descriptors", () => Sendmsg(first, "x"u8, descriptors: many)).Message);
        Assert.StartsWith(
            $"One message cannot carry {count} descriptors. Use at most 253.",
            Assert.Throws<ArgumentException>("descriptors", () => Recvmsg(second, new byte[1], 0, default, new Fd[count]).Length).Message);
        Assert.Equal(0, Kernel.Waiting(second));
    }

    [Fact]
    public void Null_and_closed_descriptors_are_named_by_index()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Fd closed = Dup(first);
        string name = closed.ToString();
        closed.Dispose();
        Assert.Throws<ArgumentNullException>("descriptors[1]", () => Sendmsg(first, "x"u8, descriptors: [first, null!]));
        Assert.Equal(
            $"descriptors[2], {name} (closed)",
            Assert.Throws<ObjectDisposedException>(() => Sendmsg(first, "x"u8, descriptors: [first, second, closed])).ObjectName);
        Assert.Throws<ArgumentNullException>("sendfd", () => Write_fd(first, "x"u8, null!));
        Assert.Throws<ObjectDisposedException>(() => Write_fd(first, "x"u8, closed));
        Assert.Equal(0, Kernel.Waiting(second));
    }

    [Fact]
    public void Descriptors_without_data_are_rejected_on_stream_only()
    {
        foreach (int type in (int[])[SOCK_DGRAM, SOCK_SEQPACKET])
        {
            using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
            Assert.Equal(0, Sendmsg(first, default(ReadOnlySpan<byte>), descriptors: [first]));
            Fd[] received = new Fd[1];
            Assert.Equal(1, Recvmsg(second, default(Span<byte>), 0, default, received).DescriptorCount);
            received[0].Dispose();
        }
        using var stream = SocketPair.Unix(SOCK_STREAM, out Fd writer, out _);
        Assert.StartsWith(
            "Descriptors on a stream socket need at least one byte of data",
            Assert.Throws<ArgumentException>(
                "descriptors", () => Sendmsg(writer, new GatherBuffers(default, default), descriptors: [writer])).Message);
        Assert.Throws<ArgumentException>("descriptors", () => Write_fd(writer, default, writer));
    }

    [Fact]
    public void Peek_creates_descriptors_again()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Write_fd(first, "x"u8, first);
        Fd[] peeked = new Fd[1], received = new Fd[1];
        Assert.Equal(1, Recvmsg(second, new byte[1], MSG_PEEK, default, peeked).DescriptorCount);
        Assert.Equal(1, Recvmsg(second, new byte[1], 0, default, received).DescriptorCount);
        Assert.NotEqual(Kernel.Number(peeked[0]), Kernel.Number(received[0]));
        peeked[0].Dispose();
        received[0].Dispose();
    }

    [Fact]
    public void Sender_may_close_passed_SafeFileHandle_at_once()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        using var directory = new TempDirectory();
        File.WriteAllText(directory["file"], "of the file");
        using (SafeHandle file = File.OpenHandle(directory["file"]))
            Assert.Equal(1, Write_fd(first, "x"u8, file));
        Assert.Equal(1, Read_fd(second, new byte[5], out Fd? received));
        using (received)
        {
            byte[] text = new byte[20];
            Assert.Equal(11, Read(received!, text));
        }
    }

    [Fact]
    public void Read_fd_and_Write_fd_work_like_book()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        byte[] buffer = new byte[10];
        Assert.Equal(2, Write_fd(first, "ab"u8, first));
        Assert.Equal(2, Read_fd(second, buffer, out Fd? received));
        Assert.NotNull(received);
        using (received)
            Writen(received, "through it"u8);
        Assert.Equal(10, Readn(second, buffer));

        Writen(first, "none"u8);
        Assert.Equal(4, Read_fd(second, buffer, out received));
        Assert.Null(received);
        Sendmsg(first, "x"u8, descriptors: [first, second, second]);
        Assert.Equal(1, Read_fd(second, buffer, out received));
        received!.Dispose();

        Assert.Throws<ArgumentException>("buffer", () => Read_fd(second, default, out _));
        Kernel.SetNonBlocking(second);
        Assert.Equal((-1, Errno.EAGAIN), (read_fd(second, buffer, out received), Errno.Last));
        Assert.Null(received);
        Assert.Equal(
            $"read_fd error: Resource temporarily unavailable ({second})",
            Assert.Throws<UnpException>(() => Read_fd(second, buffer, out _)).Message);
        Shutdown(first, SHUT_WR);
        Assert.Equal(0, Read_fd(second, buffer, out received));
        Assert.Equal((-1, Errno.EPIPE), (write_fd(first, "x"u8, second), Errno.Last));
        Assert.Equal($"write_fd error: Broken pipe ({first})", Assert.Throws<UnpException>(() => Write_fd(first, "x"u8, second)).Message);
        using Fd file = Open("/dev/null", O_RDWR);
        Assert.Equal((-1, Errno.ENOTSOCK), (write_fd(file, default, second), Errno.Last));
    }

    [Fact]
    public void Descriptor_with_read_ahead_bytes_is_rejected()
    {
        using var channel = StreamPair.Unix(out Fd sender, out Fd receiver);
        using var pair = StreamPair.Unix(out Fd passed, out Fd other);
        Writen(other, "line\nrest"u8);
        byte[] buffer = new byte[10];
        Assert.Equal(5, Readline(passed, buffer));
        string expected = $"{passed} has 4 bytes that Readline has read ahead and that its receiver would never see. "
            + "Read them before passing the descriptor.";
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => Write_fd(sender, "x"u8, passed)).Message);
        Assert.Equal(
            expected, Assert.Throws<InvalidOperationException>(() => TrySendmsg(sender, "x"u8, out _, descriptors: [passed])).Message);
        Assert.Equal("rest"u8, buffer.AsSpan(0, Read(passed, buffer)));
        Assert.Equal(1, Write_fd(sender, "x"u8, passed));
        Assert.Equal(1, Read_fd(receiver, buffer, out Fd? received));
        received!.Dispose();
    }
}
