using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of Unix domain sockets on the BSDs, level SOL_LOCAL; Linux has them among those of SOL_SOCKET: SO_PEERCRED, SO_PASSCRED...
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>
    /// A <c>xucred</c>: user and groups that called <c>connect</c> or <c>listen</c> on the other side. Read only. Not on Linux.
    /// </summary>
    public static int LOCAL_PEERCRED => Of(Absent, 1, 1);

    /// <summary>The version of <c>xucred</c>, its first field. Not on Linux.</summary>
    public static int XUCRED_VERSION => Of(Absent, 0, 0);

    /// <summary>The other side's process, an int. Read only. macOS only.</summary>
    public static int LOCAL_PEERPID => Of(Absent, 2, Absent);

    /// <summary>The process on whose behalf the other side acts, an int. Read only. macOS only.</summary>
    public static int LOCAL_PEEREPID => Of(Absent, 3, Absent);

    /// <summary>The UUID of the other side's program, 16 bytes. Read only. macOS only.</summary>
    public static int LOCAL_PEERUUID => Of(Absent, 4, Absent);

    /// <summary>The UUID of the program on whose behalf the other side acts, 16 bytes. Read only. macOS only.</summary>
    public static int LOCAL_PEEREUUID => Of(Absent, 5, Absent);

    /// <summary>The other side's audit token, 32 bytes. Read only. macOS only.</summary>
    public static int LOCAL_PEERTOKEN => Of(Absent, 6, Absent);

    /// <summary>
    /// The next message (of datagrams, each) brings its sender's credentials, as <see cref="SCM_CREDS"/>. int as boolean. FreeBSD only.
    /// </summary>
    public static int LOCAL_CREDS => Of(Absent, Absent, 2);

    /// <summary>Each message brings its sender's credentials, as <see cref="SCM_CREDS2"/>. int as boolean. FreeBSD 13. FreeBSD only.</summary>
    public static int LOCAL_CREDS_PERSISTENT => Of(Absent, Absent, 3);

    /// <summary><c>connect</c> waits until the other side accepts. int as boolean. FreeBSD only.</summary>
    public static int LOCAL_CONNWAIT => Of(Absent, Absent, 4);
}
