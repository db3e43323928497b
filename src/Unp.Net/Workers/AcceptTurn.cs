using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// How the workers of a generation take turns in accept: the book's my_lock_init, my_lock_wait and my_lock_release (figures 30.16 and 30.19). Generations
/// have a lock each, so that the last of an old one need not wait for those of the new.
/// </summary>
abstract class AcceptTurn : IDisposable
{
    /// <summary>What the workers get of it; null where they need not take turns.</summary>
    internal static Fd? CreateFor(AcceptMode mode) => mode switch
    {
        AcceptMode.FileLock => FileTurn.CreateFile(),
        AcceptMode.SharedMutex => MutexTurn.CreateMutex(),
        _ => null,
    };

    /// <summary>What a worker makes of it.</summary>
    internal static AcceptTurn Open(AcceptMode mode, Fd? descriptor) => mode switch
    {
        AcceptMode.FileLock => new FileTurn(descriptor!),
        AcceptMode.SharedMutex => new MutexTurn(descriptor!),
        _ => new NoTurn(),
    };

    /// <summary>Waits for it.</summary>
    /// <returns>False: interrupted, and there is nothing to release.</returns>
    internal abstract bool Wait(CallInterrupter interrupter);

    internal abstract void Release();

    public abstract void Dispose();

    sealed class NoTurn : AcceptTurn
    {
        internal override bool Wait(CallInterrupter interrupter) => true;

        internal override void Release()
        {
        }

        public override void Dispose()
        {
        }
    }

    /// <summary>A record lock, which the kernel releases when its process dies. The process's threads take turns by a lock of .NET's before.</summary>
    sealed class FileTurn(Fd file) : AcceptTurn
    {
        readonly Lock own = new();

        /// <summary>A file without a name, as the book's that is removed at once. Memory does, but macOS locks files only.</summary>
        internal static Fd CreateFile()
        {
            if (!OperatingSystem.IsMacOS())
                return Libunp.Shared_memory(1);
            string path = Path.GetTempFileName();
            try
            {
                return Libunp.Open(path, O_RDWR);
            }
            finally
            {
                File.Delete(path);
            }
        }

        internal override bool Wait(CallInterrupter interrupter)
        {
            own.Enter();
            while (!interrupter.IsRequested)
            {
                var whole = new RecordLock(F_WRLCK);
                if (fcntl(file, F_SETLKW, ref whole) == 0)
                    return true;
                if (Errno.Last != Errno.EINTR)
                {
                    own.Exit();
                    throw new UnpException(Errno.Last, "fcntl", "my_lock_wait");
                }
            }
            own.Exit();
            return false;
        }

        internal override void Release()
        {
            Libunp.Fcntl(file, F_SETLK, new RecordLock(F_UNLCK));
            own.Exit();
        }

        public override void Dispose() => file.Dispose();
    }

    /// <summary>
    /// A robust mutex. Who waits for it cannot be interrupted, and need not be: who has it is, gives it to the next one of this generation, who sees that too
    /// and gives it on.
    /// </summary>
    sealed class MutexTurn : AcceptTurn
    {
        readonly MappedMemory memory;
        readonly SharedMutex mutex;

        internal MutexTurn(Fd descriptor)
        {
            using (descriptor)
                memory = Map(descriptor);
            mutex = SharedMutex.Open(memory);
        }

        internal static Fd CreateMutex()
        {
            Fd descriptor = Libunp.Shared_memory(SharedMutex.Size);
            using MappedMemory memory = Map(descriptor);
            SharedMutex.Create(memory).Dispose();
            return descriptor;
        }

        internal override bool Wait(CallInterrupter interrupter)
        {
            mutex.Enter(); // an owner that died has left nothing half done: accept has given it the connection or not
            if (!interrupter.IsRequested)
                return true;
            mutex.Exit();
            return false;
        }

        internal override void Release() => mutex.Exit();

        public override void Dispose()
        {
            mutex.Dispose();
            memory.Dispose();
        }

        static MappedMemory Map(Fd descriptor) => Libunp.Mmap(SharedMutex.Size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor);
    }
}
