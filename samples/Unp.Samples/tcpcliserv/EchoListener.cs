namespace Unp.Samples.tcpcliserv;

/// <summary>
/// The listening socket of a server that serves all in one process. Accept does not wait there: the client that made it ready may have gone (section
/// 16.6). A client for which no descriptor is free stays in the kernel's queue until one is.
/// </summary>
sealed class EchoListener
{
    readonly Fd listenfd;
    bool told;

    public EchoListener(Fd listenfd)
    {
        Set_nonblock(listenfd);
        this.listenfd = listenfd;
    }

    /// <summary>
    /// No descriptor is free, or accept fails for another reason that may pass (EPERM). The socket stays ready then, and a wait for it
    /// would spin. So it must not be watched, and accept must be tried after each wait.
    /// </summary>
    public bool IsFull { get; private set; }

    /// <summary>How long a wait may last: for ever; a second when <see cref="IsFull"/>, since others close theirs without telling (ENFILE).</summary>
    public TimeSpan? Patience => IsFull ? TimeSpan.FromSeconds(1) : null;

    /// <summary>The next client; null when there is none, or no descriptor for it.</summary>
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
        if (!told)
            err_msg($"accept error: {Errno.Last.Message}; pausing until a connection closes");
        told = true;
        return null;
    }
}
