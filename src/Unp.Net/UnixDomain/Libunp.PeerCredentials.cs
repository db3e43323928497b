using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Who is at the other side of a connected Unix socket, by the kernel's word: SO_PEERCRED on Linux, LOCAL_PEERCRED on the BSDs (section 15.8; unix(7),
    /// FreeBSD's unix(4)).
    /// </summary>
    /// <remarks>
    /// <para>It is who called <see cref="Connect"/>, <see cref="Listen"/> or <see cref="Socketpair"/>, with the credentials of that moment: the descriptor may
    /// have gone to another process since, and the process may have another user, or be gone and its id another's. <see cref="Getpeerpidfd"/> names
    /// the process for good.</para>
    /// <para>A datagram socket has no such peer, unless it is from <see cref="Socketpair"/>: there each message can bring its sender's
    /// (<see cref="SocketOptions.PassCred"/>). A listening socket's are its own.</para>
    /// </remarks>
    /// <param name="fd">A Unix socket.</param>
    /// <exception cref="UnpException">ENOTCONN (no peer, or not a Unix socket), ENOTSOCK.</exception>
    public static PeerCredentials Getpeercred(SafeHandle fd)
    {
        Check(fd);
        if (!Target.IsLinux)
        {
            PeerCredentials other = Getsockopt(fd, SocketOptions.LocalPeerCred);
            return Target.IsMacOS ? other with { ProcessId = Getsockopt(fd, SocketOptions.LocalPeerPid) } : other;
        }

        // Without a peer the kernel gives no error, but nobody.
        PeerCredentials peer = Getsockopt(fd, SocketOptions.PeerCred);
        return peer is { ProcessId: null, UserId: uint.MaxValue } ? throw new UnpException(Errno.ENOTCONN, "getsockopt", nameof(SO_PEERCRED)) : peer;
    }

    /// <summary>
    /// The supplementary groups of the process at the other side of a connected Unix socket: SO_PEERGROUPS on Linux (unix(7)), LOCAL_PEERCRED on the BSDs, which
    /// tells at most 15.
    /// </summary>
    /// <param name="fd">A Unix socket; see <see cref="Getpeercred"/>.</param>
    /// <exception cref="UnpException">ENOTCONN (no peer, or not a Unix socket), ENOPROTOOPT (before Linux 4.13), ENOTSOCK.</exception>
    public static uint[] Getpeergroups(SafeHandle fd)
    {
        Check(fd);
        if (!Target.IsLinux)
        {
            // The first is the effective one.
            Span<byte> bytes = stackalloc byte[sizeof(xucred)];
            xucred other = XucredForm.Read(bytes[..Getsockopt(fd, SOL_LOCAL, LOCAL_PEERCRED, bytes)]);
            return new ReadOnlySpan<uint>(other.cr_groups, Math.Clamp((int)other.cr_ngroups, 1, 16))[1..].ToArray();
        }
        int name = SO_PEERGROUPS;
        uint[] groups = new uint[32];
        while (true)
        {
            uint length = (uint)groups.Length * sizeof(uint);
            fixed (uint* p = groups)
            {
                if (getsockopt(fd, SOL_SOCKET, name, p, &length) == 0)
                    return groups[..(int)(length / sizeof(uint))];
            }
            if (Errno.Last != Errno.ERANGE)
                throw NoPeer(nameof(SO_PEERGROUPS));
            groups = new uint[length / sizeof(uint)];
        }
    }

    /// <summary>
    /// A descriptor of the process at the other side of a connected Unix socket (SO_PEERPIDFD; unix(7)): readable when that has ended, and good for
    /// <see cref="Pidfd_send_signal"/>. Unlike the id of <see cref="Getpeercred"/> it never comes to mean another process. Linux only.
    /// </summary>
    /// <param name="fd">A Unix socket; see <see cref="Getpeercred"/>.</param>
    /// <exception cref="UnpException">
    /// ENOTCONN (no peer, or not a Unix socket), ESRCH or EINVAL (the process is gone; before Linux 6.16), ENOPROTOOPT (before Linux 6.5), EMFILE, ENOTSOCK.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">This system has no SO_PEERPIDFD.</exception>
    public static Fd Getpeerpidfd(SafeHandle fd)
    {
        Check(fd);
        int pidfd = -1;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &length) == 0 ? new Fd(pidfd) : throw NoPeer(nameof(SO_PEERPIDFD));
    }

    /// <summary>The exception for an option of the peer that could not be read: for a missing peer it is one error, whatever the kernel calls it.</summary>
    static UnpException NoPeer(string option) =>
        new(Errno.Last == Errno.ENODATA ? Errno.ENOTCONN : Errno.Last, "getsockopt", option);
}
