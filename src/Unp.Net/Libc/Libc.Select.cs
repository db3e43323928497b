using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/select.h>
public static unsafe partial class Libc
{
    /// <summary><c>select(2)</c>: waits until a descriptor of a set is ready (UNP 6.3).</summary>
    /// <param name="nfds">The highest descriptor in the sets plus 1, at most 1024.</param>
    /// <param name="readfds">The descriptors to read from, or null. Afterwards: the readable ones.</param>
    /// <param name="writefds">The descriptors to write to, or null. Afterwards: the writable ones.</param>
    /// <param name="exceptfds">The descriptors to watch for out-of-band data, or null. Afterwards: those with such data.</param>
    /// <param name="timeout">The longest wait, or null to wait indefinitely. Linux stores the remaining time in it.</param>
    /// <returns>
    /// The number of ready descriptors in all sets, 0 after a time-out, or -1: EBADF, EINTR (never restarted), EINVAL. After a failure the
    /// sets are unchanged.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/select.2.html">select(2)</seealso>
    public static int select(int nfds, FdSet* readfds, FdSet* writefds, FdSet* exceptfds, timeval* timeout) =>
        (int)Kept(Bare.select(nfds, readfds, writefds, exceptfds, timeout));

    /// <summary>
    /// <c>pselect(2)</c>: like select, with a signal mask for the duration of the wait, and a time-out that is never changed (UNP 6.9).
    /// </summary>
    /// <param name="nfds">The highest descriptor in the sets plus 1, at most 1024.</param>
    /// <param name="readfds">The descriptors to read from, or null. Afterwards: the readable ones.</param>
    /// <param name="writefds">The descriptors to write to, or null. Afterwards: the writable ones.</param>
    /// <param name="exceptfds">The descriptors to watch for out-of-band data, or null. Afterwards: those with such data.</param>
    /// <param name="timeout">The longest wait, or null to wait indefinitely.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, instead of the mask of the thread; null keeps that mask.</param>
    /// <returns>The result of <see cref="select"/>; EINTR if a signal that the mask does not block was handled.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pselect.2.html">pselect(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int pselect(int nfds, FdSet* readfds, FdSet* writefds, FdSet* exceptfds, timespec* timeout, SigSet* sigmask);
}
