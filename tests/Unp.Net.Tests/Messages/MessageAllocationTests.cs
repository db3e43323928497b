using System.Runtime.InteropServices;
using static Unp.Testing.AllocationCheck;

namespace Unp.Net.Tests.Messages;

/// <summary>Tests that messages allocate only the owners of descriptors, with 1000 calls each after a warm-up.</summary>
public class MessageAllocationTests
{
    readonly byte[] buffer = new byte[4000];

    [Fact]
    public void Sendmsg_and_Recvmsg_allocate_nothing()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.IpPktInfo, true);
        Setsockopt(second, SocketOptions.IpRecvTtl, true);
        SockAddr to = Getsockname(second);
        AssertAllocates(0, "Sendmsg", () =>
        {
            var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo + ControlSpace.Number]);
            control.AddPacketInfo(SockAddr.Loopback(AF_INET));
            control.AddHopLimit(AF_INET, 5);
            Sendmsg(first, new GatherBuffers("abc"u8, "def"u8), 0, to, control.Written);
            ReceivedMessage received = Recvmsg(
                second, new ScatterBuffers(buffer.AsSpan(0, 1), buffer.AsSpan(1)), 0,
                stackalloc byte[ControlSpace.PacketInfo + ControlSpace.Number]);
            int hops = 0;
            foreach (ControlMessage message in received.Control)
            {
                if (message.TryGetHopLimit(out int value))
                    hops = value;
                else if (message.TryGetTimestamp(out _) || message.TryGetError(out _))
                    hops = -1;
            }
            if (received.Length != 6 || hops != 5 || !received.TryGetPacketInfo(out PacketInfo info) || info.LocalAddress.Family != AF_INET)
                throw new InvalidOperationException("not received");
        });
        int flags = 0;
        AssertAllocates(0, "Recvfrom_flags", () =>
        {
            Sendmsg(first, "abc"u8);
            Recvfrom_flags(second, buffer, ref flags, out _, out _);
        });
    }

    [Fact]
    public void Readv_and_Writev_allocate_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        ReadOnlyMemory<byte>[] from = [buffer.AsMemory(0, 10), buffer.AsMemory(20, 10)];
        Memory<byte>[] to = [.. Enumerable.Range(0, 10).Select(i => buffer.AsMemory(i * 5, 5))];
        AssertAllocates(0, "Writev", () =>
        {
            Writev(first, new GatherBuffers("abc"u8, "def"u8));
            Readv(second, new ScatterBuffers(buffer.AsSpan(0, 3), buffer.AsSpan(3, 3)));
            Writev(first, from);
            Readv(second, to);
            Sendmsg(first, from);
            _ = Recvmsg(second, to).Length;
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(253)]
    public void Descriptor_passing_allocates_only_owners(int count)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        SafeHandle[] passed = [.. Enumerable.Repeat(first, count)];
        Fd[] received = new Fd[count];
        long owner = Allocated(() => new Fd(int.MaxValue).SetHandleAsInvalid());
        AssertAllocates(count * owner, "passing", () =>
        {
            Sendmsg(first, "x"u8, descriptors: passed);
            if (Recvmsg(second, buffer, 0, default, received).DescriptorCount != count)
                throw new InvalidOperationException("not received");
            foreach (Fd fd in received)
                fd.Dispose();
        });
        AssertAllocates(owner, "Read_fd", () =>
        {
            Write_fd(first, "x"u8, first);
            Read_fd(second, buffer, out Fd? fd);
            fd!.Dispose();
        });
    }

    [Fact]
    public void Batches_allocate_nothing()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.IpPktInfo, true);
        var from = new MessageBatch(8, 100, ControlSpace.Number);
        var to = new MessageBatch(8, 100, ControlSpace.PacketInfo);
        AssertAllocates(0, "Sendmmsg", () =>
        {
            for (int i = 0; i < from.Count; i++)
            {
                BatchMessage message = from[i];
                message.Buffer.Fill((byte)i);
                message.Length = 100;
                var control = new ControlWriter(message.ControlBuffer);
                control.AddHopLimit(AF_INET, 5);
                message.SetControl(control.Written);
            }
            if (Sendmmsg(first, from, from.Count) != 8 || Recvmmsg(second, to, fill: true) != 8 || !to[7].TryGetPacketInfo(out _))
                throw new InvalidOperationException("not received");
        });
    }

    [Fact]
    public void Zero_copy_sends_allocate_nothing()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using var sender = new ZeroCopySender(client);
        byte[] data = new byte[4000];
        AssertAllocates(0, "zero copy", () =>
        {
            ZeroCopySend send = sender.Send(data);
            Readn(server, buffer);
            if (!sender.Complete(Limit.Default) || !sender.IsDone(send))
                throw new InvalidOperationException("not done");
        });
    }
}
