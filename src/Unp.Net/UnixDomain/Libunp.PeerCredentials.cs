using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Returns the credentials of the peer of a connected Unix socket, as the kernel recorded them: SO_PEERCRED on Linux, LOCAL_PEERCRED on
    /// the BSDs (UNP 15.8, <c>unix(7)</c>, FreeBSD's <c>unix(4)</c>).
    /// </summary>
    /// <remarks>
    /// <para>The peer is the process that called <see cref="Connect"/>, <see cref="Listen(SafeHandle, int)"/> or
    /// <see cref="Socketpair"/>, with its credentials at that time. Since then the descriptor may have passed to another process. The
    /// process may also have changed its user,
    /// or may have ended and its id may be reused. <see cref="Getpeerpidfd"/> identifies the process permanently.</para>
    /// <para>A datagram socket has no peer, unless <see cref="Socketpair"/> created it. Each datagram can carry the credentials of its
    /// sender (<see cref="SocketOptions.PassCred"/>). A listening socket returns its own credentials.</para>
    /// </remarks>
    /// <param name="fd">A Unix socket.</param>
    /// <exception cref="UnpException">ENOTCONN: no peer, or not a Unix socket; ENOTSOCK.</exception>
    /// <example>
    /// <code>
    /// PeerCredentials peer = Getpeercred(fd);
    /// if (peer.UserId != geteuid())
    ///     Shutdown(fd, SHUT_RDWR);
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</seealso>
    public static PeerCredentials Getpeercred(SafeHandle fd)
    {
        Check(fd);
        if (!Target.IsLinux)
        {
            PeerCredentials other = Getsockopt(fd, SocketOptions.LocalPeerCred);
            return Target.IsMacOS ? other with { ProcessId = Getsockopt(fd, SocketOptions.LocalPeerPid) } : other;
        }

        // Without a peer the kernel returns no error, but invalid credentials.
        PeerCredentials peer = Getsockopt(fd, SocketOptions.PeerCred);
        return peer is { ProcessId: null, UserId: uint.MaxValue }
            ? throw NoPeer(fd, Errno.ENOTCONN, nameof(SO_PEERCRED)) : peer;
    }

    /// <summary>
    /// Returns the supplementary groups of the peer of a connected Unix socket: SO_PEERGROUPS on Linux (<c>unix(7)</c>), LOCAL_PEERCRED on
    /// the BSDs, which reports at most 15.
    /// </summary>
    /// <param name="fd">A Unix socket. See <see cref="Getpeercred"/>.</param>
    /// <exception cref="UnpException">ENOTCONN: no peer, or not a Unix socket; ENOPROTOOPT: before Linux 4.13; ENOTSOCK.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</seealso>
    public static uint[] Getpeergroups(SafeHandle fd)
    {
        Check(fd);
        if (!Target.IsLinux)
        {
            // The first group is the effective group.
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
                throw NoPeer(fd, Errno.Last, nameof(SO_PEERGROUPS));
            groups = new uint[length / sizeof(uint)];
        }
    }

    /// <summary>
    /// Returns a pidfd of the peer of a connected Unix socket (SO_PEERPIDFD, <c>unix(7)</c>). It becomes readable when the process ends,
    /// and <see cref="Pidfd_send_signal"/> accepts it. Unlike the process id of <see cref="Getpeercred"/> it never refers to another
    /// process. Linux only.
    /// </summary>
    /// <param name="fd">A Unix socket. See <see cref="Getpeercred"/>.</param>
    /// <exception cref="UnpException">
    /// ENOTCONN: no peer, or not a Unix socket; ESRCH or EINVAL: the process has ended (before Linux 6.16); ENOPROTOOPT: before Linux 6.5;
    /// EMFILE, ENOTSOCK.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The system has no SO_PEERPIDFD.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</seealso>
    public static Fd Getpeerpidfd(SafeHandle fd)
    {
        Check(fd);
        return getsockopt(fd, SOL_SOCKET, SO_PEERPIDFD, out int pidfd) == 0
            ? new Fd(pidfd) : throw NoPeer(fd, Errno.Last, nameof(SO_PEERPIDFD));
    }

    /// <summary>
    /// Creates the exception for a peer option that cannot be read. A missing peer is always ENOTCONN, although kernels differ.
    /// </summary>
    static UnpException NoPeer(SafeHandle fd, Errno error, string option)
    {
        bool isOther = getsockname(fd, out SockAddr local) == 0 && local.Family != AF_UNIX;
        string reason = isOther ? $", {NameOf(fd)} is not a Unix socket" : "";
        return new UnpException(error == Errno.ENODATA ? Errno.ENOTCONN : error, "getsockopt", option + reason);
    }
}
