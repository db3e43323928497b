namespace Unp.Net.Tests.Messages;

/// <summary>Tests of batches: with one system call, and with the loop that replaces it on systems without the call.</summary>
public class MessageBatchTests
{
    public static TheoryData<int, bool> FamiliesAndWays => new()
    {
        { AF_INET, false }, { AF_INET, true }, { AF_INET6, false }, { AF_INET6, true },
    };

    static int SendBatch(bool loop, Fd fd, MessageBatch batch, int count, int flags = 0, int start = 0) =>
        loop ? SendEach(fd, batch, count, flags, start) : Sendmmsg(fd, batch, count, flags, start);

    static int ReceiveBatch(bool loop, Fd fd, MessageBatch batch, int flags = 0, bool fill = false) =>
        loop ? RecvEach(fd, batch, flags, fill) : Recvmmsg(fd, batch, flags, fill);

    [Theory]
    [MemberData(nameof(FamiliesAndWays))]
    public void Each_message_arrives_at_its_address_with_its_length(int family, bool loop)
    {
        using Fd sender = Loopback.Datagram(family), first = Loopback.Datagram(family), second = Loopback.Datagram(family);
        var batch = new MessageBatch(5, 10);
        for (int i = 0; i < 5; i++)
        {
            BatchMessage message = batch[i];
            message.Buffer.Fill((byte)(i + 1));
            message.Length = i;
            message.Address = Getsockname(i % 2 == 0 ? first : second);
        }
        Assert.Equal(5, SendBatch(loop, sender, batch, 5));

        var received = new MessageBatch(8, 3);
        Assert.Equal(3, ReceiveBatch(loop, first, received));
        Assert.Equal((0, 2, 3), (received[0].Length, received[1].Length, received[2].Length));
        Assert.Equal((false, false, true), (received[0].IsTruncated, received[1].IsTruncated, received[2].IsTruncated));
        Assert.Equal((byte[])[3, 3], received[1].Data.ToArray());
        for (int i = 0; i < 3; i++)
            Assert.Equal(Getsockname(sender), received[i].Address);
        Assert.Equal(2, ReceiveBatch(loop, second, received));
        Assert.Equal((1, 3, 0), (received[0].Length, received[1].Length, received[1].Flags));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Received_batch_can_be_sent_back(bool loop)
    {
        using Fd server = Loopback.Datagram(), first = Loopback.Datagram(), second = Loopback.Datagram();
        Setsockopt(server, SocketOptions.Timestamp, true);
        Sendto(first, "one"u8, 0, Getsockname(server));
        Sendto(second, "second"u8, 0, Getsockname(server));
        var batch = new MessageBatch(4, 100, ControlSpace.Timestamp);
        Assert.Equal(2, ReceiveBatch(loop, server, batch));
        Assert.True(batch[0].Control.GetEnumerator().MoveNext());
        Assert.Equal(2, SendBatch(loop, server, batch, 2));
        byte[] buffer = new byte[10];
        Assert.Equal(3, Recv(first, buffer));
        Assert.Equal(6, Recv(second, buffer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_message_has_own_control_messages(bool loop)
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.IpRecvTtl, true);
        Setsockopt(second, SocketOptions.IpPktInfo, true);
        var batch = new MessageBatch(3, 1, ControlSpace.Number);
        for (int i = 0; i < 3; i++)
        {
            var control = new ControlWriter(batch[i].ControlBuffer);
            control.AddHopLimit(AF_INET, i + 10);
            batch[i].SetControl(control.Written);
            batch[i].Length = 1;
        }
        batch[1].SetControl(default);
        Assert.Equal(3, SendBatch(loop, first, batch, 3));

        var received = new MessageBatch(3, 1, ControlSpace.PacketInfo + ControlSpace.Number);
        Assert.Equal(3, ReceiveBatch(loop, second, received));
        int[] hops = new int[3];
        for (int i = 0; i < 3; i++)
        {
            foreach (ControlMessage message in received[i].Control)
                hops[i] = message.TryGetHopLimit(out int value) ? value : hops[i];
            Assert.True(received[i].TryGetPacketInfo(out PacketInfo info));
            Assert.Equal(SockAddr.Loopback(AF_INET), info.Destination);
        }
        Assert.Equal((10, 64, 12), (hops[0], hops[1], hops[2]));

        var little = new MessageBatch(1, 1, 4);
        SendBatch(loop, first, batch, 1);
        ReceiveBatch(loop, second, little);
        Assert.True(little[0].IsControlTruncated);
        Assert.StartsWith(
            "The control messages have 24 bytes, but the batch was created with a controlSize of 4.",
            Assert.Throws<ArgumentException>("written", () => little[0].SetControl(new byte[24])).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Failed_message_ends_batch_and_next_call_throws_reason(bool loop)
    {
        using Fd first = Loopback.Datagram(), second = Loopback.Datagram();
        var batch = new MessageBatch(3, 70_000);
        for (int i = 0; i < 3; i++)
        {
            batch[i].Address = Getsockname(second);
            batch[i].Length = i == 1 ? 70_000 : 1;
        }
        Assert.Equal(1, SendBatch(loop, first, batch, 3));
        var failure = Assert.Throws<UnpException>(() => SendBatch(loop, first, batch, 2, 0, 1));
        Assert.Equal($"sendmmsg error: Message too long ({Getsockname(second)})", failure.Message);
        Assert.Equal(1, SendBatch(loop, first, batch, 1, 0, 2));
        Assert.Equal(0, SendBatch(loop, first, batch, 0, 0, 3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Full_socket_sends_part_of_batch(bool loop)
    {
        using var pair = SocketPair.Unix(SOCK_DGRAM, out Fd first, out Fd second);
        var batch = new MessageBatch(IOV_MAX, 1000);
        for (int i = 0; i < batch.Count; i++)
            batch[i].Length = 1000;
        int sent = SendBatch(loop, first, batch, batch.Count, MSG_DONTWAIT);
        Assert.InRange(sent, 1, batch.Count - 1);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => SendBatch(loop, first, batch, 1, MSG_DONTWAIT)).Errno);
        int received = 0;
        while (received < sent)
            received += ReceiveBatch(loop, second, batch);
        Assert.Equal(sent, received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Error_before_first_message_is_thrown(bool loop)
    {
        using Fd fd = Loopback.Datagram();
        var batch = new MessageBatch(2, 10);
        Assert.Equal(
            $"recvmmsg error: Resource temporarily unavailable ({fd})",
            Assert.Throws<UnpException>(() => ReceiveBatch(loop, fd, batch, MSG_DONTWAIT)).Message);
        Assert.Equal(
            $"sendmmsg error: Destination address required ({fd})",
            Assert.Throws<UnpException>(() => SendBatch(loop, fd, batch, 1)).Message);
        Kernel.SetTimeouts(fd, microseconds: 1000);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => ReceiveBatch(loop, fd, batch)).Errno);

        // After the first message, the timeout only ends the wait for further ones, even with fill.
        Sendto(fd, "x"u8, 0, Getsockname(fd));
        Assert.Equal(1, ReceiveBatch(loop, fd, batch, fill: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fill_waits_until_batch_is_full(bool loop)
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        var batch = new MessageBatch(2, 10);
        Send(first, "1"u8);
        var receiver = new BlockedThread<int>(() => ReceiveBatch(loop, second, batch, fill: true));
        receiver.WaitUntilIn(loop ? "recvmsg" : "recvmmsg");
        Send(first, "2"u8);
        Assert.Equal(2, receiver.Result);
        Assert.Equal("2"u8, batch[1].Data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Interrupted_call_is_restarted(bool loop)
    {
        using var interruption = new Sockets.Interruption();
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Kernel.MakeInterruptible(second);
        var batch = new MessageBatch(2, 10);
        var receiver = new BlockedThread<int>(() => ReceiveBatch(loop, second, batch));
        interruption.Hit(receiver, loop ? "recvmsg" : "recvmmsg");
        receiver.WaitUntilIn(loop ? "recvmsg" : "recvmmsg");
        Send(first, "after"u8);
        Assert.Equal(1, receiver.Result);
    }

    [Fact]
    public void Signal_returns_received_messages_without_later_error()
    {
        using var interruption = new Sockets.Interruption();
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Kernel.MakeInterruptible(second);
        var batch = new MessageBatch(2, 10);
        Send(first, "1"u8);
        var receiver = new BlockedThread<int>(() => Recvmmsg(second, batch, fill: true));
        receiver.WaitUntilIn("recvmmsg");
        interruption.Hit(receiver, "recvmmsg");
        Assert.Equal(1, receiver.Result);
        Send(first, "2"u8);
        Assert.Equal(1, Recvmmsg(second, batch));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Received_descriptors_are_closed(bool loop)
    {
        using var pair = SocketPair.Unix(SOCK_DGRAM, out Fd first, out Fd second);
        for (int i = 0; i < 3; i++)
            Sendmsg(first, "x"u8, descriptors: [first, second]);
        var batch = new MessageBatch(4, 10, ControlSpace.Rights(2));
        Assert.Equal(3, ReceiveBatch(loop, second, batch));
        foreach (ControlMessage message in batch[2].Control)
            Assert.Equal((byte[])[255, 255, 255, 255, 255, 255, 255, 255], message.Data.ToArray());
    }

    [Fact]
    public void Invalid_arguments_are_rejected_before_system_call()
    {
        using Fd fd = Loopback.Datagram();
        var batch = new MessageBatch(2, 10);
        Assert.Equal((2, 10, 0), (batch.Count, batch.Size, batch.ControlSize));
        foreach (int count in (int[])[0, -1, IOV_MAX + 1])
            Assert.Throws<ArgumentOutOfRangeException>("count", () => new MessageBatch(count, 1));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => new MessageBatch(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => new MessageBatch(1024, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("controlSize", () => new MessageBatch(1, 1, -1));
        foreach (int index in (int[])[-1, 2])
            Assert.Throws<ArgumentOutOfRangeException>("index", () => batch[index].Length);
        foreach (int length in (int[])[-1, 11])
        {
            Assert.Throws<ArgumentOutOfRangeException>("value", () => batch[0].Length = length);
        }
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Sendmmsg(fd, batch, 3));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Sendmmsg(fd, batch, -1));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => Sendmmsg(fd, batch, 0, 0, 3));
        Assert.Throws<ArgumentNullException>("batch", () => Sendmmsg(fd, null!, 0));
        Assert.Throws<ArgumentNullException>("batch", () => Recvmmsg(fd, null!));
        Assert.Throws<ArgumentNullException>("fd", () => Recvmmsg(null!, batch));
    }

    [Fact]
    public void Read_ahead_bytes_of_stream_are_returned_first_and_alone()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Writen(first, "line\nread ahead"u8);
        Assert.Equal("line\n"u8, LineReader.For(second).ReadLine());
        Writen(first, "in the kernel"u8);

        var batch = new MessageBatch(4, 7, ControlSpace.Credentials);
        Assert.Equal(1, Recvmmsg(second, batch, MSG_PEEK));
        Assert.Equal("read ah"u8, batch[0].Data);
        Assert.Equal(2, Recvmmsg(second, batch, fill: true));
        Assert.Equal("read ah"u8, batch[0].Data);
        Assert.Equal("ead"u8, batch[1].Data);
        Assert.Equal((default, 0, false), (batch[1].Address, batch[1].Flags, batch[1].Control.GetEnumerator().MoveNext()));

        Assert.Equal(2, Recvmmsg(second, batch));
        Assert.Equal("in the "u8, batch[0].Data);
        Assert.Equal("kernel"u8, batch[1].Data);
    }

    [Theory]
    [InlineData(SOCK_SEQPACKET, false, false)]
    [InlineData(SOCK_SEQPACKET, true, false)]
    [InlineData(SOCK_SEQPACKET, false, true)]
    [InlineData(SOCK_SEQPACKET, true, true)]
    [InlineData(SOCK_STREAM, false, false)]
    [InlineData(SOCK_STREAM, true, false)]
    [InlineData(SOCK_STREAM, false, true)]
    [InlineData(SOCK_STREAM, true, true)]
    public void End_of_connection_ends_batch(int type, bool loop, bool fill)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        Writen(first, "one"u8);
        first.Dispose();
        var batch = new MessageBatch(8, 100);
        Assert.Equal(1, ReceiveBatch(loop, second, batch, fill: fill));
        Assert.Equal("one"u8, batch[0].Data);
        Assert.Equal(0, ReceiveBatch(loop, second, batch, fill: fill));
        Assert.Equal(0, ReceiveBatch(loop, second, batch, MSG_PEEK, fill));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Empty_messages_before_data_are_received(bool loop)
    {
        using var pair = SocketPair.Unix(SOCK_SEQPACKET, out Fd first, out Fd second);
        foreach (byte[] message in (byte[][])[[], [1], [], [], [2]])
            Assert.Equal(message.Length, send(first, message));
        first.Dispose();
        var batch = new MessageBatch(4, 100);
        Assert.Equal(4, ReceiveBatch(loop, second, batch));
        Assert.Equal((0, 1, 0, 0), (batch[0].Length, batch[1].Length, batch[2].Length, batch[3].Length));
        Assert.Equal(1, ReceiveBatch(loop, second, batch));
        Assert.Equal((byte[])[2], batch[0].Data);
        Assert.Equal(0, ReceiveBatch(loop, second, batch));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Empty_datagrams_are_received(bool loop)
    {
        using Fd receiver = Loopback.Datagram(), sender = Loopback.Datagram();
        for (int i = 0; i < 3; i++)
            Sendto(sender, [], 0, Getsockname(receiver));
        var batch = new MessageBatch(2, 10);
        Assert.Equal(2, ReceiveBatch(loop, receiver, batch));
        Assert.Equal(1, ReceiveBatch(loop, receiver, batch));
        Assert.Equal((0, Getsockname(sender)), (batch[0].Length, batch[0].Address));
    }

    [Fact]
    public void MSG_TRUNC_reports_full_length()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Send(first, "longer"u8);
        var batch = new MessageBatch(1, 2);
        Recvmmsg(second, batch, MSG_TRUNC);
        Assert.Equal((6, 2, true), (batch[0].Length, batch[0].Data.Length, batch[0].IsTruncated));
    }
}
