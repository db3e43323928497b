using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines.Tests.Sockets;

public class MessageTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Datagrams_are_received_whole_with_sender(string mechanism) => OnLoop(mechanism, async loop =>
    {
        foreach (int family in (int[])[AF_INET, AF_INET6])
        {
            using var server = new LoopSocket(loop, Loopback.Datagram(family));
            using var client = new LoopSocket(loop, Loopback.Datagram(family));
            SockAddr serverAddress = Getsockname(server.Descriptor), clientAddress = Getsockname(client.Descriptor);
            Assert.Equal(SOCK_DGRAM, server.Type);
            byte[] buffer = new byte[1000];
            foreach (int size in (int[])[0, 1, 1000])
            {
                Task<ReceivedDatagram> receiving = server.ReceiveFromAsync(buffer).AsTask();
                byte[] said = Bytes(size);
                await client.SendToAsync(said, serverAddress);
                Assert.Equal(new ReceivedDatagram(size, clientAddress), await receiving);
                Assert.Equal(said, buffer[..size]);
            }

            // Several datagrams at once, and one that does not fit.
            for (int i = 0; i < 10; i++)
                await client.SendToAsync(new byte[] { (byte)i, 99 }, serverAddress);
            for (int i = 0; i < 10; i++)
            {
                Assert.Equal(1, (await server.ReceiveFromAsync(buffer.AsMemory(0, 1))).Length);
                Assert.Equal(i, buffer[0]);
            }

            // On a connected socket: an empty datagram, and one in pieces.
            await client.ConnectAsync(serverAddress);
            await client.SendAsync(ReadOnlyMemory<byte>.Empty);
            await client.SendAsync(StreamTests.Cut(Bytes(700), 7));
            Assert.Equal(0, await server.ReceiveAsync(buffer));
            Assert.Equal(700, await server.ReceiveAsync(buffer));
            Assert.Equal(Bytes(700), buffer[..700]);
            UnpException tooLong = await Assert.ThrowsAsync<UnpException>(() => client.SendAsync(new byte[70_000]).AsTask());
            Assert.Equal((Errno.EMSGSIZE, 0), (tooLong.Errno, tooLong.BytesTransferred));

            // The peer no longer exists.
            server.Dispose();
            await client.SendAsync(new byte[1]);
            Assert.Equal(Errno.ECONNREFUSED, (await Assert.ThrowsAsync<UnpException>(() => client.ReceiveAsync(buffer).AsTask())).Errno);
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Descriptors_that_fit_are_received(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            Task<LoopMessage> receiving;
            byte[] buffer = new byte[10];
            Fd[] got = new Fd[2];
            foreach (int count in (int[])[1, 2, 3])
            {
                receiving = second.ReceiveMessageAsync(buffer, descriptors: got).AsTask();
                await Turns(loop);
                Pipe(out Fd read, out Fd write);
                SafeHandle[] passed = [write, read, read];
                await first.SendMessageAsync("fd"u8.ToArray(), descriptors: passed.AsMemory(0, count));
                read.Dispose();
                write.Dispose();
                LoopMessage message = await receiving;
                Assert.Equal(
                    (2, Math.Min(count, 2), Math.Max(0, count - 2)),
                    (message.Length, message.DescriptorCount, message.DescriptorsClosed));
                Assert.False(message.IsTruncated || message.IsControlTruncated);
                for (int i = 0; i < message.DescriptorCount; i++)
                    got[i].Dispose();
            }

            // The received descriptor is the only one of the pipe's writing end.
            Pipe(out Fd reader, out Fd writer);
            await first.SendMessageAsync("x"u8.ToArray(), descriptors: new SafeHandle[] { writer });
            writer.Dispose();
            await second.ReceiveMessageAsync(buffer, descriptors: got);
            using (var source = new LoopSocket(loop, reader))
            {
                await using (var sink = new LoopSocket(loop, got[0]))
                    await sink.SendAsync("through"u8.ToArray());
                Assert.Equal(7, await source.ReceiveAsync(buffer));
                Assert.Equal(0, await source.ReceiveAsync(buffer));
            }

            await Assert.ThrowsAsync<ArgumentException>(
                () => first.SendMessageAsync(default, descriptors: new SafeHandle[] { first.Descriptor }).AsTask());
            await Assert.ThrowsAsync<ArgumentException>(
                () => first.SendMessageAsync(new byte[1], descriptors: new SafeHandle[254]).AsTask());
            await Assert.ThrowsAsync<ObjectDisposedException>(
                () => first.SendMessageAsync(new byte[1], descriptors: new SafeHandle[] { got[0] }).AsTask());
            Assert.Throws<ArgumentException>(() => { _ = second.ReceiveMessageAsync(buffer, descriptors: new Fd[254]); });
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Stream_message_sends_all_data_and_descriptor_once(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            byte[] said = Bytes(3_000_000), heard = new byte[said.Length];
            Task sending = first.SendMessageAsync(said, descriptors: new[] { first.Descriptor }).AsTask();
            Fd[] got = new Fd[1];
            int length = 0, descriptors = 0;
            while (length < said.Length)
            {
                LoopMessage message = await second.ReceiveMessageAsync(heard.AsMemory(length), descriptors: got);
                length += message.Length;
                descriptors += message.DescriptorCount;
            }
            await sending;
            Assert.Equal(1, descriptors);
            got[0].Dispose();
            Assert.True(said.AsSpan().SequenceEqual(heard));
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Control_messages_report_destination_of_datagram(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var server = new LoopSocket(loop, Loopback.Datagram());
        using var client = new LoopSocket(loop, Loopback.Datagram());
        Setsockopt(server.Descriptor, SocketOptions.IpPktInfo, true);
        byte[] control = new byte[ControlSpace.PacketInfo], buffer = new byte[10];
        Task<LoopMessage> receiving = server.ReceiveMessageAsync(buffer, control).AsTask();
        await client.SendMessageAsync("hello"u8.ToArray(), to: Getsockname(server.Descriptor));
        LoopMessage message = await receiving;
        Assert.Equal((5, Getsockname(client.Descriptor)), (message.Length, message.Address));
        Assert.True(message.TryGetPacketInfo(out PacketInfo info));
        Assert.Equal("127.0.0.1", Sock_ntop_host(info.Destination));
        Assert.True((await Truncated()).IsTruncated);

        async Task<LoopMessage> Truncated()
        {
            await client.SendToAsync(new byte[20], Getsockname(server.Descriptor));
            return await server.ReceiveMessageAsync(buffer);
        }
    });

    [Fact]
    public void Control_values_are_read_from_buffer_of_caller() => OnLoop((string?)null, async loop =>
    {
        using var server = new LoopSocket(loop, Loopback.Datagram());
        using var client = new LoopSocket(loop, Loopback.Datagram());
        Setsockopt(server.Descriptor, SocketOptions.IpRecvTtl, true);
        Setsockopt(server.Descriptor, SocketOptions.IpRecvTos, true);
        Setsockopt(server.Descriptor, SocketOptions.TimestampNs, true);
        Setsockopt(client.Descriptor, SocketOptions.IpTtl, 7);
        Setsockopt(client.Descriptor, SocketOptions.IpTos, 0x28);
        await client.SendToAsync("x"u8.ToArray(), server.LocalAddress);

        byte[] control = new byte[256];
        LoopMessage message = await server.ReceiveMessageAsync(new byte[10], control);
        Assert.True(message.TryGetHopLimit(out int hops));
        Assert.True(message.TryGetTrafficClass(out int value));
        Assert.True(message.TryGetTimestamp(out timespec time));
        Assert.Equal((7, 0x28), (hops, value));
        Assert.InRange(Math.Abs(time.tv_sec - DateTimeOffset.UtcNow.ToUnixTimeSeconds()), 0, 60);
        Assert.False(message.TryGetSegmentSize(out _) || message.TryGetCredentials(out _) || message.TryGetError(out _));
        Assert.False(message.TryGetTimestamps(out _) || message.TryGetPacketInfo(out _));
        int count = 0;
        foreach (ControlMessage part in message.Control)
            count++;
        Assert.Equal(3, count);

        control.AsSpan().Clear();
        Assert.False(message.TryGetHopLimit(out _));
        Assert.False(default(LoopMessage).TryGetHopLimit(out _));
    });

    [Fact]
    public void Message_reports_credentials_of_sender() => OnLoop((string?)null, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            Setsockopt(second.Descriptor, SocketOptions.PassCred, true);
            await first.SendAsync("x"u8.ToArray());
            LoopMessage message = await second.ReceiveMessageAsync(new byte[10], new byte[256]);
            Assert.True(message.TryGetCredentials(out PeerCredentials credentials));
            Assert.Equal(Environment.ProcessId, credentials.ProcessId);
            Assert.Equal("1 byte", message.ToString());
        }
    });

    [Fact]
    public void Texts_of_results_name_length_and_sender() => OnLoop((string?)null, async loop =>
    {
        using var server = new LoopSocket(loop, Loopback.Datagram());
        using var client = new LoopSocket(loop, Loopback.Datagram());
        SockAddr sender = client.LocalAddress;
        await client.SendToAsync(new byte[5], server.LocalAddress);
        Assert.Equal($"5 bytes from {sender}", (await server.ReceiveFromAsync(new byte[10])).ToString());
        await client.SendToAsync(new byte[5], server.LocalAddress);
        Assert.Equal($"3 bytes from {sender} (truncated)", (await server.ReceiveMessageAsync(new byte[3])).ToString());
        Assert.Equal("0 bytes", default(ReceivedDatagram).ToString());
        Assert.Equal("0 bytes", default(LoopMessage).ToString());

        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            Fd[] got = new Fd[2];
            await first.SendMessageAsync(new byte[1], descriptors: new[] { first.Descriptor, first.Descriptor });
            Assert.Equal("1 byte, 2 descriptors", (await second.ReceiveMessageAsync(new byte[1], descriptors: got)).ToString());
            got[0].Dispose();
            got[1].Dispose();
        }
    });
}
