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
            string path = Path.Join(Path.GetTempPath(), $"unp.{Guid.NewGuid():N}");
            Fd file = Libunp.Open(path, O_RDWR | O_CREAT | O_EXCL, 0x180); // 0600
            _ = unlink(path);
            return file;
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

    /// <summary>A robust mutex. No signal ends the wait for it: who waits looks now and then whether it is still to.</summary>
    sealed class MutexTurn : AcceptTurn
    {
        // How late a worker ends that waits while another one, which is not to end, has it. Ten wakings a second are not seen in a process's time.
        static readonly TimeSpan Now = TimeSpan.FromMilliseconds(100);

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
                // An owner that died has left nothing half done: accept has given it the connection or not.
                if (mutex.TryEnter(Now, out _))
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
