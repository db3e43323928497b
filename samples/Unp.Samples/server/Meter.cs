namespace Unp.Samples.server;

/// <summary>The numbers of clients that each child has served, in shared memory: the function <c>meter</c> of UNP 30.6.</summary>
/// <param name="memory">The memory, which <see cref="meter"/> has created. A child inherits it.</param>
/// <param name="nchildren">The number of the counters.</param>
sealed class Meter(Fd memory, int nchildren)
{
    readonly MappedMemory cptr = Mmap(nchildren * sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, memory);

    /// <summary>Creates the memory for the counters, which are 0.</summary>
    public static Fd meter(int nchildren) => SharedMemory(nchildren * sizeof(long));

    /// <summary>Gets the counter of child i.</summary>
    public ref long this[int i] => ref cptr.At<long>(i * sizeof(long));
}
