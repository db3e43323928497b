using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// The processes and threads of getrusage. (getrusage(2)) The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>This process, including its ended threads.</summary>
    public const int RUSAGE_SELF = 0;

    /// <summary>The children that have ended and were waited for, including the descendants for which these have waited.</summary>
    public const int RUSAGE_CHILDREN = -1;

    /// <summary>The calling thread. Not on macOS.</summary>
    public static int RUSAGE_THREAD => Of(1, Absent, 1);
}
