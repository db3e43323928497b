using Xunit;

namespace Unp.Testing;

/// <summary>What an operation allocates: 1000 times, after a warm-up.</summary>
public static class AllocationCheck
{
    const int WarmUps = 50;
    const int Times = 1000;

    // What is more once may be what the collector has taken out of the array pool meanwhile; what is more each time is the operation's.
    const int Trials = 3;

    public static void AssertFree(string what, Action operation) => AssertAllocates(0, what, operation);

    /// <summary>So many bytes each time.</summary>
    public static void AssertAllocates(long bytes, string what, Action operation)
    {
        long allocated = Allocated(operation);
        for (int trial = 1; trial < Trials && allocated != bytes; trial++)
            allocated = Allocated(operation);
        Assert.True(allocated == bytes, $"{what}: {allocated} bytes each time, not {bytes}.");
    }

    /// <summary>None, of an operation that is awaited, and goes on on the thread that it began on.</summary>
    /// <param name="what">What is measured, for the message.</param>
    /// <param name="operation">It allocates nothing itself: [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))].</param>
    public static async Task AssertFreeAsync(string what, Func<ValueTask> operation)
    {
        long allocated = -1;
        for (int trial = 0; trial < Trials && allocated != 0; trial++)
        {
            for (int i = 0; i < WarmUps; i++)
                await operation();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Times; i++)
                await operation();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.True(allocated == 0, $"{what}: {allocated} bytes in {Times} times.");
    }

    /// <summary>Bytes each time, rounded up.</summary>
    public static long Allocated(Action operation)
    {
        for (int i = 0; i < WarmUps; i++)
            operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
            operation();
        return (GC.GetAllocatedBytesForCurrentThread() - before + Times - 1) / Times;
    }
}
