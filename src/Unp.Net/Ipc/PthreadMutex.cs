using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The functions of &lt;pthread.h&gt; for a mutex. They are looked for in the program, not in libc, as they were in a library of their own before glibc 2.34,
/// which every .NET program has loaded. Each returns an errno.
/// </summary>
static unsafe class PthreadMutex
{
    static readonly delegate* unmanaged<mutexattr_room*, int> mutexattr_init = (delegate* unmanaged<mutexattr_room*, int>)Find("pthread_mutexattr_init");

    static readonly delegate* unmanaged<mutexattr_room*, int> mutexattr_destroy = (delegate* unmanaged<mutexattr_room*, int>)Find("pthread_mutexattr_destroy");

    static readonly delegate* unmanaged<mutexattr_room*, int, int> mutexattr_setpshared =
        (delegate* unmanaged<mutexattr_room*, int, int>)Find("pthread_mutexattr_setpshared");

    static readonly delegate* unmanaged<mutexattr_room*, int, int> mutexattr_setrobust =
        (delegate* unmanaged<mutexattr_room*, int, int>)Find("pthread_mutexattr_setrobust");

    static readonly delegate* unmanaged<mutexattr_room*, int, int> mutexattr_settype =
        (delegate* unmanaged<mutexattr_room*, int, int>)Find("pthread_mutexattr_settype");

    static readonly delegate* unmanaged<mutex_room*, mutexattr_room*, int> mutex_init =
        (delegate* unmanaged<mutex_room*, mutexattr_room*, int>)Find("pthread_mutex_init");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_lock = (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_lock");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_trylock = (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_trylock");

    static readonly delegate* unmanaged<mutex_room*, timespec*, int> mutex_timedlock =
        (delegate* unmanaged<mutex_room*, timespec*, int>)Find("pthread_mutex_timedlock");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_unlock = (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_unlock");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_consistent = (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_consistent");

    /// <summary>Makes a mutex for several processes, that knows when its owner dies, and refuses who does not own it.</summary>
    internal static void Init(mutex_room* mutex)
    {
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException("macOS has no mutex that outlives its owner: use a record lock (F_SETLKW).");
        mutexattr_room attributes;
        Check(mutexattr_init(&attributes), "pthread_mutexattr_init");
        try
        {
            Check(mutexattr_setpshared(&attributes, Libc.PTHREAD_PROCESS_SHARED), "pthread_mutexattr_setpshared");
            Check(mutexattr_setrobust(&attributes, Libc.PTHREAD_MUTEX_ROBUST), "pthread_mutexattr_setrobust");
            Check(mutexattr_settype(&attributes, Libc.PTHREAD_MUTEX_ERRORCHECK), "pthread_mutexattr_settype");
            Check(mutex_init(mutex, &attributes), "pthread_mutex_init");
        }
        finally
        {
            _ = mutexattr_destroy(&attributes);
        }
    }

    /// <summary>Takes it, and waits for it.</summary>
    internal static Errno Lock(mutex_room* mutex) => new(mutex_lock(mutex));

    /// <summary>Takes it, or says EBUSY.</summary>
    internal static Errno TryLock(mutex_room* mutex) => new(mutex_trylock(mutex));

    /// <summary>Takes it, and waits for it at most so long, or says ETIMEDOUT.</summary>
    internal static Errno TimedLock(mutex_room* mutex, TimeSpan limit)
    {
        // The time of day is what the function knows. One that is set back prolongs a wait that has begun.
        TimeSpan longest = TimeSpan.FromSeconds(Deadline.MostSeconds);
        long ticks = (DateTime.UtcNow + (limit < longest ? limit : longest) - DateTime.UnixEpoch).Ticks;
        var until = new timespec { tv_sec = ticks / TimeSpan.TicksPerSecond, tv_nsec = ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        return new(mutex_timedlock(mutex, &until));
    }

    /// <summary>Gives it back.</summary>
    internal static void Unlock(mutex_room* mutex) => Check(mutex_unlock(mutex), "pthread_mutex_unlock");

    /// <summary>After EOWNERDEAD: what it guards is in order again.</summary>
    internal static void MakeConsistent(mutex_room* mutex) => Check(mutex_consistent(mutex), "pthread_mutex_consistent");

    static void Check(int error, string function)
    {
        if (error != 0)
            throw new UnpException(new Errno(error), function);
    }

    /// <summary>Null where the system does not have it: macOS, which does not get as far as calling it.</summary>
    static nint Find(string name) => NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out nint function) ? function : 0;
}
