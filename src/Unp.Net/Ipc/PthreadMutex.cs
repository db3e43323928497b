using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>The mutex functions of &lt;pthread.h&gt;. Each returns an errno.</summary>
/// <remarks>
/// They are looked up in the main program, not in libc, because before glibc 2.34 they were in a separate library. Every .NET program has
/// loaded it.
/// </remarks>
static unsafe class PthreadMutex
{
    static readonly delegate* unmanaged<mutexattr_room*, int> mutexattr_init =
        (delegate* unmanaged<mutexattr_room*, int>)Find("pthread_mutexattr_init");

    static readonly delegate* unmanaged<mutexattr_room*, int> mutexattr_destroy =
        (delegate* unmanaged<mutexattr_room*, int>)Find("pthread_mutexattr_destroy");

    static readonly delegate* unmanaged<mutexattr_room*, int, int> mutexattr_setpshared =
        (delegate* unmanaged<mutexattr_room*, int, int>)Find("pthread_mutexattr_setpshared");

    static readonly delegate* unmanaged<mutexattr_room*, int, int> mutexattr_setrobust =
        (delegate* unmanaged<mutexattr_room*, int, int>)Find("pthread_mutexattr_setrobust");

    static readonly delegate* unmanaged<mutexattr_room*, int, int> mutexattr_settype =
        (delegate* unmanaged<mutexattr_room*, int, int>)Find("pthread_mutexattr_settype");

    static readonly delegate* unmanaged<mutex_room*, mutexattr_room*, int> mutex_init =
        (delegate* unmanaged<mutex_room*, mutexattr_room*, int>)Find("pthread_mutex_init");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_lock =
        (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_lock");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_trylock =
        (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_trylock");

    static readonly delegate* unmanaged<mutex_room*, timespec*, int> mutex_timedlock =
        (delegate* unmanaged<mutex_room*, timespec*, int>)Find("pthread_mutex_timedlock");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_unlock =
        (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_unlock");

    static readonly delegate* unmanaged<mutex_room*, int> mutex_consistent =
        (delegate* unmanaged<mutex_room*, int>)Find("pthread_mutex_consistent");

    /// <summary>
    /// Initialises a mutex that processes share, that detects the death of its owner, and that rejects other threads' unlocks.
    /// </summary>
    internal static void Init(mutex_room* mutex)
    {
        if (Target.IsMacOS)
            throw new PlatformNotSupportedException("macOS has no robust mutex. Use a record lock (F_SETLKW).");
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

    /// <summary>Takes the mutex, waiting for it.</summary>
    internal static Errno Lock(mutex_room* mutex) => new(mutex_lock(mutex));

    /// <summary>Takes the mutex, or returns EBUSY.</summary>
    internal static Errno TryLock(mutex_room* mutex) => new(mutex_trylock(mutex));

    /// <summary>Takes the mutex, or returns ETIMEDOUT when the limit has passed.</summary>
    internal static Errno TimedLock(mutex_room* mutex, TimeSpan limit)
    {
        // The function takes a time of day, so setting the clock back prolongs a wait that has begun.
        TimeSpan longest = TimeSpan.FromSeconds(Deadline.MaxSeconds);
        long ticks = (DateTime.UtcNow + (limit < longest ? limit : longest) - DateTime.UnixEpoch).Ticks;
        var until = new timespec
        {
            tv_sec = ticks / TimeSpan.TicksPerSecond,
            tv_nsec = ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        };
        return new(mutex_timedlock(mutex, &until));
    }

    /// <summary>Releases the mutex.</summary>
    internal static void Unlock(mutex_room* mutex) => Check(mutex_unlock(mutex), "pthread_mutex_unlock");

    /// <summary>Makes the mutex usable again after EOWNERDEAD.</summary>
    internal static void MakeConsistent(mutex_room* mutex) => Check(mutex_consistent(mutex), "pthread_mutex_consistent");

    static void Check(int error, string function)
    {
        if (error != 0)
            throw new UnpException(new Errno(error), function);
    }

    /// <summary>Returns the function's address, or null on macOS, where <see cref="Init"/> throws before any is called.</summary>
    static nint Find(string name) =>
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out nint function) ? function : 0;
}
