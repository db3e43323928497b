using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Attributes of a pthread_mutex_t. (pthread_mutexattr_setrobust(3)) The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The mutex is for the threads of one process.</summary>
    public static int PTHREAD_PROCESS_PRIVATE => Of(0, 2, 0);

    /// <summary>The mutex is for the threads of all processes that have mapped its memory.</summary>
    public const int PTHREAD_PROCESS_SHARED = 1;

    /// <summary>Locking twice fails with EDEADLK, and unlocking by another thread than the owner with EPERM.</summary>
    public static int PTHREAD_MUTEX_ERRORCHECK => Of(2, 1, 1);

    /// <summary>If the owner dies, the next thread gets the lock with EOWNERDEAD. Not on macOS.</summary>
    public static int PTHREAD_MUTEX_ROBUST => Of(1, Absent, 1);
}
