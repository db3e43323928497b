using System.Runtime.InteropServices;
using Unp.Net.Pipelines;

namespace Unp.Net.Packets.Tests;

/// <summary>The blocks of a ring and its memory.</summary>
public sealed class PacketRingTests
{
    const int BlockSize = 4096;

    [Fact]
    public unsafe void Empty_block_is_given_back_and_next_one_is_read()
    {
        using var memory = new Blocks(3);
        var ring = new PacketRing(memory.Start, BlockSize, 3);
        Assert.True(ring.Next().IsEmpty);
        memory.Fill(0, 0);
        memory.Fill(1, 2);
        Assert.Equal((1, 0), memory.NumberOf(ring.Next()));
        Assert.Equal(0u, memory.Status(0));
        Assert.Equal(1u, memory.Status(1));
        Assert.Equal((1, 1), memory.NumberOf(ring.Next()));
        Assert.Equal(1u, memory.Status(1));
        Assert.True(ring.Next().IsEmpty);
        Assert.Equal(0u, memory.Status(1));
        memory.Fill(1, 1); // not its turn
        Assert.True(ring.Next().IsEmpty);
        memory.Fill(2, 1);
        Assert.Equal((2, 0), memory.NumberOf(ring.Next()));
        Assert.True(ring.Next().IsEmpty);
        memory.Fill(0, 1);
        Assert.Equal((0, 0), memory.NumberOf(ring.Next()));
        Assert.Equal((1, 0), memory.NumberOf(ring.Next()));
        Assert.True(ring.Next().IsEmpty);
    }

    [Fact]
    public unsafe void All_empty_blocks_end_the_search()
    {
        using var memory = new Blocks(3);
        var ring = new PacketRing(memory.Start, BlockSize, 3);
        for (int i = 0; i < 3; i++)
            memory.Fill(i, 0);
        Assert.True(ring.Next().IsEmpty);
        Assert.Equal((0u, 0u, 0u), (memory.Status(0), memory.Status(1), memory.Status(2)));
    }

    [Fact]
    public void Packet_longer_than_block_is_cut()
    {
        using var host = new NetworkNamespace();
        using var traffic = new Traffic(host);
        using var capture = new TestCapture(host, isRing: true, "lo", new()
        {
            Filter = BpfProgram.Compile(traffic.Filter),
            BlockSize = BlockSize,
        });
        traffic.Send(length: 20_000);
        CapturedPacket packet = capture.Read();
        Assert.Equal(20_042, packet.WireLength);
        Assert.InRange(packet.Data.Length, 3000, BlockSize);
        Assert.Equal(20_008, packet.Decode().Udp.Header.Length);
        traffic.Send(length: 50);
        Assert.Equal(1, capture.ReadNumber());
    }

    [Fact]
    public unsafe void Memory_of_packet_stays_readable_after_end_of_capture()
    {
        using var host = new NetworkNamespace();
        using var traffic = new Traffic(host);
        var options = new CaptureOptions { Filter = BpfProgram.Compile(traffic.Filter), BlockCount = 2 };
        nint address = 0;
        for (int i = 0; i < 5; i++)
        {
            var capture = new TestCapture(host, isRing: true, "lo", options);
            traffic.Send();
            ReadOnlySpan<byte> data = capture.Read().Data;
            capture.Dispose();
            Assert.Equal(-1, data.IndexOfAnyExcept((byte)0));
            Assert.Throws<ObjectDisposedException>(() => capture.TryRead(out _));
            Assert.Throws<ObjectDisposedException>(() => capture.Statistics);
            Assert.Throws<ObjectDisposedException>(() => capture.Wait(TimeSpan.Zero));
            nint block = Address(data) & ~(nint)(options.BlockSize - 1);
            Assert.True(i == 0 || address == block, "the next ring has the same addresses");
            address = block;
        }
    }

    [Fact]
    public void Capture_may_be_closed_while_other_thread_reads()
    {
        using var host = new NetworkNamespace();
        using var traffic = new Traffic(host);
        for (int i = 0; i < 20; i++)
        {
            var capture = new TestCapture(host, isRing: true, "lo", new() { BlockCount = 4 });
            using var started = new ManualResetEventSlim();
            Task reader = Task.Run(() =>
            {
                long sum = 0;
                while (true)
                {
                    if (capture.TryRead(out CapturedPacket packet))
                    {
                        started.Set();
                        foreach (byte value in packet.Data)
                            sum += value;
                    }
                }
            });
            traffic.Send(50);
            Assert.True(started.Wait(Limit.Default));
            capture.Dispose();
            Assert.Throws<ObjectDisposedException>(() => reader.Within());
        }
    }

    [Fact]
    public void Loop_socket_waits_for_packets()
    {
        using var host = new NetworkNamespace();
        using var traffic = new Traffic(host);
        using PacketCapture capture = host.Call(() => new PacketCapture("lo", new() { Filter = BpfProgram.Compile(traffic.Filter) }));
        using var loop = new EventLoop();
        using var socket = new LoopSocket(loop, capture.Descriptor, leaveOpen: true);
        for (int i = 0; i < 3; i++)
        {
            Task waiting = socket.WaitReadableAsync().AsTask();
            Assert.False(waiting.IsCompleted);
            traffic.Send();
            waiting.Within();
            Assert.Equal(i, NumberOf(capture));
        }
    }

    static int NumberOf(PacketCapture capture)
    {
        Assert.True(capture.TryRead(out CapturedPacket packet));
        int number = packet.Data[^1];
        Assert.False(capture.TryRead(out _));
        return number;
    }

    static unsafe nint Address(ReadOnlySpan<byte> span)
    {
        fixed (byte* first = span) // native memory, which does not move
            return (nint)first;
    }

    /// <summary>Memory of a ring that the test fills as a kernel does.</summary>
    sealed unsafe class Blocks(int count) : IDisposable
    {
        const int FirstPacket = 64;
        const int PacketSize = 256;

        internal byte* Start { get; } = (byte*)NativeMemory.AllocZeroed((nuint)(count * BlockSize));

        internal uint Status(int block) => Block(block)->hdr.block_status;

        internal void Fill(int block, int packets)
        {
            Block(block)->hdr.num_pkts = (uint)packets;
            Block(block)->hdr.offset_to_first_pkt = FirstPacket;
            for (int i = 0; i < packets; i++)
            {
                var header = (tpacket3_hdr*)((byte*)Block(block) + FirstPacket + (i * PacketSize));
                *header = new tpacket3_hdr { tp_next_offset = i == packets - 1 ? 0u : PacketSize, tp_sec = (uint)block, tp_nsec = (uint)i };
            }
            Block(block)->hdr.block_status = (uint)TP_STATUS_USER;
        }

        internal (int Block, int Packet) NumberOf(ReadOnlySpan<byte> packet)
        {
            tpacket3_hdr header = MemoryMarshal.Read<tpacket3_hdr>(packet);
            return ((int)header.tp_sec, (int)header.tp_nsec);
        }

        public void Dispose() => NativeMemory.Free(Start);

        tpacket_block_desc* Block(int block) => (tpacket_block_desc*)(Start + (block * BlockSize));
    }
}
