namespace Unp.Net.Tests;

/// <summary>Whether an operation allocates: 1000 times, after a warm-up.</summary>
static class AllocationCheck
{
    public static void AssertFree(string what, Action operation)
    {
        for (int i = 0; i < 50; i++)
            operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            operation();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated == 0, $"{what}: {allocated} bytes in 1000 times.");
    }
}
