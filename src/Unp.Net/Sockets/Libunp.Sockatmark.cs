using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary><c>sockatmark(3)</c>: whether the next byte to read is the one where the out-of-band mark stands (figure 24.7).</summary>
    /// <remarks>
    /// A read never goes past the mark, so that a program that throws away what came before reads until this is so. Bytes that <see cref="Readline"/>
    /// has read ahead lie before it: with some of them left, the answer is no.
    /// </remarks>
    /// <param name="fd">A TCP socket.</param>
    /// <exception cref="UnpException">EBADF, ENOTTY or EINVAL (no socket).</exception>
    public static bool Sockatmark(SafeHandle fd)
    {
        Check(fd);
        int atMark = sockatmark(fd);
        if (atMark < 0)
            throw Failed("sockatmark");
        return atMark > 0 && LineReader.Attached(fd) is not { BufferedLength: > 0 };
    }
}
