using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of Unix domain sockets on the BSDs, level SOL_LOCAL. The corresponding options of Linux (SO_PEERCRED, SO_PASSCRED...) are at
// level
// SOL_SOCKET.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>
    /// A <c>xucred</c>: user and groups of the peer when it called <c>connect</c> or <c>listen</c>. Read only. Not on Linux.
    /// </summary>
    public static int LOCAL_PEERCRED => Of(Absent, 1, 1);

    /// <summary>The version of <c>xucred</c>, its first field. Not on Linux.</summary>
    public static int XUCRED_VERSION => Of(Absent, 0, 0);

    /// <summary>The process id of the peer, an int. Read only. macOS only.</summary>
    public static int LOCAL_PEERPID => Of(Absent, 2, Absent);

    /// <summary>The id of the process on whose behalf the peer acts, an int. Read only. macOS only.</summary>
    public static int LOCAL_PEEREPID => Of(Absent, 3, Absent);

    /// <summary>The UUID of the peer's program, 16 bytes. Read only. macOS only.</summary>
    public static int LOCAL_PEERUUID => Of(Absent, 4, Absent);

    /// <summary>The UUID of the program on whose behalf the peer acts, 16 bytes. Read only. macOS only.</summary>
    public static int LOCAL_PEEREUUID => Of(Absent, 5, Absent);

    /// <summary>The peer's audit token, 32 bytes. Read only. macOS only.</summary>
    public static int LOCAL_PEERTOKEN => Of(Absent, 6, Absent);

    /// <summary>
    /// The next message of a stream, or each datagram, carries its sender's credentials, as <see cref="SCM_CREDS"/>. int as boolean.
    /// FreeBSD only.
    /// </summary>
    public static int LOCAL_CREDS => Of(Absent, Absent, 2);

    /// <summary>
    /// Each message carries its sender's credentials, as <see cref="SCM_CREDS2"/>. int as boolean. FreeBSD 13. FreeBSD only.
    /// </summary>
    public static int LOCAL_CREDS_PERSISTENT => Of(Absent, Absent, 3);

    /// <summary><c>connect</c> waits until the peer accepts. int as boolean. FreeBSD only.</summary>
    public static int LOCAL_CONNWAIT => Of(Absent, Absent, 4);
}
