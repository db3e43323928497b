using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>A mutex in shared memory, for several processes (figure 30.19). Not on macOS.</summary>
/// <remarks>
/// <para>It is a robust <c>pthread_mutex_t</c> with PTHREAD_PROCESS_SHARED. If its owner dies, the next process acquires it and learns of
/// the death (<c>pthread_mutexattr_setrobust(3)</c>).</para>
/// <para>The thread that acquires it must release it, so the code between must not use <c>await</c>. A waiting thread cannot be
/// interrupted. Acquiring a free mutex, and releasing one that no thread waits for, need no system call. A <see cref="RecordLock"/> needs
/// two.</para>
/// <para>C programs can share it, because its layout is that of the C library. A glibc process and a musl process cannot share one.</para>
/// </remarks>
/// <example>
/// <code>
/// using Fd shm = SharedMemory(SharedMutex.Size + 8);           // pass it to the other process by SpawnOptions.Descriptors
/// using MappedMemory memory = Mmap(SharedMutex.Size + 8, PROT_READ | PROT_WRITE, MAP_SHARED, shm);
/// using SharedMutex mutex = SharedMutex.Create(memory);         // in the other process: SharedMutex.Open(memory)
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
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The offset must be a multiple of {sizeof(nint)}.");
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

    /// <summary>Gets the number of bytes that a mutex occupies: 48 on every system.</summary>
    public static int Size => sizeof(mutex_room);

    /// <summary>Creates a mutex in memory that is still zero. One process must do so before the others open it.</summary>
    /// <param name="memory">
    /// Shared memory (<see cref="Libunp.SharedMemory"/>) or a file, mapped with MAP_SHARED for reading and writing.
    /// </param>
    /// <param name="offset">The position of the mutex in the memory, a multiple of 8.</param>
    /// <exception cref="InvalidOperationException">The place is not zero, so it contains a mutex or other data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is outside the memory, or not a multiple of 8.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has no robust mutex.</exception>
    public static SharedMutex Create(MappedMemory memory, long offset = 0)
    {
        var created = new SharedMutex(memory, offset);
        try
        {
            if (!created.IsBlank)
                throw new InvalidOperationException($"The bytes at {offset} of {memory} are not zero. Use Open for an existing mutex.");
            PthreadMutex.Init(created.mutex);
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Opens a mutex that another process, or another object of this process, has created.</summary>
    /// <param name="memory">The same memory, mapped with MAP_SHARED for reading and writing.</param>
    /// <param name="offset">The position of the mutex in the memory.</param>
    /// <exception cref="InvalidOperationException">The memory contains no mutex there.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is outside the memory, or not a multiple of 8.</exception>
    public static SharedMutex Open(MappedMemory memory, long offset = 0)
    {
        var opened = new SharedMutex(memory, offset);
        if (!opened.IsBlank)
            return opened;
        opened.Dispose();
        throw new InvalidOperationException($"There is no mutex at {offset} of {memory}. One process must create it first.");
    }

    /// <summary>Acquires the mutex, waiting for it (<c>pthread_mutex_lock(3)</c>).</summary>
    /// <returns>
    /// Whether the last owner died while it held the mutex. The protected data may then be inconsistent, and the caller must repair it. The
    /// mutex itself is usable again.
    /// </returns>
    /// <exception cref="UnpException">EDEADLK: this thread already holds the mutex.</exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public bool Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return CheckOwner(PthreadMutex.Lock(mutex), "pthread_mutex_lock");
    }

    /// <summary>Acquires the mutex if no thread holds it (<c>pthread_mutex_trylock(3)</c>).</summary>
    /// <param name="ownerDied">Whether the last owner died, as <see cref="Enter"/> returns it.</param>
    /// <returns>Whether the mutex was acquired. The result is false also if this thread already holds it.</returns>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public bool TryEnter(out bool ownerDied)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Errno error = PthreadMutex.TryLock(mutex);
        bool isTaken = error == Errno.EBUSY || error == Errno.EDEADLK; // if this thread holds it, musl returns EBUSY and glibc EDEADLK
        ownerDied = !isTaken && CheckOwner(error, "pthread_mutex_trylock");
        return !isTaken;
    }

    /// <summary>Acquires the mutex, waiting at most for the limit (<c>pthread_mutex_timedlock(3)</c>).</summary>
    internal bool TryEnter(TimeSpan limit, out bool ownerDied)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Errno error = PthreadMutex.TryLock(mutex); // the mutex is often free, and then the clock need not be read
        if (error == Errno.EBUSY)
            error = PthreadMutex.TimedLock(mutex, limit);
        bool isTaken = error == Errno.ETIMEDOUT;
        ownerDied = !isTaken && CheckOwner(error, "pthread_mutex_timedlock");
        return !isTaken;
    }

    /// <summary>Releases the mutex, on the thread that acquired it (<c>pthread_mutex_unlock(3)</c>).</summary>
    /// <exception cref="UnpException">EPERM: this thread does not hold the mutex.</exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public void Exit()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        PthreadMutex.Unlock(mutex);
    }

    /// <summary>Acquires the mutex for a <c>using</c> block.</summary>
    /// <inheritdoc cref="Enter" path="/exception"/>
    public Scope EnterScope() => new(this, Enter());

    /// <summary>Releases the memory. The mutex stays usable for other processes. A thread that holds it must release it first.</summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        memory.DangerousRelease();
    }

    bool IsBlank => !new Span<byte>(mutex, Size).ContainsAnyExcept((byte)0);

    bool CheckOwner(Errno error, string function)
    {
        if (error == Errno.EOWNERDEAD)
        {
            PthreadMutex.MakeConsistent(mutex);
            return true;
        }
        return error.Value == 0 ? false : throw new UnpException(error, function);
    }

    /// <summary>The period in which <see cref="EnterScope"/> holds the mutex.</summary>
    public readonly ref struct Scope
    {
        readonly SharedMutex owner;

        internal Scope(SharedMutex owner, bool ownerDied) => (this.owner, OwnerDied) = (owner, ownerDied);

        /// <summary>Gets whether the last owner died, as <see cref="SharedMutex.Enter"/> returns it.</summary>
        public bool OwnerDied { get; }

        /// <summary>Releases the mutex.</summary>
        public void Dispose() => owner.Exit();

        /// <summary>Returns <c>"held"</c>, or <c>"held, the last owner died"</c>.</summary>
        public override string ToString() => OwnerDied ? "held, the last owner died" : "held";
    }
}
