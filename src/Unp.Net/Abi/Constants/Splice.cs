using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of splice and tee. (splice(2)) The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary><c>splice</c>: move pages rather than copy them; only a hint, and without effect since Linux 2.6.21. Linux only.</summary>
    public static int SPLICE_F_MOVE => Of(1, Absent, Absent);

    /// <summary><c>splice</c>: do not wait for the pipe: EAGAIN. The other descriptor has a separate flag. Linux only.</summary>
    public static int SPLICE_F_NONBLOCK => Of(2, Absent, Absent);

    /// <summary><c>splice</c>: more data will follow, like MSG_MORE. Linux only.</summary>
    public static int SPLICE_F_MORE => Of(4, Absent, Absent);

    /// <summary><c>vmsplice</c>: the pages are the kernel's from now on. Linux only.</summary>
    public static int SPLICE_F_GIFT => Of(8, Absent, Absent);
}
