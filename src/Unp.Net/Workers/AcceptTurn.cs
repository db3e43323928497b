using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A lock that lets one worker of a generation at a time call accept: the book's my_lock_init, my_lock_wait and my_lock_release (figures
/// 30.16 and 30.19). Each generation has its own lock, so a worker of an old generation never waits for a new one.
/// </summary>
abstract class AcceptTurn : IDisposable
{
    /// <summary>Creates the descriptor of the lock, which the workers inherit. Returns null if the mode needs no lock.</summary>
    internal static Fd? CreateFor(AcceptMode mode) => mode switch
    {
        AcceptMode.FileLock => FileTurn.CreateFile(),
        AcceptMode.SharedMutex => MutexTurn.CreateMutex(),
        _ => null,
    };

    /// <summary>Opens the lock in a worker.</summary>
    internal static AcceptTurn Open(AcceptMode mode, Fd? descriptor) => mode switch
    {
        AcceptMode.FileLock => new FileTurn(descriptor!),
        AcceptMode.SharedMutex => new MutexTurn(descriptor!),
        _ => new NoTurn(),
    };

    /// <summary>Acquires the lock.</summary>
    /// <returns>False if the wait was interrupted; the lock is not held then.</returns>
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

    /// <summary>
    /// A record lock, which the kernel releases when its process dies. A record lock does not exclude threads of the same process, so they
    /// take turns by a .NET lock first.
    /// </summary>
    sealed class FileTurn(Fd file) : AcceptTurn
    {
        readonly Lock threadLock = new();

        /// <summary>
        /// Creates a nameless file; the book unlinks its file at once. macOS can lock only files, the other systems also shared memory.
        /// </summary>
        internal static Fd CreateFile()
        {
            if (!Target.IsMacOS)
                return Libunp.SharedMemory(1);
            string path = Path.Join(Path.GetTempPath(), $"unp.{Guid.NewGuid():N}");
            Fd file = Libunp.Open(path, O_RDWR | O_CREAT | O_EXCL, 0x180); // 0600
            _ = unlink(path);
            return file;
        }

        internal override bool Wait(CallInterrupter interrupter)
        {
            threadLock.Enter();
            while (!interrupter.IsRequested)
            {
                var whole = new RecordLock(F_WRLCK);
                if (fcntl(file, F_SETLKW, ref whole) == 0)
                    return true;
                if (Errno.Last != Errno.EINTR)
                {
                    threadLock.Exit();
                    throw new UnpException(Errno.Last, "fcntl", "my_lock_wait");
                }
            }
            threadLock.Exit();
            return false;
        }

        internal override void Release()
        {
            Libunp.Fcntl(file, F_SETLK, new RecordLock(F_UNLCK));
            threadLock.Exit();
        }

        public override void Dispose() => file.Dispose();
    }

    /// <summary>
    /// A robust mutex. A signal does not interrupt the wait for it, so a waiter wakes up periodically and checks whether it must give up.
    /// </summary>
    sealed class MutexTurn : AcceptTurn
    {
        // This interval is the longest delay before a waiting worker notices that it must end. The processor time of ten wake-ups per
        // second is negligible.
        static readonly TimeSpan InterruptCheckInterval = TimeSpan.FromMilliseconds(100);

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
            Fd descriptor = Libunp.SharedMemory(SharedMutex.Size);
            try
            {
                using MappedMemory memory = Map(descriptor);
                SharedMutex.Create(memory).Dispose();
                return descriptor;
            }
            catch
            {
                descriptor.Dispose();
                throw;
            }
        }

        internal override bool Wait(CallInterrupter interrupter)
        {
            while (!interrupter.IsRequested)
            {
                // Whether the previous owner has died does not matter, because accept is atomic and leaves no state to repair.
                if (mutex.TryEnter(InterruptCheckInterval, out _))
                    return true;
            }
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
