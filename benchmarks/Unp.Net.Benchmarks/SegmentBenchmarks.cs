using BenchmarkDotNet.Attributes;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>
/// Benchmarks of 64-byte datagrams: one per call, or 64 per call that the kernel segments and coalesces. One operation is one datagram.
/// </summary>
[ThreadTime]
public class SegmentBenchmarks
{
    const int Datagrams = 300 * DatagramPair.Segments;

    readonly byte[] data = new byte[DatagramPair.Segments * DatagramPair.Size];
    readonly byte[] buffer = new byte[ushort.MaxValue];
    readonly byte[] sizeToSend = new byte[ControlSpace.Number];
    readonly byte[] control = new byte[ControlSpace.Number];
    DatagramPair single = null!;
    DatagramPair together = null!;

    [GlobalSetup]
    public void Open()
    {
        single = new DatagramPair();
        together = new DatagramPair();
        Setsockopt(together.Receiver, SocketOptions.UdpGro, true);
    }

    [GlobalCleanup]
    public void Close()
    {
        single.Dispose();
        together.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Datagrams)]
    public long C_send_recv() => Checked(Reference.c_single_datagrams(single.SenderNumber, single.ReceiverNumber, Datagrams));

    [Benchmark(OperationsPerInvoke = Datagrams)]
    public long C_segments() => Checked(Reference.c_segments(together.SenderNumber, together.ReceiverNumber, Datagrams));

    [Benchmark(OperationsPerInvoke = Datagrams)]
    public long Libunp_Send_Recv()
    {
        ReadOnlySpan<byte> datagram = data.AsSpan(0, DatagramPair.Size);
        Span<byte> room = buffer.AsSpan(0, DatagramPair.Size);
        long bytes = 0;
        for (int i = 0; i < Datagrams; i++)
        {
            Send(single.Sender, datagram);
            bytes += Recv(single.Receiver, room);
        }
        return Checked(bytes);
    }

    [Benchmark(OperationsPerInvoke = Datagrams)]
    public long Libunp_segments()
    {
        long bytes = 0;
        for (int i = 0; i < Datagrams; i += DatagramPair.Segments)
        {
            var writer = new ControlWriter(sizeToSend);
            writer.AddSegmentSize(DatagramPair.Size);
            Sendmsg(together.Sender, data, control: writer.Written);
            ReceivedMessage received = Recvmsg(together.Receiver, buffer, 0, control);
            foreach (ControlMessage message in received.Control)
            {
                if (message.TryGetSegmentSize(out int size) && size == DatagramPair.Size)
                    bytes += received.Length;
            }
        }
        return Checked(bytes);
    }

    static long Checked(long bytes) => DatagramPair.Checked(bytes, Datagrams);
}
