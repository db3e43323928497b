namespace Unp.Net;

/// <summary>How the workers of a <see cref="WorkerPool"/> come to their connections (sections 30.6 to 30.9).</summary>
public enum AcceptMode
{
    /// <summary>All of them wait in accept of the one listening socket; the kernel wakes who has waited longest (figure 30.9).</summary>
    Direct,

    /// <summary>
    /// The same, one at a time: who waits in accept holds a record lock of a nameless file (figure 30.16). For sockets that several processes must not wait on
    /// at once, and where the workers wait by select or poll.
    /// </summary>
    FileLock,

    /// <summary>The same with a <see cref="SharedMutex"/> (figure 30.19), which costs no system call when nobody waits. Not on macOS.</summary>
    SharedMutex,

    /// <summary>The pool accepts, and passes each connection to a worker that has asked for one (section 30.9).</summary>
    Passing,

    /// <summary>
    /// Each worker has a listening socket of its own on the same port (SO_REUSEPORT; SO_REUSEPORT_LB on FreeBSD; not on macOS), and the kernel deals the connections out. The sockets are the pool's:
    /// what waits at one whose worker has died is served by the next worker there.
    /// </summary>
    ReusePort,
}
