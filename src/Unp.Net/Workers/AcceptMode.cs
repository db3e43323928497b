namespace Unp.Net;

/// <summary>The ways in which the workers of a <see cref="WorkerPool"/> get their connections (UNP 30.6 to 30.9).</summary>
public enum AcceptMode
{
    /// <summary>
    /// All workers wait in accept on one listening socket. The kernel wakes the one that has waited longest (figure 30.9).
    /// </summary>
    Direct,

    /// <summary>
    /// Like <see cref="Direct"/>, but only one worker at a time waits in accept; it holds a record lock on a nameless file (figure 30.16).
    /// Use it for sockets on which several processes must not wait at once, and for workers that wait by select or poll.
    /// </summary>
    FileLock,

    /// <summary>
    /// Like <see cref="FileLock"/>, but with a <see cref="Net.SharedMutex"/> (figure 30.19), which needs no system call if it is free. Not
    /// on macOS.
    /// </summary>
    SharedMutex,

    /// <summary>The pool accepts, and passes each connection to a worker that has requested one (UNP 30.9).</summary>
    Passing,

    /// <summary>
    /// Each worker has its own listening socket on the same port, and the kernel distributes the connections (SO_REUSEPORT;
    /// SO_REUSEPORT_LB on FreeBSD; not on macOS). The pool keeps these sockets open, so the replacement of a dead worker serves the
    /// connections that wait there.
    /// </summary>
    ReusePort,
}
