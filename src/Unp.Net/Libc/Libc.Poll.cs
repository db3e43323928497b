using System.Runtime.InteropServices;

namespace Unp.Net;

// <poll.h>
public static unsafe partial class Libc
{
    /// <summary><c>poll(2)</c>: waits until a descriptor of <paramref name="fds"/> is ready (book 6.10).</summary>
    /// <param name="fds">The descriptors and what is wanted of each; a negative one is skipped. The answers are put in <c>revents</c>.</param>
    /// <param name="nfds">How many there are.</param>
    /// <param name="timeout">Milliseconds; 0 returns at once, negative waits for ever.</param>
    /// <returns>How many are ready, 0 when the time ran out, or -1: EINTR (never restarted), EINVAL (over RLIMIT_NOFILE), ENOMEM.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int poll(pollfd* fds, nuint nfds, int timeout);

    /// <inheritdoc cref="poll(pollfd*, nuint, int)"/>
    public static int poll(Span<pollfd> fds, int timeout)
    {
        fixed (pollfd* p = fds)
            return poll(p, (nuint)fds.Length, timeout);
    }
}
