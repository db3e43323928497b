using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/uio.h>
public static unsafe partial class Libc
{
    /// <summary><c>readv(2)</c>: like read, into several pieces of memory, which are filled in order (UNP 14.4).</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="iov">The pieces.</param>
    /// <param name="iovcnt">The number of pieces, at most <see cref="IOV_MAX"/>.</param>
    /// <returns>
    /// The number of bytes, 0 at the end of file or after the peer's FIN, or -1: EINVAL (too many pieces, or too many bytes in total), and
    /// the errors of read.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/readv.2.html">readv(2)</seealso>
    public static nint readv(int fd, iovec* iov, int iovcnt) => Kept(Bare.readv(fd, iov, iovcnt));

    /// <inheritdoc cref="readv(int, iovec*, int)"/>
    public static nint readv(SafeHandle fd, iovec* iov, int iovcnt) => Kept(Bare.readv(Hold(fd), iov, iovcnt), fd);

    /// <inheritdoc cref="readv(int, iovec*, int)"/>
    public static nint readv(int fd, ReadOnlySpan<iovec> iov)
    {
        fixed (iovec* p = iov)
            return readv(fd, p, iov.Length);
    }

    /// <inheritdoc cref="readv(int, iovec*, int)"/>
    public static nint readv(SafeHandle fd, ReadOnlySpan<iovec> iov)
    {
        fixed (iovec* p = iov)
            return readv(fd, p, iov.Length);
    }

    /// <summary><c>writev(2)</c>: like write, from several pieces of memory in one call (UNP 14.4).</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="iov">The pieces.</param>
    /// <param name="iovcnt">The number of pieces, at most <see cref="IOV_MAX"/>.</param>
    /// <returns>
    /// The number of bytes, which may end within a piece, or -1: EINVAL (too many pieces, or too many bytes in total), and the errors of
    /// write.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/writev.2.html">writev(2)</seealso>
    public static nint writev(int fd, iovec* iov, int iovcnt) => Kept(Bare.writev(fd, iov, iovcnt));

    /// <inheritdoc cref="writev(int, iovec*, int)"/>
    public static nint writev(SafeHandle fd, iovec* iov, int iovcnt) => Kept(Bare.writev(Hold(fd), iov, iovcnt), fd);

    /// <inheritdoc cref="writev(int, iovec*, int)"/>
    public static nint writev(int fd, ReadOnlySpan<iovec> iov)
    {
        fixed (iovec* p = iov)
            return writev(fd, p, iov.Length);
    }

    /// <inheritdoc cref="writev(int, iovec*, int)"/>
    public static nint writev(SafeHandle fd, ReadOnlySpan<iovec> iov)
    {
        fixed (iovec* p = iov)
            return writev(fd, p, iov.Length);
    }
}
