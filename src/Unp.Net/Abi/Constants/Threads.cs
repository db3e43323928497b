using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// What a pthread_mutex_t can be. (pthread_mutexattr_setrobust(3)) The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Used by the threads of one process.</summary>
    public static int PTHREAD_PROCESS_PRIVATE => Of(0, 2, 0);

    /// <summary>Used by the threads of all processes that have mapped its memory.</summary>
    public const int PTHREAD_PROCESS_SHARED = 1;

    /// <summary>Who locks it twice is told (EDEADLK), and who unlocks what another has locked (EPERM).</summary>
    public static int PTHREAD_MUTEX_ERRORCHECK => Of(2, 1, 1);

    /// <summary>When its owner dies the next one gets it, and is told (EOWNERDEAD). Not on macOS.</summary>
    public static int PTHREAD_MUTEX_ROBUST => Of(1, Absent, 1);
}
