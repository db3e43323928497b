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
        Fcntl(listenfd, F_SETFL, Fcntl(listenfd, F_GETFL) | O_NONBLOCK);
        this.listenfd = listenfd;
    }

    /// <summary>
    /// No descriptor is free. The socket stays ready then, and whoever waited for it would spin: so it is not to be watched, and accept is to be tried
    /// after each wait.
    /// </summary>
    public bool IsFull { get; private set; }

    /// <summary>How long a wait may last: for ever; a second when <see cref="IsFull"/>, since others close theirs without telling (ENFILE).</summary>
    public TimeSpan? Patience => IsFull ? TimeSpan.FromSeconds(1) : null;

    /// <summary>The next client; null when there is none, or no descriptor for it.</summary>
    public EchoConnection? Accept()
    {
        int connfd;
        do
            connfd = accept(listenfd, out SockAddr _);
        while (connfd < 0 && (Errno.Last == Errno.EINTR || Errno.Last == Errno.ECONNABORTED || Errno.Last == Errno.EPROTO));

        IsFull = connfd < 0 && Errno.Last != Errno.EAGAIN;
        if (IsFull && !IsShortage(Errno.Last))
            throw new UnpException(Errno.Last, "accept");
        if (IsFull && !told)
        {
            err_msg($"accept error: {Errno.Last.Message}; who comes now waits until others have gone");
            told = true;
        }
        if (connfd < 0)
            return null;
        var sockfd = new Fd(connfd);
        Fcntl(sockfd, F_SETFL, O_NONBLOCK);
        return new EchoConnection(sockfd);
    }

    static bool IsShortage(Errno error) =>
        error == Errno.EMFILE || error == Errno.ENFILE || error == Errno.ENOBUFS || error == Errno.ENOMEM;
}
