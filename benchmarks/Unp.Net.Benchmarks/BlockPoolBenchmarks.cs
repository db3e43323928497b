using System.Buffers;
using BenchmarkDotNet.Attributes;
using Unp.Net.Pipelines;

namespace Unp.Net.Benchmarks;

/// <summary>
/// Benchmarks of renting and returning a memory block: on the pool's own thread, on another thread, and with the base library's pools.
/// </summary>
public class BlockPoolBenchmarks
{
    const int Size = 20 * 1024;

    readonly BlockPool ours = new();
    readonly BlockPool anothers = new();

    [GlobalSetup]
    public void GiveAway()
    {
        var other = new Thread(() => anothers.Rent().Dispose());
        other.Start();
        other.Join();
    }

    [Benchmark(Baseline = true)]
    public void BlockPool_own() => ours.Rent().Dispose();

    [Benchmark]
    public void BlockPool_of_another_thread() => anothers.Rent().Dispose();

    [Benchmark]
    public void MemoryPool_Shared() => MemoryPool<byte>.Shared.Rent(Size).Dispose();

    [Benchmark]
    public void ArrayPool_Shared()
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(Size);
        ArrayPool<byte>.Shared.Return(array);
    }
}
