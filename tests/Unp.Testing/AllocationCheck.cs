using Xunit;

namespace Unp.Testing;

/// <summary>Whether an operation allocates: 1000 times, after a warm-up.</summary>
public static class AllocationCheck
{
    const int WarmUps = 50;
    const int Times = 1000;

    public static void AssertFree(string what, Action operation)
    {
        for (int i = 0; i < WarmUps; i++)
            operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
            operation();
        AssertNone(what, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The same of an operation that is awaited, and goes on on the thread that it began on.</summary>
    /// <param name="what">What is measured, for the message.</param>
    /// <param name="operation">It allocates nothing itself: [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))].</param>
    public static async Task AssertFreeAsync(string what, Func<ValueTask> operation)
    {
        for (int i = 0; i < WarmUps; i++)
            await operation();

        // A path that is taken for the first time (a writer finds no room just now) makes what it keeps, once: an operation that allocates does so each time.
        long allocated = long.MaxValue;
        for (int round = 0; round < 3 && allocated != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Times; i++)
                await operation();
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        AssertNone(what, allocated);
    }

    static void AssertNone(string what, long allocated) => Assert.True(allocated == 0, $"{what}: {allocated} bytes in {Times} times.");
}
