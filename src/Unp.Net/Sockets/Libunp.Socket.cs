using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    internal static int CloseOnExecType => Target.IsMacOS ? 0 : SOCK_CLOEXEC;

    /// <summary>Creates an endpoint (UNP 4.2, <c>socket(2)</c>).</summary>
    /// <param name="family">AF_INET, AF_INET6, AF_UNIX...</param>
    /// <param name="type">SOCK_STREAM, SOCK_DGRAM..., combined with SOCK_NONBLOCK on systems that have it.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for the type's default.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EMFILE, EPERM (a raw socket).</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</seealso>
    public static Fd Socket(int family, int type, int protocol = 0)
    {
        int fd = socket(family, type | CloseOnExecType, protocol);
        return fd >= 0 ? Own(fd) : throw FailedToCreate("socket", family, type, protocol);
    }

    /// <summary>Creates two sockets connected to each other (UNP 15.3, <c>socketpair(2)</c>).</summary>
    /// <param name="family">AF_UNIX, the only family that every system supports.</param>
    /// <param name="type">
    /// SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET (not on macOS), combined with SOCK_NONBLOCK on systems that have it.
    /// </param>
    /// <param name="protocol">0.</param>
    /// <param name="first">One end. Both ends are unnamed.</param>
    /// <param name="second">The other end.</param>
    /// <exception cref="UnpException">EOPNOTSUPP (any family but AF_UNIX), EPROTONOSUPPORT, EMFILE.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</seealso>
    public static void Socketpair(int family, int type, int protocol, out Fd first, out Fd second)
    {
        int* fds = stackalloc int[2];
        if (socketpair(family, type | CloseOnExecType, protocol, fds) < 0)
            throw FailedToCreate("socketpair", family, type, protocol);
        (first, second) = OwnPair(fds);
    }

    /// <summary>Assigns the socket's local address (UNP 4.4, <c>bind(2)</c>).</summary>
    /// <exception cref="UnpException">
    /// EADDRINUSE, EADDRNOTAVAIL, EACCES (a port under 1024), EINVAL; the message contains the address.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</seealso>
    public static void Bind(SafeHandle fd, in SockAddr address)
    {
        Check(fd);
        if (bind(fd, address) < 0)
            throw Failed("bind", address);
    }

    /// <summary>
    /// Lets several sockets listen or receive on one port: SO_REUSEPORT of Linux, SO_REUSEPORT_LB of FreeBSD (UNP 7.5).
    /// </summary>
    /// <remarks>The kernel distributes the clients among the sockets. Call this for each socket before it is bound.</remarks>
    /// <param name="fd">A socket that is not bound yet.</param>
    /// <exception cref="PlatformNotSupportedException">The system is macOS, whose SO_REUSEPORT gives all clients to one socket.</exception>
    /// <exception cref="UnpException">ENOPROTOOPT: FreeBSD before 12; ENOTSOCK.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</seealso>
    public static void SharePort(SafeHandle fd)
    {
        Check(fd);
        if (Target.IsMacOS)
            throw new PlatformNotSupportedException("macOS does not distribute clients among several sockets. Share one listening socket.");
        Setsockopt(fd, PortSharing, true);
    }

    /// <summary>Gets the option that <see cref="SharePort"/> sets.</summary>
    internal static SocketOption<bool> PortSharing => Target.IsFreeBSD ? SocketOptions.ReusePortLb : SocketOptions.ReusePort;

    /// <summary>The book's backlog for <see cref="Listen(SafeHandle)"/>.</summary>
    public const int LISTENQ = 1024;

    /// <summary>Makes the socket accept connections, with room for <see cref="LISTENQ"/> waiting ones (<c>listen(2)</c>).</summary>
    /// <remarks>
    /// The environment variable LISTENQ replaces the number, as in the book (figure 4.9), but only in a program that sets the AppContext
    /// switch <c>Unp.Net.ListenQ</c>.
    /// </remarks>
    /// <param name="fd">A bound stream socket.</param>
    /// <exception cref="UnpException">EADDRINUSE, EOPNOTSUPP.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</seealso>
    public static void Listen(SafeHandle fd) => Listen(fd, DefaultBacklog);

    /// <summary>Makes the socket accept connections (<c>listen(2)</c>).</summary>
    /// <param name="fd">A bound stream socket.</param>
    /// <param name="backlog">
    /// The number of completed connections that may wait for <see cref="Accept(SafeHandle)"/>. The kernel limits it.
    /// </param>
    /// <exception cref="UnpException">EADDRINUSE, EOPNOTSUPP.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</seealso>
    public static void Listen(SafeHandle fd, int backlog)
    {
        Check(fd);
        if (listen(fd, backlog) < 0)
            throw Failed("listen", fd);
    }

    /// <summary>Creates a listening stream socket at an address: socket, SO_REUSEADDR, bind and listen (UNP 4).</summary>
    /// <remarks>
    /// Tcp_listen takes a name instead of an address. <see cref="UnixListen"/> also replaces the socket that a dead server
    /// left at a path, which this method does not.
    /// </remarks>
    /// <param name="address">The local address; with port 0 the kernel chooses (<see cref="Getsockname"/> returns it).</param>
    /// <param name="sharesPort">Whether several such sockets can listen on one port (<see cref="SharePort"/>).</param>
    /// <param name="backlog">
    /// The number of completed connections that may wait for <see cref="Accept(SafeHandle)"/>. The kernel limits it.
    /// </param>
    /// <exception cref="UnpException">EADDRINUSE, EADDRNOTAVAIL, EACCES (a port under 1024), EAFNOSUPPORT, EMFILE.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// <paramref name="sharesPort"/> is true, and the system is macOS.
    /// </exception>
    public static Fd StreamListen(in SockAddr address, bool sharesPort = false, int backlog = LISTENQ)
    {
        Fd fd = Socket(address.Family, SOCK_STREAM);
        try
        {
            if (address.Family != AF_UNIX)
                Setsockopt(fd, SocketOptions.ReuseAddr, true);
            if (sharesPort)
                SharePort(fd);
            Bind(fd, address);
            Listen(fd, backlog);
            return fd;
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    /// <summary>Accepts the next completed connection, waiting for one (UNP 4.6, <c>accept(2)</c>).</summary>
    /// <inheritdoc cref="Accept(SafeHandle, out SockAddr)" path="/exception"/>
    public static Fd Accept(SafeHandle fd) => Accept(fd, out _);

    /// <summary>Accepts the next completed connection and its peer's address, waiting for one (UNP 4.6, <c>accept(2)</c>).</summary>
    /// <remarks>
    /// <para>A connection that its client aborted while it waited is skipped (ECONNABORTED, EPROTO; UNP 5.11). So is one that a network
    /// error ended: ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET, ENOPROTOOPT, EOPNOTSUPP, which <c>accept(2)</c> of Linux can
    /// report.</para>
    /// <para>The new connection is blocking, even if the listener is non-blocking.</para>
    /// </remarks>
    /// <param name="fd">A listening socket.</param>
    /// <param name="peer">The client's address. A Unix client that is not bound has the unnamed address.</param>
    /// <exception cref="UnpException">
    /// EMFILE, ENFILE: no descriptor is free, and the connection keeps waiting for a later call; EINVAL: the socket is not listening, or
    /// another thread has shut it down; EAGAIN: the listener is non-blocking and no connection is waiting.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/accept.2.html">accept(2)</seealso>
    public static Fd Accept(SafeHandle fd, out SockAddr peer)
    {
        Check(fd);
        return TryAccept(fd, out Fd? connection, out peer, isNonBlocking: false) ? connection : throw FailedToAccept(fd);
    }

    /// <summary>
    /// Works like <see cref="Accept(SafeHandle, out SockAddr)"/>, but returns false instead of throwing, for example if no connection is
    /// waiting.
    /// </summary>
    /// <param name="fd">A listening socket, usually a non-blocking one (UNP 16.6).</param>
    /// <param name="connection">The next connection, close-on-exec.</param>
    /// <param name="peer">The client's address.</param>
    /// <param name="isNonBlocking">
    /// Whether the connection is non-blocking from the start, for <see cref="TryRecv"/> and <see cref="TrySend"/>. Use false for a
    /// connection that a thread serves.
    /// </param>
    /// <returns>
    /// False if no connection was accepted. <see cref="Errno.Last"/> is then EAGAIN: no connection is waiting; a shortage
    /// (<see cref="Errno.IsShortage"/>): the connection keeps waiting; EPERM: a firewall forbids it; or a permanent error: EINVAL, EBADF,
    /// ENOTSOCK, EOPNOTSUPP.
    /// </returns>
    /// <example>
    /// <code>
    /// while (TryAccept(listenfd, out Fd? connfd, out SockAddr peer))
    ///     poller.Add(connfd, PollEvents.Readable, state: connfd);
    /// if (Errno.Last.IsShortage)
    ///     poller.Modify(registration, PollEvents.None);    // until a descriptor is closed
    /// else if (Errno.Last != Errno.EAGAIN)
    ///     throw new UnpException(Errno.Last, "accept");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/accept.2.html">accept(2)</seealso>
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

    /// <summary>
    /// Works like <see cref="TryAccept"/>, but also returns false after a signal (EINTR), and for each lost connection
    /// (<see cref="IsPassing"/>).
    /// </summary>
    internal static bool TryAcceptOnce(SafeHandle fd, [NotNullWhen(true)] out Fd? connection, out SockAddr peer, bool isNonBlocking = false)
    {
        int descriptor = Target.IsMacOS
            ? accept(fd, out peer)
            : accept4(fd, out peer, isNonBlocking ? SOCK_CLOEXEC | SOCK_NONBLOCK : SOCK_CLOEXEC);
        connection = descriptor >= 0 ? Own(descriptor) : null;
        if (connection is null)
            return false;
        if (Target.IsMacOS)
            SetNonBlocking(connection, isNonBlocking); // on macOS the connection inherits the listener's flag
        return true;
    }

    /// <summary>
    /// Connects a stream socket, waiting for the result, or sets the peer of a datagram socket (UNP 4.3, <c>connect(2)</c>).
    /// </summary>
    /// <remarks>
    /// If a signal interrupts the call, the kernel continues to connect. The function then waits for the result, as UNP 5.9 demands, at
    /// most for the time of SO_SNDTIMEO.
    /// </remarks>
    /// <exception cref="UnpException">
    /// ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENOENT (a Unix path); EINPROGRESS: the socket is non-blocking, or its time-out
    /// expired. The message contains the address. After a failure the socket cannot be used again.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</seealso>
    public static void Connect(SafeHandle fd, in SockAddr address)
    {
        Check(fd);
        if (!TryConnect(fd, address))
            throw Failed("connect", address);
    }

    /// <summary>Ends one or both directions of a connection, for all processes that share it (UNP 6.6, <c>shutdown(2)</c>).</summary>
    /// <remarks>
    /// A blocked thread wakes: reads return 0, and on Linux a blocked <see cref="Accept(SafeHandle)"/> fails with EINVAL.
    /// </remarks>
    /// <param name="fd">The socket.</param>
    /// <param name="how">SHUT_RD, SHUT_WR (sends FIN after the pending data) or SHUT_RDWR.</param>
    /// <exception cref="UnpException">ENOTCONN; EINVAL: <paramref name="how"/> is invalid, and the message contains it.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</seealso>
    public static void Shutdown(SafeHandle fd, int how)
    {
        Check(fd);
        if (shutdown(fd, how) < 0)
            throw Errno.Last == Errno.EINVAL ? Failed("shutdown", $"how {how}") : Failed("shutdown", fd);
    }

    static int DefaultBacklog =>
        AppContext.TryGetSwitch("Unp.Net.ListenQ", out bool isOn) && isOn
        && int.TryParse(Environment.GetEnvironmentVariable("LISTENQ"), NumberStyles.None, CultureInfo.InvariantCulture, out int backlog)
            ? backlog : LISTENQ;

    /// <summary>
    /// Returns whether accept may succeed if it is called again, because <see cref="Errno.Last"/> concerns a signal or a single connection.
    /// </summary>
    internal static bool IsPassing(SafeHandle listener)
    {
        Errno error = Errno.Last;
        if (error != Errno.EOPNOTSUPP)
        {
            return error.IsAny(
                Errno.EINTR, Errno.ECONNABORTED, Errno.EPROTO, Errno.ENETDOWN, Errno.ENETUNREACH, Errno.EHOSTDOWN, Errno.EHOSTUNREACH,
                Errno.ENONET, Errno.ENOPROTOOPT);
        }

        // If the socket does not listen, this is an error of the socket, not of the network.
        bool isPassing = IsListening(listener);
        Errno.Last = error;
        return isPassing;
    }

    /// <summary>Returns whether the descriptor is a socket that listens (SO_ACCEPTCONN).</summary>
    internal static bool IsListening(SafeHandle fd) =>
        getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, out int isListening) == 0 && isListening != 0;

    /// <summary>Connects, or returns false with the error in <see cref="Errno.Last"/>.</summary>
    static bool TryConnect(SafeHandle fd, in SockAddr address)
    {
        while (connect(fd, address) < 0)
        {
            if (Errno.Last != Errno.EINTR)
                return false;
            Errno outcome = OutcomeOfConnect(fd);
            if (outcome == Errno.ENOTCONN)
                continue; // an interrupted connect of a Unix socket does not continue in the kernel, so it is called again
            Errno.Last = outcome;
            return outcome.Value == 0;
        }
        return true;
    }

    /// <summary>Waits for a pending connection, because another connect would only report EALREADY. The time-out starts again.</summary>
    /// <returns>0 on success; EINPROGRESS if the time-out expired; ENOTCONN if no connection is pending; otherwise the error.</returns>
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
