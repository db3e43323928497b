namespace Unp.Samples;

/// <summary>
/// Accepts clients for servers that block. A shortage (EMFILE, ENOMEM...) or a firewall (EPERM) does not end a server, where C's
/// <c>Accept</c> ends it: the failure is printed, and the call is repeated.
/// </summary>
static class Acceptor
{
    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc cref="Accept(Fd, out SockAddr)"/>
    public static Fd Accept(Fd listenfd) => Accept(listenfd, out _);

    /// <summary>Takes the next client. The wait has no limit.</summary>
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

    /// <summary>Serves one client after another, without end. A client that fails is printed, and the next one is served.</summary>
    public static void ServeInTurn(Fd listenfd, Action<Fd, SockAddr> serve)
    {
        while (true)
        {
            using Fd connfd = Accept(listenfd, out SockAddr cliaddr);
            UnpProgram.Run(() => serve(connfd, cliaddr));
        }
    }

    /// <summary>Whether a later call may succeed. accept(2) has too many reasons to list those, so the final ones are listed.</summary>
    public static bool CanRetry(Errno error) =>
        error != Errno.EINVAL && error != Errno.EBADF && error != Errno.ENOTSOCK && error != Errno.EOPNOTSUPP;

    /// <summary>Waits before the next attempt, because the socket stays ready and a loop would spin.</summary>
    /// <param name="reason">The failure, which is printed the first time.</param>
    /// <param name="isReported">Whether it was printed. The caller sets it to false when an attempt succeeds.</param>
    public static void Pause(string reason, ref bool isReported)
    {
        if (!isReported)
            err_msg($"{reason}; retrying until it succeeds");
        isReported = true;
        Thread.Sleep(RetryDelay);
    }
}
