using BenchmarkDotNet.Attributes;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>
/// Benchmarks of receiving 64-byte datagrams with sender, destination and interface. A C function sends them in the benchmarks of both
/// languages.
/// </summary>
[ThreadTime]
public class PacketInfoBenchmarks
{
    const int Datagrams = 300 * DatagramPair.Segments;

    readonly byte[] buffer = new byte[DatagramPair.Size];
    readonly byte[] control = new byte[ControlSpace.PacketInfo];
    DatagramPair pair = null!;
    int each;

    /// <summary>
    /// Whether each datagram is consumed. Otherwise the same one is peeked repeatedly, which measures receiving without sending.
    /// </summary>
    [Params(false, true)]
    public bool Peek { get; set; }

    [GlobalSetup]
    public void Open()
    {
        pair = new DatagramPair();
        Setsockopt(pair.Receiver, SocketOptions.IpPktInfo, true);
        Send(pair.Sender, buffer);
        Recvmsg(pair.Receiver, buffer, 0, control).TryGetPacketInfo(out PacketInfo info);
        each = DatagramPair.Size + info.InterfaceIndex + 1; // the last byte of 127.0.0.1
        if (Peek)
            Send(pair.Sender, buffer);
    }

    [GlobalCleanup]
    public void Close() => pair.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Datagrams)]
    public long C_recvmsg() => Checked(Peek
        ? Reference.c_peek_packet_info(pair.ReceiverNumber, Datagrams)
        : Reference.c_receive_packet_info(pair.SenderNumber, pair.ReceiverNumber, Datagrams));

    [Benchmark(OperationsPerInvoke = Datagrams)]
    public long Libunp_Recvmsg()
    {
        int flags = Peek ? MSG_PEEK : 0;
        long sum = 0;
        for (int i = 0; i < Datagrams; i++)
        {
            if (flags == 0 && i % DatagramPair.Segments == 0 && Reference.c_send_segments(pair.SenderNumber) < 0)
                break;
            ReceivedMessage received = Recvmsg(pair.Receiver, buffer, flags, control);
            received.TryGetPacketInfo(out PacketInfo info);
            SockAddr destination = info.Destination;
            sum += received.Length + info.InterfaceIndex + destination.Bytes[7];
        }
        return Checked(sum);
    }

    long Checked(long sum) => DatagramPair.Checked(sum, Datagrams, each);
}
