using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of Unix sockets on FreeBSD and macOS, level SOL_LOCAL. Linux has them among those of any socket: SO_PEERCRED, SO_PASSCRED...
public static partial class SocketOptions
{
    /// <summary>Who called <c>connect</c> or <c>listen</c> at the other side; macOS has the process in <see cref="LocalPeerPid"/>.</summary>
    /// <remarks><c>Getpeercred</c> is the same on every system, <c>Getpeergroups</c> has the other groups. (unix(4); UNP 15.8)</remarks>
    public static SocketOption<PeerCredentials> LocalPeerCred =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_PEERCRED), static () => LOCAL_PEERCRED, PeerOfBsd,
            on: OptionSystems.FreeBsd | OptionSystems.MacOS, access: OptionAccess.ReadOnly, instead: "SO_PEERCRED");

    /// <summary>The process at the other side.</summary>
    /// <remarks>(sys/un.h)</remarks>
    public static SocketOption<int> LocalPeerPid =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_PEERPID), static () => LOCAL_PEERPID, Int,
            on: OptionSystems.MacOS, access: OptionAccess.ReadOnly, instead: "SO_PEERCRED or LOCAL_PEERCRED");

    /// <summary>The process on whose behalf the other side acts; mostly that of <see cref="LocalPeerPid"/>.</summary>
    /// <remarks>(sys/un.h)</remarks>
    public static SocketOption<int> LocalPeerEPid =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_PEEREPID), static () => LOCAL_PEEREPID, Int,
            on: OptionSystems.MacOS, access: OptionAccess.ReadOnly);

    /// <summary>The next message brings its sender's user and groups (of datagrams, each does).</summary>
    /// <remarks>Off by default; EINVAL if <see cref="LocalCredsPersistent"/> is on. (unix(4); UNP 15.8)</remarks>
    public static SocketOption<bool> LocalCreds =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_CREDS), static () => LOCAL_CREDS, Flag, on: OptionSystems.FreeBsd, instead: "SO_PASSCRED");

    /// <summary>Each message brings its sender's process, user and groups.</summary>
    /// <remarks>FreeBSD 13. Off by default; EINVAL if <see cref="LocalCreds"/> is on. (unix(4))</remarks>
    public static SocketOption<bool> LocalCredsPersistent =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_CREDS_PERSISTENT), static () => LOCAL_CREDS_PERSISTENT, Flag,
            on: OptionSystems.FreeBsd, instead: "SO_PASSCRED");

    /// <summary><c>connect</c> waits until the other side accepts.</summary>
    /// <remarks>Off by default; set it before. (unix(4))</remarks>
    public static SocketOption<bool> LocalConnWait =>
        field ?? Of(ref field, Local, nameof(LOCAL_CONNWAIT), static () => LOCAL_CONNWAIT, Flag, on: OptionSystems.FreeBsd);
}
