using BenchmarkDotNet.Attributes;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>
/// Benchmarks of 32 datagrams of 64 bytes, sent in one call and received with their senders in another. One operation is both calls.
/// </summary>
[ThreadTime]
public class BatchBenchmarks
{
    const int Batches = 500;
    const int Count = 32;

    readonly MessageBatch sent = new(Count, DatagramPair.Size);
    readonly MessageBatch received = new(Count, DatagramPair.Size);
    DatagramPair pair = null!;

    [GlobalSetup]
    public void Open()
    {
        pair = new DatagramPair();
        for (int i = 0; i < Count; i++)
            sent[i].Length = DatagramPair.Size;
    }

    [GlobalCleanup]
    public void Close() => pair.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Batches)]
    public long C_sendmmsg_recvmmsg() => Checked(Reference.c_batches(pair.SenderNumber, pair.ReceiverNumber, Batches));

    [Benchmark(OperationsPerInvoke = Batches)]
    public long Libunp_Sendmmsg_Recvmmsg()
    {
        long bytes = 0;
        for (int n = 0; n < Batches; n++)
        {
            Sendmmsg(pair.Sender, sent, Count);
            int count = Recvmmsg(pair.Receiver, received);
            for (int i = 0; i < count; i++)
                bytes += received[i].Length;
        }
        return Checked(bytes);
    }

    static long Checked(long bytes) => DatagramPair.Checked(bytes, (long)Batches * Count);
}
