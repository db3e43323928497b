using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of waitpid and waitid. (waitpid(2))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Do not wait: return 0 if no child has changed state.</summary>
    public const int WNOHANG = 1;

    /// <summary>Also report stopped children.</summary>
    public const int WUNTRACED = 2;

    /// <summary>Also report children that continued after a stop.</summary>
    public static int WCONTINUED => Of(8, 0x10, 4);

    /// <summary><c>waitid</c>: report children that have ended.</summary>
    public static int WEXITED => Of(4, 4, 0x10);

    /// <summary><c>waitid</c>: report children that were stopped.</summary>
    public static int WSTOPPED => Of(2, 8, 2);

    /// <summary><c>waitid</c>: report the child without reaping it, so it can be waited for again.</summary>
    public static int WNOWAIT => Of(0x1000000, 0x20, 8);

    /// <summary><c>waitid</c>: any child.</summary>
    public static int P_ALL => Of(0, 0, 7);

    /// <summary><c>waitid</c>: the child with this id.</summary>
    public static int P_PID => Of(1, 1, 0);

    /// <summary><c>waitid</c>: any child of this process group.</summary>
    public const int P_PGID = 2;
}
