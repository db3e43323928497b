using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of Unix sockets on FreeBSD and macOS, level SOL_LOCAL. The corresponding options of Linux (SO_PEERCRED, SO_PASSCRED...) are at
// level SOL_SOCKET.
public static partial class SocketOptions
{
    /// <summary>
    /// The credentials of the peer when it called <c>connect</c> or <c>listen</c>. On macOS they have no process id: see
    /// <see cref="LocalPeerPid"/>.
    /// </summary>
    /// <remarks><c>Getpeercred</c> works on every system; <c>Getpeergroups</c> returns the other groups. (unix(4); UNP 15.8)</remarks>
    public static SocketOption<PeerCredentials> LocalPeerCred =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_PEERCRED), static () => LOCAL_PEERCRED, PeerOfBsd,
            on: OptionSystems.FreeBsd | OptionSystems.MacOS, access: OptionAccess.ReadOnly, instead: "SO_PEERCRED");

    /// <summary>The process id of the peer.</summary>
    /// <remarks>(sys/un.h)</remarks>
    public static SocketOption<int> LocalPeerPid =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_PEERPID), static () => LOCAL_PEERPID, Int,
            on: OptionSystems.MacOS, access: OptionAccess.ReadOnly, instead: "SO_PEERCRED or LOCAL_PEERCRED");

    /// <summary>The id of the process on whose behalf the peer acts, usually that of <see cref="LocalPeerPid"/>.</summary>
    /// <remarks>(sys/un.h)</remarks>
    public static SocketOption<int> LocalPeerEPid =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_PEEREPID), static () => LOCAL_PEEREPID, Int,
            on: OptionSystems.MacOS, access: OptionAccess.ReadOnly);

    /// <summary>The next message of a stream, or each datagram, carries its sender's user and groups.</summary>
    /// <remarks>Off by default; EINVAL if <see cref="LocalCredsPersistent"/> is on. (unix(4); UNP 15.8)</remarks>
    public static SocketOption<bool> LocalCreds =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_CREDS), static () => LOCAL_CREDS, Flag, on: OptionSystems.FreeBsd, instead: "SO_PASSCRED");

    /// <summary>Each message carries its sender's process, user and groups.</summary>
    /// <remarks>FreeBSD 13. Off by default; EINVAL if <see cref="LocalCreds"/> is on. (unix(4))</remarks>
    public static SocketOption<bool> LocalCredsPersistent =>
        field ?? Of(
            ref field, Local, nameof(LOCAL_CREDS_PERSISTENT), static () => LOCAL_CREDS_PERSISTENT, Flag,
            on: OptionSystems.FreeBsd, instead: "SO_PASSCRED");

    /// <summary><c>connect</c> waits until the peer accepts.</summary>
    /// <remarks>Off by default; set it before <c>connect</c>. (unix(4))</remarks>
    public static SocketOption<bool> LocalConnWait =>
        field ?? Of(ref field, Local, nameof(LOCAL_CONNWAIT), static () => LOCAL_CONNWAIT, Flag, on: OptionSystems.FreeBsd);
}
