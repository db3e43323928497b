using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    internal static int CloseOnExecType => Target.IsMacOS ? 0 : SOCK_CLOEXEC;

    /// <summary><c>socket(2)</c>: makes an endpoint (section 4.2).</summary>
    /// <param name="family">AF_INET, AF_INET6, AF_UNIX...</param>
    /// <param name="type">SOCK_STREAM, SOCK_DGRAM..., where the system has it ored with SOCK_NONBLOCK.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for the type's default.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EMFILE, EPERM (a raw socket).</exception>
    public static Fd Socket(int family, int type, int protocol = 0)
    {
        int fd = socket(family, type | CloseOnExecType, protocol);
        return fd >= 0 ? Own(fd) : throw Failed("socket");
    }

    /// <summary><c>socketpair(2)</c>: two sockets connected to each other (section 15.3).</summary>
    /// <param name="family">AF_UNIX, everywhere the only one.</param>
    /// <param name="type">SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET (not on macOS), where the system has it ored with SOCK_NONBLOCK.</param>
    /// <param name="protocol">0.</param>
    /// <param name="first">One end. Both have no name.</param>
    /// <param name="second">The other.</param>
    /// <exception cref="UnpException">EOPNOTSUPP (any family but AF_UNIX), EPROTONOSUPPORT, EMFILE.</exception>
    public static void Socketpair(int family, int type, int protocol, out Fd first, out Fd second)
    {
        int* fds = stackalloc int[2];
        if (socketpair(family, type | CloseOnExecType, protocol, fds) < 0)
            throw Failed("socketpair");
        (first, second) = OwnPair(fds);
    }

    /// <summary><c>bind(2)</c>: gives the socket its local address (section 4.4).</summary>
    /// <exception cref="UnpException">EADDRINUSE, EADDRNOTAVAIL, EACCES (a port under 1024), EINVAL; the message has the address.</exception>
    public static void Bind(SafeHandle fd, in SockAddr address)
    {
        Check(fd);
        if (bind(fd, address) < 0)
            throw Failed("bind", address.ToString());
    }

    /// <summary>
    /// Has several sockets listen at one port, or receive from it, among which the kernel deals the clients out: SO_REUSEPORT of Linux, SO_REUSEPORT_LB of
    /// FreeBSD (section 7.5). Each needs it before it is bound.
    /// </summary>
    /// <param name="fd">A socket that is not bound yet.</param>
    /// <exception cref="PlatformNotSupportedException">macOS, whose SO_REUSEPORT gives all clients to one of them.</exception>
    /// <exception cref="UnpException">ENOPROTOOPT: FreeBSD before 12; ENOTSOCK.</exception>
    public static void Share_port(SafeHandle fd)
    {
        Check(fd);
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException("macOS does not deal out clients among several sockets.");
        Setsockopt(fd, PortSharing, true);
    }

    /// <summary>What <see cref="Share_port"/> sets.</summary>
    internal static SocketOption<bool> PortSharing => OperatingSystem.IsFreeBSD() ? SocketOptions.ReusePortLb : SocketOptions.ReusePort;

    /// <summary><c>listen(2)</c>: makes the socket accept connections (figure 4.8).</summary>
    /// <param name="fd">A bound stream socket.</param>
    /// <param name="backlog">
    /// How many completed connections may wait for <see cref="Accept(SafeHandle)"/>; the environment variable LISTENQ overrides it, the kernel caps it.
    /// </param>
    /// <exception cref="UnpException">EADDRINUSE, EOPNOTSUPP.</exception>
    public static void Listen(SafeHandle fd, int backlog = LISTENQ)
    {
        Check(fd);
        if (listen(fd, BacklogOverride ?? backlog) < 0)
            throw Failed("listen");
    }

    /// <summary><c>accept(2)</c>: takes the next completed connection, waiting for one (section 4.6).</summary>
    /// <inheritdoc cref="Accept(SafeHandle, out SockAddr)" path="/exception"/>
    public static Fd Accept(SafeHandle fd) => Accept(fd, out _);

    /// <summary><c>accept(2)</c>: takes the next completed connection, waiting for one (section 4.6).</summary>
    /// <remarks>
    /// A connection that its client gave up while it waited is passed over (ECONNABORTED, EPROTO; section 5.11), and so is one that the network
    /// failed meanwhile (ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET, ENOPROTOOPT, EOPNOTSUPP, which accept(2) of Linux can say). The
    /// connection blocks, be the listener non-blocking or not.
    /// </remarks>
    /// <param name="fd">A listening socket.</param>
    /// <param name="peer">The client's address; of a unix client that did not bind, the unnamed one.</param>
    /// <exception cref="UnpException">
    /// EMFILE, ENFILE: no descriptor is free, and the connection waits on for the next call; EINVAL: not listening, or another thread has shut the
    /// socket down; EAGAIN: non-blocking and nobody waits.
    /// </exception>
    public static Fd Accept(SafeHandle fd, out SockAddr peer)
    {
        Check(fd);
        return TryAccept(fd, out Fd? connection, out peer, isNonBlocking: false) ? connection : throw Failed("accept");
    }

    /// <summary>As <see cref="Accept(SafeHandle, out SockAddr)"/>, for a server that expects to find nobody or to run out of descriptors.</summary>
    /// <param name="fd">A listening socket, mostly a non-blocking one (section 16.6).</param>
    /// <param name="connection">The next connection, close-on-exec.</param>
    /// <param name="peer">The client's address.</param>
    /// <param name="isNonBlocking">
    /// Whether the connection is non-blocking from the start, for <see cref="TryRecv"/> and <see cref="TrySend"/>. False for a thread that serves it.
    /// </param>
    /// <returns>
    /// False leaves the reason in <see cref="Errno.Last"/>: EAGAIN, nobody waits; what <see cref="Errno.IsShortage"/> says, who waits goes on waiting; EPERM, it is
    /// forbidden; or what no later call will mend (EINVAL, EBADF, ENOTSOCK, EOPNOTSUPP).
    /// </returns>
    public static bool TryAccept(SafeHandle fd, [NotNullWhen(true)] out Fd? connection, out SockAddr peer, bool isNonBlocking = true)
    {
        Check(fd);
        while (!TryAcceptOnce(fd, out connection, out peer, isNonBlocking))
        {
            if (!IsPassing(fd))
                return false;
        }
        return true;
    }

    /// <summary>As <see cref="TryAccept"/>, and says EINTR after a signal, and why a connection was lost that others may follow.</summary>
    internal static bool TryAcceptOnce(SafeHandle fd, [NotNullWhen(true)] out Fd? connection, out SockAddr peer, bool isNonBlocking = false)
    {
        int descriptor = OperatingSystem.IsMacOS()
            ? accept(fd, out peer)
            : accept4(fd, out peer, isNonBlocking ? SOCK_CLOEXEC | SOCK_NONBLOCK : SOCK_CLOEXEC);
        connection = descriptor >= 0 ? Own(descriptor) : null;
        if (connection is null)
            return false;
        if (Target.IsMacOS)
            Set_nonblock(connection, isNonBlocking); // there it has that from the listener
        return true;
    }

    /// <summary><c>connect(2)</c>: connects a stream socket, waiting until it is, or fixes the peer of a datagram socket (section 4.3).</summary>
    /// <remarks>
    /// When a signal interrupts it, the connection goes on being made, and this waits for the outcome, as section 5.9 asks for; at most as long as
    /// SO_SNDTIMEO says.
    /// </remarks>
    /// <exception cref="UnpException">
    /// ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENOENT (a unix path); EINPROGRESS on a non-blocking socket, or when the time-out ran out. The message has the address.
    /// After a failure the socket cannot be used again.
    /// </exception>
    public static void Connect(SafeHandle fd, in SockAddr address)
    {
        Check(fd);
        if (!TryConnect(fd, address))
            throw Failed("connect", address.ToString());
    }

    /// <summary><c>shutdown(2)</c>: ends one or both directions of a connection for everyone who has it (section 6.6).</summary>
    /// <remarks>A thread blocked in the socket wakes: reads return 0, and on Linux a blocked <see cref="Accept(SafeHandle)"/> fails with EINVAL.</remarks>
    /// <param name="fd">The socket.</param>
    /// <param name="how">SHUT_RD, SHUT_WR (sends FIN after what was written) or SHUT_RDWR.</param>
    /// <exception cref="UnpException">ENOTCONN; EINVAL: no such <paramref name="how"/>, which is in the message.</exception>
    public static void Shutdown(SafeHandle fd, int how)
    {
        Check(fd);
        if (shutdown(fd, how) < 0)
            throw Failed("shutdown", Errno.Last == Errno.EINVAL ? $"how {how}" : null);
    }

    /// <summary><c>getsockname(2)</c>: the local address, with the port that the kernel chose (section 4.10).</summary>
    /// <exception cref="UnpException">ENOTSOCK.</exception>
    public static SockAddr Getsockname(SafeHandle fd)
    {
        Check(fd);
        return getsockname(fd, out SockAddr address) == 0 ? address : throw Failed("getsockname");
    }

    /// <summary><c>getpeername(2)</c>: the peer's address (section 4.10).</summary>
    /// <exception cref="UnpException">ENOTCONN, ENOTSOCK.</exception>
    public static SockAddr Getpeername(SafeHandle fd)
    {
        Check(fd);
        return getpeername(fd, out SockAddr address) == 0 ? address : throw Failed("getpeername");
    }

    static int? BacklogOverride =>
        int.TryParse(Environment.GetEnvironmentVariable("LISTENQ"), NumberStyles.None, CultureInfo.InvariantCulture, out int backlog) ? backlog : null;

    /// <summary>Whether the next connection, or the same call again, may still succeed: <see cref="Errno.Last"/> is a signal's, or one connection's own.</summary>
    internal static bool IsPassing(SafeHandle listener)
    {
        Errno error = Errno.Last;
        return error == Errno.EINTR || error == Errno.ECONNABORTED || error == Errno.EPROTO || error == Errno.ENETDOWN || error == Errno.ENETUNREACH ||
            error == Errno.EHOSTDOWN || error == Errno.EHOSTUNREACH || error == Errno.ENONET || error == Errno.ENOPROTOOPT ||
            (error == Errno.EOPNOTSUPP && Listens(listener));
    }

    /// <summary>EOPNOTSUPP is the network's only of a socket that can accept at all. <see cref="Errno.Last"/> stays.</summary>
    static bool Listens(SafeHandle fd)
    {
        Errno error = Errno.Last;
        int listens = 0;
        uint length = sizeof(int);
        bool known = getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0;
        Errno.Last = error;
        return known && listens != 0;
    }

    /// <summary>Connects, or leaves the reason in <see cref="Errno.Last"/>.</summary>
    static bool TryConnect(SafeHandle fd, in SockAddr address)
    {
        while (connect(fd, address) < 0)
        {
            if (Errno.Last != Errno.EINTR)
                return false;
            Errno outcome = OutcomeOfConnect(fd);
            if (outcome == Errno.ENOTCONN)
                continue; // a unix socket forgets an interrupted connect: there it has to be called again
            Errno.Last = outcome;
            return outcome.Value == 0;
        }
        return true;
    }

    /// <summary>Waits for a connection that is being made; calling connect again would only say EALREADY. The time-out starts anew.</summary>
    /// <returns>0 when it is made, EINPROGRESS when the time ran out, ENOTCONN when none is being made, or why it failed.</returns>
    static Errno OutcomeOfConnect(SafeHandle fd)
    {
        TimeSpan limit = Getsockopt(fd, SocketOptions.SndTimeo);
        int ready = WaitFor(fd, POLLOUT, new Deadline(limit == TimeSpan.Zero ? null : limit));
        if (ready <= 0)
            return ready == 0 ? Errno.EINPROGRESS : Errno.Last;
        int error = Getsockopt<int>(fd, SOL_SOCKET, SO_ERROR);
        return error != 0 ? new Errno(error) : getpeername(fd, out _) < 0 ? Errno.Last : default;
    }
}
