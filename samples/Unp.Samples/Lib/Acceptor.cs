namespace Unp.Samples;

/// <summary>
/// The accept loop of servers that block. C's <c>Accept</c> ends the server on every error. This one prints a shortage (EMFILE, ENOMEM...)
/// or a firewall's refusal (EPERM) and repeats the call.
/// </summary>
static class Acceptor
{
    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc cref="Accept(Fd, out SockAddr)"/>
    public static Fd Accept(Fd listenfd) => Accept(listenfd, out _);

    /// <summary>Accepts the next client and waits without a limit.</summary>
    /// <exception cref="UnpException">The socket does not listen, or no longer does.</exception>
    public static Fd Accept(Fd listenfd, out SockAddr peer)
    {
        bool isReported = false;
        while (true)
        {
            if (TryAccept(listenfd, out Fd? connfd, out peer, isNonBlocking: false))
                return connfd;
            if (!CanRetry(Errno.Last))
                throw new UnpException(Errno.Last, "accept");
            Pause($"accept error: {Errno.Last.Message}", ref isReported);
        }
    }

    /// <summary>
    /// Accepts the next client of a server that also serves others. After a failure it pauses and returns null, so that the server can
    /// continue with the others.
    /// </summary>
    /// <param name="listenfd">The listening socket.</param>
    /// <param name="isReported">Whether a failure was printed. Only the first one is printed.</param>
    /// <exception cref="UnpException">The socket does not listen, or no longer does.</exception>
    public static Fd? AcceptOrPause(Fd listenfd, ref bool isReported)
    {
        if (TryAccept(listenfd, out Fd? connfd, out _, isNonBlocking: false))
            return connfd;
        if (!CanRetry(Errno.Last))
            throw new UnpException(Errno.Last, "accept");
        Pause($"accept error: {Errno.Last.Message}", ref isReported);
        return null;
    }

    /// <summary>Serves one client after another, indefinitely. The failure of a client is printed, and the next client is served.</summary>
    public static void ServeInTurn(Fd listenfd, Action<Fd, SockAddr> serve)
    {
        while (true)
        {
            using Fd connfd = Accept(listenfd, out SockAddr cliaddr);
            UnpProgram.Run(() => serve(connfd, cliaddr));
        }
    }

    /// <summary>
    /// Returns whether a later call may succeed. The final errors are listed because the transient errors of accept(2) are too many to
    /// list.
    /// </summary>
    public static bool CanRetry(Errno error) =>
        error != Errno.EINVAL && error != Errno.EBADF && error != Errno.ENOTSOCK && error != Errno.EOPNOTSUPP;

    /// <summary>Waits before the next attempt. Without the pause the loop would spin, because the socket stays ready.</summary>
    /// <param name="reason">The failure. It is printed only the first time.</param>
    /// <param name="isReported">Whether a failure was already printed. It is set here.</param>
    public static void Pause(string reason, ref bool isReported)
    {
        if (!isReported)
            err_msg($"{reason}; retrying until it succeeds");
        isReported = true;
        Poll([], RetryDelay); // not Thread.Sleep, whose assembly may not be loaded yet and could not be opened now
    }
}
