namespace Unp.Net.Tests.Messages;

/// <summary>Tests of the data, addresses and flags of single messages.</summary>
public class SendmsgTests
{
    [Theory]
    [MemberData(nameof(SocketPair.Types), MemberType = typeof(SocketPair))]
    public void Message_arrives_from_one_buffer_in_one(int type)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        byte[] buffer = new byte[10];
        Assert.Equal(5, Sendmsg(first, "hello"u8));
        ReceivedMessage received = Recvmsg(second, buffer);
        Assert.Equal((5, 0, 0, 0), (received.Length, received.Flags & ~MSG_EOR, received.DescriptorCount, received.DescriptorsClosed));
        Assert.False(received.IsTruncated || received.IsControlTruncated);
        Assert.Equal("hello"u8, buffer.AsSpan(0, 5));
        Assert.Equal(default, received.Address);
        Assert.False(received.Control.GetEnumerator().MoveNext());
        Assert.Null(received.Pidfd);
    }

    [Theory]
    [MemberData(nameof(SocketPair.Types), MemberType = typeof(SocketPair))]
    public void Three_buffers_become_one_message_in_two_buffers(int type)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        byte[] head = new byte[4], rest = new byte[20];
        Assert.Equal(9, Sendmsg(first, new GatherBuffers("abc"u8, default, "defghi"u8)));
        Assert.Equal(9, Recvmsg(second, new ScatterBuffers(head, rest)).Length);
        Assert.Equal("abcd"u8, head);
        Assert.Equal("efghi"u8, rest.AsSpan(0, 5));
    }

    [Theory]
    [MemberData(nameof(SocketPair.Types), MemberType = typeof(SocketPair))]
    public void Eight_buffers_are_sent_and_filled_in_order(int type)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        Assert.Equal(8, Sendmsg(first, new GatherBuffers("1"u8, "2"u8, "3"u8, "4"u8, "5"u8, "6"u8, "7"u8, "8"u8)));
        byte[] all = new byte[8];
        Assert.Equal(8, Recvmsg(second, new ScatterBuffers(
            all.AsSpan(7), all.AsSpan(6, 1), all.AsSpan(5, 1), all.AsSpan(4, 1),
            all.AsSpan(3, 1), all.AsSpan(2, 1), all.AsSpan(1, 1), all.AsSpan(0, 1))).Length);
        Assert.Equal("87654321"u8, all);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(IOV_MAX)]
    public void Many_memories_become_one_message(int count)
    {
        using var pair = SocketPair.Unix(SOCK_SEQPACKET, out Fd first, out Fd second);
        byte[] sent = [.. Enumerable.Range(0, count).Select(i => (byte)i)], received = new byte[count];
        ReadOnlyMemory<byte>[] from = [.. Enumerable.Range(0, count).Select(i => new ReadOnlyMemory<byte>(sent, i, 1))];
        Memory<byte>[] to = [.. Enumerable.Range(0, count).Select(i => received.AsMemory(i, 1))];
        Assert.Equal(count, Sendmsg(first, from));
        Assert.Equal(count, Recvmsg(second, to).Length);
        Assert.Equal(sent, received);
    }

    [Fact]
    public void More_memories_than_IOV_MAX_are_rejected_by_kernel()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out _);
        var failure = Assert.Throws<UnpException>(() => Sendmsg(first, new ReadOnlyMemory<byte>[IOV_MAX + 1]));
        Assert.Equal($"sendmsg error: Message too long ({first})", failure.Message);
        Assert.Throws<UnpException>(() => Recvmsg(first, new Memory<byte>[IOV_MAX + 1]).Length);
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Address_is_receiver_and_sender(int family)
    {
        using Fd first = Loopback.Datagram(family), second = Loopback.Datagram(family);
        byte[] buffer = new byte[10];
        Sendmsg(first, "to you"u8, to: Getsockname(second));
        ReceivedMessage received = Recvmsg(second, buffer);
        Assert.Equal(Getsockname(first), received.Address);
        Sendmsg(second, buffer.AsSpan(0, received.Length), to: received.Address);
        Assert.Equal(6, Recvmsg(first, buffer).Length);
    }

    [Fact]
    public void Truncated_datagram_reports_full_length()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        byte[] buffer = new byte[3];
        for (int i = 0; i < 3; i++)
            Sendmsg(first, "longer"u8);
        ReceivedMessage received = Recvmsg(second, buffer);
        Assert.Equal((3, MSG_TRUNC, true), (received.Length, received.Flags, received.IsTruncated));
        received = Recvmsg(second, buffer, MSG_TRUNC);
        Assert.Equal((6, true), (received.Length, received.IsTruncated));
        Assert.Equal("lon"u8, buffer);
        received = Recvmsg(second, default(Span<byte>), MSG_TRUNC);
        Assert.Equal((6, true), (received.Length, received.IsTruncated));
    }

    [Fact]
    public void Flags_are_passed_and_returned()
    {
        using var pair = SocketPair.Unix(SOCK_SEQPACKET, out Fd first, out Fd second);
        byte[] buffer = new byte[3];
        Sendmsg(first, "abc"u8, MSG_EOR);
        Assert.Equal(3, Recvmsg(second, buffer, MSG_PEEK).Length);
        Assert.Equal(0, Recvmsg(second, buffer).Flags & ~MSG_EOR);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Recvmsg(second, buffer, MSG_DONTWAIT).Length).Errno);

        using var tcp = StreamPair.Tcp(out Fd client, out Fd server);
        Sendmsg(client, "!"u8, MSG_OOB);
        Limit.Until(() => Sockatmark(server), "at the mark");
        Assert.Equal(MSG_OOB, Recvmsg(server, buffer, MSG_OOB).Flags);
    }

    [Fact]
    public void Empty_datagram_differs_from_end_of_stream()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        byte[] buffer = new byte[1];
        Assert.Equal(0, Sendmsg(first, default(ReadOnlySpan<byte>)));
        ReceivedMessage received = Recvmsg(second, buffer);
        Assert.Equal((0, Getsockname(first)), (received.Length, received.Address));

        using var stream = StreamPair.Unix(out Fd reader, out Fd writer);
        Shutdown(writer, SHUT_WR);
        Assert.Equal(0, Recvmsg(reader, buffer).Length);
    }

    [Fact]
    public void Read_ahead_bytes_are_returned_first_and_alone()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        byte[] buffer = new byte[20], little = new byte[2];
        Writen(writer, "line\nahead"u8);
        Assert.Equal(5, Readline(reader, buffer));
        Writen(writer, "behind"u8);

        Assert.Equal(2, Recvmsg(reader, new ScatterBuffers(default, little, buffer), MSG_PEEK).Length);
        Assert.Equal("ah"u8, little);
        Fd[] room = new Fd[1];
        Assert.Equal(5, Recvmsg(reader, new ScatterBuffers(little, buffer), 0, new byte[100], room).Length);
        Assert.Equal("ead"u8, buffer.AsSpan(0, 3));
        Assert.Equal(6, Recvmsg(reader, buffer).Length);
        Assert.Equal("behind"u8, buffer.AsSpan(0, 6));
    }

    [Fact]
    public void Error_texts_are_like_book_with_address()
    {
        using Fd fd = Loopback.Datagram();
        byte[] large = new byte[70_000];
        SockAddr to = Getsockname(fd);
        Assert.Equal($"sendmsg error: Message too long ({to})", Assert.Throws<UnpException>(() => Sendmsg(fd, large, 0, to)).Message);
        Assert.Equal($"sendmsg error: Destination address required ({fd})", Assert.Throws<UnpException>(() => Sendmsg(fd, "x"u8)).Message);
        using Fd unconnected = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(
            $"recvmsg error: Transport endpoint is not connected ({unconnected})",
            Assert.Throws<UnpException>(() => Recvmsg(unconnected, large).Length).Message);
        var pair = StreamPair.Unix(out Fd alive, out Fd dead);
        using (pair)
        {
            dead.Dispose();
            Assert.Equal($"sendmsg error: Broken pipe ({alive})", Assert.Throws<UnpException>(() => Sendmsg(alive, "x"u8)).Message);
            Assert.Throws<ObjectDisposedException>(() => Recvmsg(dead, large).Length);
        }
        Assert.Throws<ObjectDisposedException>(() => Sendmsg(alive, "x"u8));
        using Fd file = Open("/dev/null", O_RDONLY);
        Assert.Equal(
            $"sockatmark error: Inappropriate ioctl for device ({file})",
            Assert.Throws<UnpException>(() => Sockatmark(file)).Message);
        Assert.Throws<ArgumentNullException>("fd", () => Sendmsg(null!, "x"u8));
    }

    [Fact]
    public void Interrupted_call_is_restarted()
    {
        using var interruption = new Sockets.Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.MakeInterruptible(first);
        byte[] buffer = new byte[10];
        var receiver = new BlockedThread<int>(() => Recvmsg(first, buffer).Length);
        interruption.Hit(receiver, "recvmsg");
        receiver.WaitUntilIn("recvmsg");
        Writen(second, "after"u8);
        Assert.Equal(5, receiver.Result);
    }
}
