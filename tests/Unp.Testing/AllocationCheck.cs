using Xunit;

namespace Unp.Testing;

/// <summary>Measures the allocations of an operation over 1000 runs after a warm-up.</summary>
public static class AllocationCheck
{
    const int WarmUps = 50;
    const int Times = 1000;

    // A single excess may come from the collector, which trims the array pool. An excess in each trial comes from the operation.
    const int Trials = 3;

    public static void AssertFree(string what, Action operation) => AssertAllocates(0, what, operation);

    /// <summary>Asserts the bytes that each run allocates.</summary>
    public static void AssertAllocates(long bytes, string what, Action operation)
    {
        long allocated = Allocated(operation);
        for (int trial = 1; trial < Trials && allocated != bytes; trial++)
            allocated = Allocated(operation);
        Assert.True(allocated == bytes, $"{what}: {allocated} bytes per run, expected {bytes}.");
    }

    /// <summary>Asserts that an awaited operation allocates nothing. It must continue on the thread that it started on.</summary>
    /// <param name="what">The name of the operation in the message.</param>
    /// <param name="operation">The operation, which needs [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] to allocate
    /// nothing itself.</param>
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
        Assert.True(allocated == 0, $"{what}: {allocated} bytes in {Times} runs, expected none.");
    }

    /// <summary>Returns the bytes that each run allocates, rounded up.</summary>
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
