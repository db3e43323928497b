using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Whose use of resources getrusage tells. (getrusage(2)) The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>This process, with the threads that have ended.</summary>
    public const int RUSAGE_SELF = 0;

    /// <summary>The children that have ended and were waited for, and those of theirs that they have waited for.</summary>
    public const int RUSAGE_CHILDREN = -1;

    /// <summary>The calling thread. Not on macOS.</summary>
    public static int RUSAGE_THREAD => Of(1, Absent, 1);
}
