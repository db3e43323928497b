using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <poll.h>
public static unsafe partial class Libc
{
    /// <summary><c>poll(2)</c>: waits until a descriptor of <paramref name="fds"/> is ready (UNP 6.10).</summary>
    /// <param name="fds">
    /// The descriptors and their requested events; a negative descriptor is skipped. <c>revents</c> receives the results.
    /// </param>
    /// <param name="nfds">The number of descriptors.</param>
    /// <param name="timeout">Milliseconds; 0 does not wait, a negative value waits indefinitely.</param>
    /// <returns>
    /// The number of ready descriptors, 0 after a time-out, or -1: EINTR (never restarted), EINVAL (over RLIMIT_NOFILE), ENOMEM.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</seealso>
    public static int poll(pollfd* fds, nuint nfds, int timeout) => (int)Kept(Bare.poll(fds, nfds, timeout));

    /// <inheritdoc cref="poll(pollfd*, nuint, int)"/>
    public static int poll(Span<pollfd> fds, int timeout)
    {
        fixed (pollfd* p = fds)
            return poll(p, (nuint)fds.Length, timeout);
    }

    /// <summary><c>ppoll(2)</c>: like poll, with a signal mask for the duration of the wait. Not on macOS.</summary>
    /// <param name="fds">The descriptors and their requested events.</param>
    /// <param name="nfds">The number of descriptors.</param>
    /// <param name="timeout">The longest wait, or null to wait indefinitely.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, instead of the mask of the thread; null keeps that mask.</param>
    /// <returns>
    /// The result of <see cref="poll(pollfd*, nuint, int)"/>; EINTR if a signal that the mask does not block was handled.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ppoll.2.html">ppoll(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int ppoll(pollfd* fds, nuint nfds, timespec* timeout, SigSet* sigmask);
}
