using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/select.h>
public static unsafe partial class Libc
{
    /// <summary><c>select(2)</c>: waits until a descriptor of a set is ready (UNP 6.3).</summary>
    /// <param name="nfds">The highest descriptor of all sets and one, at most 1024.</param>
    /// <param name="readfds">To be read, or null. Afterwards: those that can be.</param>
    /// <param name="writefds">To be written, or null. Afterwards: those that can be.</param>
    /// <param name="exceptfds">To be watched for out-of-band data, or null. Afterwards: those that have it.</param>
    /// <param name="timeout">The longest wait, or null for ever. Linux leaves what is left of it there.</param>
    /// <returns>How many are ready in all sets, 0 when the time ran out, or -1: EBADF, EINTR (never restarted), EINVAL. Then the sets are as before.</returns>
    public static int select(int nfds, FdSet* readfds, FdSet* writefds, FdSet* exceptfds, timeval* timeout) =>
        (int)Kept(Bare.select(nfds, readfds, writefds, exceptfds, timeout));

    /// <summary><c>pselect(2)</c>: as select, with a signal mask that holds during the wait only, and a time-out that is not changed (UNP 6.9).</summary>
    /// <param name="nfds">The highest descriptor of all sets and one, at most 1024.</param>
    /// <param name="readfds">To be read, or null. Afterwards: those that can be.</param>
    /// <param name="writefds">To be written, or null. Afterwards: those that can be.</param>
    /// <param name="exceptfds">To be watched for out-of-band data, or null. Afterwards: those that have it.</param>
    /// <param name="timeout">The longest wait, or null for ever.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, in place of the thread's; null leaves them.</param>
    /// <returns>As <see cref="select"/>; EINTR when a signal that the mask lets through was handled.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int pselect(int nfds, FdSet* readfds, FdSet* writefds, FdSet* exceptfds, timespec* timeout, SigSet* sigmask);
}
