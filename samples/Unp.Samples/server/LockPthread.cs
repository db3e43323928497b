namespace Unp.Samples.server;

/// <summary>
/// The lock around accept as a mutex in shared memory (figure 30.19). Unlike the book's it is robust: when its owner dies, the next child
/// gets it. In C the other children would wait indefinitely.
/// </summary>
static class LockPthread
{
    static SharedMutex mptr = null!;

    /// <summary>Creates the mutex in the parent. The result is the memory that the children inherit.</summary>
    public static Fd my_lock_init()
    {
        Fd shared = SharedMemory(SharedMutex.Size);
        using MappedMemory memory = Map(shared);
        SharedMutex.Create(memory).Dispose();
        return shared;
    }

    /// <summary>Opens the mutex in a child.</summary>
    public static void my_lock_init(Fd inherited) => mptr = SharedMutex.Open(Map(inherited));

    public static void my_lock_wait() => mptr.Enter();

    public static void my_lock_release() => mptr.Exit();

    static MappedMemory Map(Fd shared) => Mmap(SharedMutex.Size, PROT_READ | PROT_WRITE, MAP_SHARED, shared);
}
