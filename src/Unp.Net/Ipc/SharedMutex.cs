using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// A lock of several processes, in memory that they share: a <c>pthread_mutex_t</c> with PTHREAD_PROCESS_SHARED (figure 30.19), and robust
/// (pthread_mutexattr_setrobust(3)): when a process dies that holds it, the next one gets it, and is told. Not on macOS.
/// </summary>
/// <remarks>
/// <para>It is the thread's, as C knows threads: who has entered leaves on the same thread, so no <c>await</c> may stand between. A thread that waits cannot be
/// interrupted. Taking it when it is free, and giving it back when nobody waits, are no system calls; a record lock (<see cref="RecordLock"/>) is two.</para>
/// <para>C programs can share it: its layout is that of the machine's C library. A process of glibc and one of musl cannot.</para>
/// </remarks>
/// <example>
/// <code>
/// using Fd shm = Shared_memory(SharedMutex.Size + 8);           // handed to the other process by SpawnOptions.Descriptors
/// using MappedMemory memory = Mmap(SharedMutex.Size + 8, PROT_READ | PROT_WRITE, MAP_SHARED, shm);
/// using SharedMutex mutex = SharedMutex.Create(memory);         // there: SharedMutex.Open(memory)
/// using (mutex.EnterScope())
///     memory.At&lt;long&gt;(SharedMutex.Size)++;
/// </code>
/// </example>
public sealed unsafe class SharedMutex : IDisposable
{
    readonly MappedMemory memory;
    readonly mutex_room* mutex;
    bool isDisposed;

    SharedMutex(MappedMemory memory, long offset)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (offset % sizeof(nint) != 0)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"A mutex is at a multiple of {sizeof(nint)}.");
        bool isHeld = false;
        memory.DangerousAddRef(ref isHeld);
        try
        {
            fixed (mutex_room* place = &memory.At<mutex_room>(offset))
                mutex = place; // mapped memory does not move
        }
        catch
        {
            memory.DangerousRelease();
            throw;
        }
        this.memory = memory;
    }

    /// <summary>How many bytes of memory it takes, the same on every system: 48.</summary>
    public static int Size => sizeof(mutex_room);

    /// <summary>Makes one, in memory that is still zero. One process does, before the others open it.</summary>
    /// <param name="memory">Shared memory (<see cref="Libunp.Shared_memory"/>), or a file, mapped with MAP_SHARED for reading and writing.</param>
    /// <param name="offset">Where in it, a multiple of 8.</param>
    /// <exception cref="InvalidOperationException">There is one already, or something else.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is not inside, or not such a multiple.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has no robust mutex.</exception>
    public static SharedMutex Create(MappedMemory memory, long offset = 0)
    {
        var created = new SharedMutex(memory, offset);
        try
        {
            if (!created.IsBlank)
                throw new InvalidOperationException($"There is something at {offset} of {memory} already.");
            PthreadMutex.Init(created.mutex);
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Uses one that another process has made, or another object of this one.</summary>
    /// <param name="memory">The same memory, mapped with MAP_SHARED for reading and writing.</param>
    /// <param name="offset">Where in it.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is not inside, or no multiple of 8.</exception>
    public static SharedMutex Open(MappedMemory memory, long offset = 0)
    {
        var opened = new SharedMutex(memory, offset);
        if (!opened.IsBlank)
            return opened;
        opened.Dispose();
        throw new InvalidOperationException($"Nobody has made a mutex at {offset} of {memory}.");
    }

    /// <summary>Takes it, and waits for it (pthread_mutex_lock(3)).</summary>
    /// <returns>
    /// Whether its last owner has died with it: what it guards may be half done, and is the caller's to put in order. The mutex itself is, again.
    /// </returns>
    /// <exception cref="UnpException">EDEADLK: this thread has it.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public bool Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return Took(PthreadMutex.Lock(mutex), "pthread_mutex_lock");
    }

    /// <summary>Takes it if nobody has it (pthread_mutex_trylock(3)).</summary>
    /// <param name="ownerDied">As <see cref="Enter"/> returns it.</param>
    /// <returns>Whether it is taken; false also when this thread has it.</returns>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public bool TryEnter(out bool ownerDied)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Errno error = PthreadMutex.TryLock(mutex);
        bool isTaken = error == Errno.EBUSY || error == Errno.EDEADLK; // musl says the first and glibc the second where this thread has it
        ownerDied = !isTaken && Took(error, "pthread_mutex_trylock");
        return !isTaken;
    }

    /// <summary>Takes it, and waits for it at most so long (pthread_mutex_timedlock(3)).</summary>
    internal bool TryEnter(TimeSpan limit, out bool ownerDied)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Errno error = PthreadMutex.TryLock(mutex); // when it is free, as it often is, the time need not be asked for
        if (error == Errno.EBUSY)
            error = PthreadMutex.TimedLock(mutex, limit);
        bool isTaken = error == Errno.ETIMEDOUT;
        ownerDied = !isTaken && Took(error, "pthread_mutex_timedlock");
        return !isTaken;
    }

    /// <summary>Gives it back (pthread_mutex_unlock(3)), on the thread that took it.</summary>
    /// <exception cref="UnpException">EPERM: this thread does not have it.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public void Exit()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        PthreadMutex.Unlock(mutex);
    }

    /// <summary>Takes it for a <c>using</c> block.</summary>
    /// <inheritdoc cref="Enter" path="/exception"/>
    public Scope EnterScope() => new(this, Enter());

    /// <summary>Lets the memory go. The mutex stays what it is for the others; who has it gives it back first.</summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        memory.DangerousRelease();
    }

    bool IsBlank => !new Span<byte>(mutex, Size).ContainsAnyExcept((byte)0);

    bool Took(Errno error, string function)
    {
        if (error == Errno.EOWNERDEAD)
        {
            PthreadMutex.MakeConsistent(mutex);
            return true;
        }
        return error.Value == 0 ? false : throw new UnpException(error, function);
    }

    /// <summary>The time between <see cref="EnterScope"/> and the end of the block.</summary>
    public readonly ref struct Scope
    {
        readonly SharedMutex owner;

        internal Scope(SharedMutex owner, bool ownerDied) => (this.owner, OwnerDied) = (owner, ownerDied);

        /// <summary>As <see cref="SharedMutex.Enter"/> returns it.</summary>
        public bool OwnerDied { get; }

        /// <summary>Gives it back.</summary>
        public void Dispose() => owner.Exit();
    }
}
