using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// What waitpid and waitid wait for. (waitpid(2))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Do not wait: 0 when no child has anything to tell.</summary>
    public const int WNOHANG = 1;

    /// <summary>Children that were stopped, too.</summary>
    public const int WUNTRACED = 2;

    /// <summary>Children that went on after a stop, too.</summary>
    public static int WCONTINUED => Of(8, 0x10, 4);

    /// <summary><c>waitid</c>: children that have ended.</summary>
    public static int WEXITED => Of(4, 4, 0x10);

    /// <summary><c>waitid</c>: children that were stopped.</summary>
    public static int WSTOPPED => Of(2, 8, 2);

    /// <summary><c>waitid</c>: tell, but leave the child as it is, to be waited for again.</summary>
    public static int WNOWAIT => Of(0x1000000, 0x20, 8);

    /// <summary><c>waitid</c>: any child.</summary>
    public static int P_ALL => Of(0, 0, 7);

    /// <summary><c>waitid</c>: the child with this id.</summary>
    public static int P_PID => Of(1, 1, 0);

    /// <summary><c>waitid</c>: any child of this process group.</summary>
    public const int P_PGID = 2;
}
