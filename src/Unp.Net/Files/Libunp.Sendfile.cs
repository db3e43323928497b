using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    // The maximum count per call. Kernels transfer less (Linux at most 2 GB), and a result up to this size is not negative in 32 bits.
    const long MaxPerCall = 0x7ffff000;

    /// <summary>
    /// Sends a part of a file inside the kernel, waiting for space (<c>sendfile(2)</c>). The function is the same on all systems.
    /// </summary>
    /// <param name="out_fd">The destination: a socket, or on Linux any descriptor without O_APPEND.</param>
    /// <param name="in_fd">
    /// A file. For a pipe, a socket or a terminal use <see cref="Splice(SafeHandle, SafeHandle, long, int)"/>, or read and write.
    /// </param>
    /// <param name="offset">
    /// The position in the file of the first byte to send. It advances by the number of bytes sent, also in a call that fails. The file's
    /// own position does not change. A device without positions, such as /dev/zero, ignores it.
    /// </param>
    /// <param name="count">
    /// The maximum number of bytes, of any size. The default sends up to the end of the file. A device may be endless.
    /// </param>
    /// <returns>The number of bytes sent, less than <paramref name="count"/> if the file ended early.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: the socket is non-blocking and has no space, or its time-out expired; call it again with the advanced offset. ESPIPE:
    /// <paramref name="in_fd"/> is a pipe, a socket or a terminal. EINVAL: the kernel cannot send from or to this kind of descriptor
    /// (O_APPEND, a directory, a file of /proc); use read and write instead. EBADF: a descriptor is not open for reading or writing.
    /// EPIPE, ECONNRESET, ENOTCONN, EIO. <see cref="UnpException.BytesTransferred"/> is the number of bytes sent before the failure.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    /// <example>
    /// <code>
    /// long offset = 0;
    /// long sent = Sendfile(fd, file, ref offset);  // waits for space; offset is the position after the last byte sent
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendfile.2.html">sendfile(2)</seealso>
    public static long Sendfile(SafeHandle out_fd, SafeHandle in_fd, ref long offset, long count = long.MaxValue)
    {
        Check(out_fd);
        Check(in_fd);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long begin = offset;
        long sent = 0;
        while (sent < count)
        {
            nint n;
            fixed (long* p = &offset)
                n = sendfile(out_fd, in_fd, p, (nuint)Math.Min(MaxPerCall, count - sent));
            if (n == 0)
                break;
            if (n > 0)
            {
                sent += n;
                offset = begin + sent; // the kernel does not advance the offset of a character device
            }
            else if (Errno.Last != Errno.EINTR)
            {
                throw Failed("sendfile", in_fd, out_fd, sent);
            }
        }
        return sent;
    }

    /// <summary>
    /// Copies data between two files inside the kernel (<c>copy_file_range(2)</c>). The file system may share the blocks instead, or the
    /// file server may copy them. Linux, and FreeBSD since 13.
    /// </summary>
    /// <param name="in_fd">A file.</param>
    /// <param name="in_offset">
    /// The position of the first byte to read. It advances by the number of bytes copied, also in a call that fails. The file's own
    /// position does not change.
    /// </param>
    /// <param name="out_fd">A file that is open for writing, without O_APPEND.</param>
    /// <param name="out_offset">The position of the first byte to write, which advances likewise.</param>
    /// <param name="count">The maximum number of bytes, of any size. The default copies up to the end of the file.</param>
    /// <returns>The number of bytes copied, less than <paramref name="count"/> if the file ended early.</returns>
    /// <exception cref="UnpException">
    /// EXDEV: the file systems cannot copy to each other, or are /proc or /sys, which cannot copy at all (before Linux 5.19 their files
    /// seem empty). EINVAL: not two regular files, or the ranges overlap. EOPNOTSUPP. In these cases use read and write instead. EBADF: a
    /// descriptor is not open for reading, or for writing, or has O_APPEND; EISDIR, EFBIG, ENOSPC, EIO.
    /// <see cref="UnpException.BytesTransferred"/> is the number of bytes copied before the failure.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is macOS. Use read and write, or copyfile.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/copy_file_range.2.html">copy_file_range(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static long Copy_file_range(
        SafeHandle in_fd, ref long in_offset, SafeHandle out_fd, ref long out_offset, long count = long.MaxValue)
    {
        Check(in_fd);
        Check(out_fd);
        if (Target.IsMacOS)
            throw new PlatformNotSupportedException("macOS has no copy_file_range. Use read and write, or copyfile.");
        ArgumentOutOfRangeException.ThrowIfNegative(in_offset);
        ArgumentOutOfRangeException.ThrowIfNegative(out_offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long copied = 0;
        while (copied < count)
        {
            nint n;
            fixed (long* from = &in_offset, to = &out_offset)
                n = copy_file_range(in_fd, from, out_fd, to, (nuint)Math.Min(MaxPerCall, count - copied), 0);
            if (n == 0)
                break;
            if (n > 0)
                copied += n;
            else if (Errno.Last != Errno.EINTR)
                throw Failed("copy_file_range", in_fd, out_fd, copied);
        }
        return copied;
    }

    /// <summary>
    /// Moves available data from or to a pipe inside the kernel, waiting for the first byte (<c>splice(2)</c>). Linux only.
    /// </summary>
    /// <param name="in_fd">The source. It or the destination must be a pipe. A file's own position advances.</param>
    /// <param name="out_fd">The destination. A file's own position advances.</param>
    /// <param name="count">The maximum number of bytes, at least 1.</param>
    /// <param name="flags">0, or a combination of SPLICE_F_NONBLOCK and SPLICE_F_MORE.</param>
    /// <returns>The number of bytes, which may be less than <paramref name="count"/>; 0 at the end of the data.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: a descriptor is non-blocking, and no data or no space is available; EINVAL: neither is a pipe, both are the same pipe,
    /// O_APPEND, or a directory; EBADF: a descriptor is not open for reading, or for writing; ESPIPE: an offset into a pipe; EPIPE,
    /// ECONNRESET.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux. Use read and write.</exception>
    /// <example>
    /// One end must be a pipe, so a copy from socket to socket takes two calls:
    /// <code>
    /// Pipe(out Fd reading, out Fd writing);
    /// long n;
    /// while ((n = Splice(fd, writing, 65536)) > 0)
    /// {
    ///     while (n > 0)
    ///         n -= Splice(reading, connfd, n);
    /// }
    /// reading.Dispose();
    /// writing.Dispose();
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static long Splice(SafeHandle in_fd, SafeHandle out_fd, long count, int flags = 0)
    {
        CheckSplice("splice", in_fd, out_fd, count);
        nint n;
        do
            n = splice(in_fd, null, out_fd, null, (nuint)Math.Min(MaxPerCall, count), (uint)flags);
        while (Interrupted(n));
        return n >= 0 ? n : throw Failed("splice", in_fd, out_fd);
    }

    /// <summary>
    /// Moves a part of a file into a pipe like <see cref="Splice(SafeHandle, SafeHandle, long, int)"/>, without changing the file's own
    /// position (<c>splice(2)</c>).
    /// </summary>
    /// <param name="in_fd">A file.</param>
    /// <param name="offset">
    /// The position in the file of the first byte. It advances by the number of bytes moved. A device without positions ignores it.
    /// </param>
    /// <param name="out_fd">A pipe.</param>
    /// <param name="count">The maximum number of bytes, at least 1.</param>
    /// <param name="flags">0, or a combination of SPLICE_F_NONBLOCK and SPLICE_F_MORE.</param>
    /// <inheritdoc cref="Splice(SafeHandle, SafeHandle, long, int)" path="/returns|/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    [SupportedOSPlatform("linux")]
    public static long Splice(SafeHandle in_fd, ref long offset, SafeHandle out_fd, long count, int flags = 0)
    {
        CheckSplice("splice", in_fd, out_fd, count);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        long begin = offset;
        nint n;
        fixed (long* p = &offset)
        {
            do
                n = splice(in_fd, p, out_fd, null, (nuint)Math.Min(MaxPerCall, count), (uint)flags);
            while (Interrupted(n));
        }
        if (n < 0)
            throw Failed("splice", in_fd, out_fd);
        offset = begin + n; // the kernel does not advance the offset of a character device
        return n;
    }

    /// <summary>Copies available data from pipe to pipe inside the kernel, without consuming it (<c>tee(2)</c>). Linux only.</summary>
    /// <param name="in_fd">The source, a pipe.</param>
    /// <param name="out_fd">The destination, another pipe.</param>
    /// <param name="count">The maximum number of bytes, at least 1.</param>
    /// <param name="flags">0 or SPLICE_F_NONBLOCK.</param>
    /// <returns>
    /// The number of bytes, which may be less than <paramref name="count"/>; 0 if the source is empty and has no writer left.
    /// </returns>
    /// <exception cref="UnpException">
    /// EAGAIN: a descriptor is non-blocking, and no data or no space is available; EINVAL: not two different pipes; EBADF: a descriptor is
    /// not open for reading, or for writing; EPIPE.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux. Use read and write.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/tee.2.html">tee(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static long Tee(SafeHandle in_fd, SafeHandle out_fd, long count, int flags = 0)
    {
        CheckSplice("tee", in_fd, out_fd, count);
        nint n;
        do
            n = tee(in_fd, out_fd, (nuint)Math.Min(MaxPerCall, count), (uint)flags);
        while (Interrupted(n));
        return n >= 0 ? n : throw Failed("tee", in_fd, out_fd);
    }

    static void CheckSplice(string function, SafeHandle in_fd, SafeHandle out_fd, long count)
    {
        Check(in_fd);
        Check(out_fd);
        if (!Target.IsLinux)
            throw new PlatformNotSupportedException($"{function} exists on Linux only. Use read and write.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
    }
}
