using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <poll.h>
public static unsafe partial class Libc
{
    /// <summary><c>poll(2)</c>: waits until a descriptor of <paramref name="fds"/> is ready (UNP 6.10).</summary>
    /// <param name="fds">The descriptors and what is wanted of each; a negative one is skipped. The answers are put in <c>revents</c>.</param>
    /// <param name="nfds">How many there are.</param>
    /// <param name="timeout">Milliseconds; 0 returns at once, negative waits for ever.</param>
    /// <returns>How many are ready, 0 when the time ran out, or -1: EINTR (never restarted), EINVAL (over RLIMIT_NOFILE), ENOMEM.</returns>
    public static int poll(pollfd* fds, nuint nfds, int timeout) => (int)Kept(Bare.poll(fds, nfds, timeout));

    /// <inheritdoc cref="poll(pollfd*, nuint, int)"/>
    public static int poll(Span<pollfd> fds, int timeout)
    {
        fixed (pollfd* p = fds)
            return poll(p, (nuint)fds.Length, timeout);
    }

    /// <summary><c>ppoll(2)</c>: as poll, with a signal mask that holds during the wait only. Not on macOS.</summary>
    /// <param name="fds">The descriptors and what is wanted of each.</param>
    /// <param name="nfds">How many there are.</param>
    /// <param name="timeout">The longest wait, or null for ever.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, in place of the thread's; null leaves them.</param>
    /// <returns>As <see cref="poll(pollfd*, nuint, int)"/>; EINTR when a signal that the mask lets through was handled.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int ppoll(pollfd* fds, nuint nfds, timespec* timeout, SigSet* sigmask);
}
