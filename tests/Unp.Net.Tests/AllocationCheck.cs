namespace Unp.Net.Tests;

/// <summary>What an operation allocates: 1000 times, after a warm-up.</summary>
static class AllocationCheck
{
    public static void AssertFree(string what, Action operation) => AssertAllocates(0, what, operation);

    /// <summary>So many bytes each time.</summary>
    public static void AssertAllocates(long bytes, string what, Action operation)
    {
        // What is more once may be what the collector has taken out of the array pool meanwhile; what is more each time is the operation's.
        long allocated = Allocated(operation);
        for (int again = 0; again < 2 && allocated != bytes; again++)
            allocated = Allocated(operation);
        Assert.True(allocated == bytes, $"{what}: {allocated} bytes each time, not {bytes}.");
    }

    /// <summary>Bytes each time, rounded up.</summary>
    public static long Allocated(Action operation)
    {
        const int Times = 1000;
        for (int i = 0; i < 50; i++)
            operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
            operation();
        return (GC.GetAllocatedBytesForCurrentThread() - before + Times - 1) / Times;
    }
}
