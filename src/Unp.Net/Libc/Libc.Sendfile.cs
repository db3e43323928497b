using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/sendfile.h>, and the calls of <fcntl.h> and <unistd.h> that move data between descriptors without a buffer.
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>sendfile(2)</c>: sends part of a file, with the semantics of Linux on every system. The functions of FreeBSD and macOS take the
    /// descriptors in the opposite order, and have parameters for headers and trailers.
    /// </summary>
    /// <param name="out_fd">The destination: a socket; on Linux any descriptor that is not opened with O_APPEND.</param>
    /// <param name="in_fd">A file.</param>
    /// <param name="offset">
    /// The position in the file, which advances by the number of bytes sent; Linux does not change it for a character device. Null: the
    /// file's
    /// own position is used and advances.
    /// </param>
    /// <param name="count">The maximum number of bytes. Linux sends at most 2,147,479,552 per call.</param>
    /// <returns>
    /// The number of bytes, 0 at the end of the file, or -1: EAGAIN, EINTR, EINVAL (not a file, O_APPEND), ESPIPE (an offset with a
    /// descriptor that is not a file), EPIPE,
    /// ECONNRESET, ENOTCONN, EBADF, EIO.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendfile.2.html">sendfile(2)</seealso>
    public static nint sendfile(int out_fd, int in_fd, long* offset, nuint count)
    {
        if (Target.IsLinux)
            return sendfile_linux(out_fd, in_fd, offset, count);
        if (count == 0)
            return 0; // the BSDs take 0 for the whole file
        long begin = offset != null ? *offset : lseek(in_fd, 0, SEEK_CUR);
        if (begin < 0)
            return -1;
        long sent = Target.IsMacOS ? (long)Math.Min((ulong)count, long.MaxValue) : 0;
        int result = Target.IsMacOS
            ? sendfile_darwin(in_fd, out_fd, begin, &sent, null, 0)
            : sendfile_freebsd(in_fd, out_fd, begin, count, null, &sent, 0);
        if (result < 0 && sent == 0)
            return -1; // otherwise EAGAIN or EINTR after sending a part
        if (offset != null)
            *offset = begin + sent;
        else if (lseek(in_fd, begin + sent, SEEK_SET) < 0)
            return -1;
        return (nint)sent;
    }

    /// <inheritdoc cref="sendfile(int, int, long*, nuint)"/>
    public static nint sendfile(SafeHandle out_fd, SafeHandle in_fd, long* offset, nuint count)
    {
        int to = Hold(out_fd), from = HoldToo(in_fd, out_fd);
        return Kept(sendfile(to, from, offset, count), out_fd, in_fd);
    }

    /// <summary><c>splice(2)</c>: moves data from or to a pipe inside the kernel.</summary>
    /// <param name="fd_in">The source. Source or destination must be a pipe.</param>
    /// <param name="off_in">
    /// The position in the source, which advances by the number of bytes copied; null for a pipe or a socket, or for the file's own
    /// position.
    /// </param>
    /// <param name="fd_out">The destination.</param>
    /// <param name="off_out">
    /// The position in the destination, which advances too; null for a pipe or a socket, or for the file's own position.
    /// </param>
    /// <param name="len">The maximum number of bytes.</param>
    /// <param name="flags">0, or SPLICE_F_NONBLOCK, SPLICE_F_MORE and SPLICE_F_MOVE combined.</param>
    /// <returns>
    /// The number of bytes, 0 at the end, or -1: EAGAIN, EINTR, EINVAL (neither is a pipe, O_APPEND, both are the same pipe), ESPIPE,
    /// EPIPE, EBADF.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static nint splice(int fd_in, long* off_in, int fd_out, long* off_out, nuint len, uint flags) =>
        Kept(Bare.splice(fd_in, off_in, fd_out, off_out, len, flags));

    /// <inheritdoc cref="splice(int, long*, int, long*, nuint, uint)"/>
    [SupportedOSPlatform("linux")]
    public static nint splice(SafeHandle fd_in, long* off_in, SafeHandle fd_out, long* off_out, nuint len, uint flags)
    {
        int from = Hold(fd_in), to = HoldToo(fd_out, fd_in);
        return Kept(splice(from, off_in, to, off_out, len, flags), fd_in, fd_out);
    }

    /// <summary><c>tee(2)</c>: copies data from pipe to pipe, without removing it from the first.</summary>
    /// <returns>The number of bytes, 0 at the end, or -1: EAGAIN, EINTR, EINVAL (not two pipes), EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/tee.2.html">tee(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static nint tee(int fd_in, int fd_out, nuint len, uint flags) => Kept(Bare.tee(fd_in, fd_out, len, flags));

    /// <inheritdoc cref="tee(int, int, nuint, uint)"/>
    [SupportedOSPlatform("linux")]
    public static nint tee(SafeHandle fd_in, SafeHandle fd_out, nuint len, uint flags)
    {
        int from = Hold(fd_in), to = HoldToo(fd_out, fd_in);
        return Kept(tee(from, to, len, flags), fd_in, fd_out);
    }

    /// <summary>
    /// <c>copy_file_range(2)</c>: copies from file to file inside the kernel, or makes both files share the blocks. Linux 4.5, FreeBSD 13.
    /// </summary>
    /// <param name="fd_in">A file.</param>
    /// <param name="off_in">
    /// The position in the source, which advances by the number of bytes copied; null for the file's own position.
    /// </param>
    /// <param name="fd_out">A file.</param>
    /// <param name="off_out">The position in the destination, which advances too; null for the file's own position.</param>
    /// <param name="len">The maximum number of bytes.</param>
    /// <param name="flags">0.</param>
    /// <returns>
    /// The number of bytes, 0 at the end of the file, or -1: EXDEV (the file systems have no common method; /proc has none), EINVAL (not
    /// files, or
    /// overlapping ranges), EISDIR, EBADF (O_APPEND), EFBIG, ENOSPC, EINTR.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/copy_file_range.2.html">copy_file_range(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static nint copy_file_range(int fd_in, long* off_in, int fd_out, long* off_out, nuint len, uint flags) =>
        Kept(Bare.copy_file_range(fd_in, off_in, fd_out, off_out, len, flags));

    /// <inheritdoc cref="copy_file_range(int, long*, int, long*, nuint, uint)"/>
    [UnsupportedOSPlatform("macos")]
    public static nint copy_file_range(SafeHandle fd_in, long* off_in, SafeHandle fd_out, long* off_out, nuint len, uint flags)
    {
        int from = Hold(fd_in), to = HoldToo(fd_out, fd_in);
        return Kept(copy_file_range(from, off_in, to, off_out, len, flags), fd_in, fd_out);
    }

    /// <summary><c>lseek(2)</c>: moves or reads the position of a file.</summary>
    /// <param name="fd">A file.</param>
    /// <param name="offset">The distance from the reference point.</param>
    /// <param name="whence">SEEK_SET: from the beginning; SEEK_CUR: from the position; SEEK_END: from the end.</param>
    /// <returns>The new position, or -1: ESPIPE (a pipe, socket or terminal), EINVAL, EOVERFLOW, EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/lseek.2.html">lseek(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial long lseek(int fd, long offset, int whence);

    /// <inheritdoc cref="lseek(int, long, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial long lseek(SafeHandle fd, long offset, int whence);

    static nint sendfile_linux(int out_fd, int in_fd, long* offset, nuint count) => Kept(Bare.sendfile(out_fd, in_fd, offset, count));

    [LibraryImport(LibraryName, EntryPoint = "sendfile", SetLastError = true)]
    private static partial int sendfile_freebsd(int fd, int s, long offset, nuint nbytes, void* hdtr, long* sbytes, int flags);

    [LibraryImport(LibraryName, EntryPoint = "sendfile", SetLastError = true)]
    private static partial int sendfile_darwin(int fd, int s, long offset, long* len, void* hdtr, int flags);

    /// <summary>Like <see cref="Hold"/>, for a second descriptor. If the second is closed, the first is released.</summary>
    static int HoldToo(SafeHandle fd, SafeHandle held)
    {
        try
        {
            return Hold(fd);
        }
        catch
        {
            held.DangerousRelease();
            throw;
        }
    }

    /// <summary>Releases both descriptors, and preserves the error of the call.</summary>
    static nint Kept(nint result, SafeHandle first, SafeHandle second)
    {
        int error = Marshal.GetLastPInvokeError();
        first.DangerousRelease();
        second.DangerousRelease();
        Marshal.SetLastPInvokeError(error);
        return result;
    }

    static partial class Bare
    {
        [LibraryImport(LibraryName)]
        internal static partial nint sendfile(int out_fd, int in_fd, long* offset, nuint count);

        [LibraryImport(LibraryName)]
        internal static partial nint splice(int fd_in, long* off_in, int fd_out, long* off_out, nuint len, uint flags);

        [LibraryImport(LibraryName)]
        internal static partial nint tee(int fd_in, int fd_out, nuint len, uint flags);

        [LibraryImport(LibraryName)]
        internal static partial nint copy_file_range(int fd_in, long* off_in, int fd_out, long* off_out, nuint len, uint flags);
    }
}
