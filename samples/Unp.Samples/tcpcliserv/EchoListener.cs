namespace Unp.Samples.tcpcliserv;

/// <summary>
/// The listening socket of a server that serves all clients in one process. It is nonblocking, because a client may leave before accept
/// (UNP 16.6). A client for which no descriptor is free stays in the kernel's queue.
/// </summary>
sealed class EchoListener
{
    readonly Fd listenfd;
    bool isReported;

    public EchoListener(Fd listenfd)
    {
        SetNonBlocking(listenfd);
        this.listenfd = listenfd;
    }

    /// <summary>
    /// Gets whether no descriptor is free, or accept fails for another transient reason (EPERM). The socket stays ready then, and a wait
    /// for it would spin. So it must not be watched, and accept must be tried after each wait.
    /// </summary>
    public bool IsFull { get; private set; }

    /// <summary>
    /// Gets the time limit for a wait: none, or a second when <see cref="IsFull"/>, because another process may free a descriptor (ENFILE)
    /// without a notification.
    /// </summary>
    public TimeSpan? WaitTimeout => IsFull ? TimeSpan.FromSeconds(1) : null;

    /// <summary>Accepts the next client. Returns null if there is no client or no descriptor.</summary>
    public EchoConnection? Accept()
    {
        IsFull = false;
        if (TryAccept(listenfd, out Fd? connfd, out _, isNonBlocking: true))
            return new EchoConnection(connfd);
        if (Errno.Last == Errno.EAGAIN)
            return null;
        if (!Acceptor.CanRetry(Errno.Last))
            throw new UnpException(Errno.Last, "accept");
        IsFull = true;
        if (!isReported)
            err_msg($"accept error: {Errno.Last.Message}; pausing until a connection closes");
        isReported = true;
        return null;
    }
}
