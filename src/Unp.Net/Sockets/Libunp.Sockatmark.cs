using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Returns whether the next byte to read is at the out-of-band mark (figure 24.7, <c>sockatmark(3)</c>).</summary>
    /// <remarks>
    /// A read never crosses the mark, so a program can discard the data before it by reading until this returns true. Bytes that
    /// <see cref="Readline"/> has read ahead lie before the mark, so the result is false while some are left.
    /// </remarks>
    /// <param name="fd">A TCP socket.</param>
    /// <exception cref="UnpException">EBADF; ENOTTY or EINVAL: the descriptor is not a socket.</exception>
    /// <example>
    /// Discards the data before the urgent byte:
    /// <code>
    /// while (!Sockatmark(fd) &amp;&amp; Read(fd, buffer) > 0)
    /// {
    /// }
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man3/sockatmark.3.html">sockatmark(3)</seealso>
    public static bool Sockatmark(SafeHandle fd)
    {
        Check(fd);
        int atMark = sockatmark(fd);
        if (atMark < 0)
            throw Failed("sockatmark", fd);
        return atMark > 0 && IReadAhead.Attached(fd) is not { BufferedLength: > 0 };
    }
}
