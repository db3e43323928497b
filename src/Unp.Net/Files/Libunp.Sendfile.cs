using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    // What the kernel moves at once is less (2 GB on Linux), and it is told in a number that never looks negative.
    const long MostAtOnce = 0x7ffff000;

    /// <summary><c>sendfile(2)</c>: sends part of a file from the kernel's own memory, waiting for room; one function for every system.</summary>
    /// <param name="out_fd">Where to: a socket; on Linux any descriptor that is not opened with O_APPEND.</param>
    /// <param name="in_fd">A file; not a pipe, socket or terminal: see <see cref="Splice(SafeHandle, SafeHandle, long, int)"/>, or read and write.</param>
    /// <param name="offset">
    /// The position in the file where sending begins. It advances by the number of bytes sent, also in a call that fails. The file's own position stays.
    /// A device without positions, such as /dev/zero, ignores it.
    /// </param>
    /// <param name="count">At most so many bytes, of any size; the default is up to the end of the file. A device may have no end.</param>
    /// <returns>How many bytes were sent: fewer when the file ended before.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: a non-blocking socket without room, or the time-out ran out; call it again with the offset as it is now. ESPIPE: <paramref name="in_fd"/> is
    /// a pipe, a socket or a terminal. EINVAL: a kind of descriptor that cannot be sent from or to (O_APPEND, a directory, a file of /proc); read and write
    /// instead. EBADF: not open for reading, or for writing. EPIPE, ECONNRESET, ENOTCONN, EIO.
    /// <see cref="UnpException.BytesTransferred"/> is the number of bytes that were sent before.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
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
                n = sendfile(out_fd, in_fd, p, (nuint)Math.Min(MostAtOnce, count - sent));
            if (n == 0)
                break;
            if (n > 0)
            {
                sent += n;
                offset = begin + sent; // the kernel does not advance it for a character device
            }
            else if (Errno.Last != Errno.EINTR)
            {
                throw Failed("sendfile", sent);
            }
        }
        return sent;
    }

    /// <summary>
    /// <c>copy_file_range(2)</c>: copies from file to file inside the kernel, which may share the blocks or let a server copy. Linux, and FreeBSD
    /// from 13 on.
    /// </summary>
    /// <param name="in_fd">A file.</param>
    /// <param name="in_offset">Where it begins. It is moved by what was copied, also by a call that fails; the file's own position stays.</param>
    /// <param name="out_fd">A file that is open for writing, without O_APPEND.</param>
    /// <param name="out_offset">Where it goes, moved likewise.</param>
    /// <param name="count">At most so many bytes, of any size; the default is up to the end of the file.</param>
    /// <returns>How many bytes were copied: fewer when the file ended before.</returns>
    /// <exception cref="UnpException">
    /// EXDEV: the file systems cannot copy to each other, and those of /proc and /sys cannot copy at all (before Linux 5.19 their files seem empty). EINVAL:
    /// not two regular files, or the parts overlap. EOPNOTSUPP. In these cases read and write instead. EBADF: not open for that, or O_APPEND; EISDIR, EFBIG,
    /// ENOSPC, EIO. <see cref="UnpException.BytesTransferred"/> is the number of bytes that were copied before.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has read and write, or macOS's copyfile, instead.</exception>
    [UnsupportedOSPlatform("macos")]
    public static long Copy_file_range(SafeHandle in_fd, ref long in_offset, SafeHandle out_fd, ref long out_offset, long count = long.MaxValue)
    {
        Check(in_fd);
        Check(out_fd);
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException("macOS has no copy_file_range; use read and write, or copyfile.");
        ArgumentOutOfRangeException.ThrowIfNegative(in_offset);
        ArgumentOutOfRangeException.ThrowIfNegative(out_offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long copied = 0;
        while (copied < count)
        {
            nint n;
            fixed (long* from = &in_offset, to = &out_offset)
                n = copy_file_range(in_fd, from, out_fd, to, (nuint)Math.Min(MostAtOnce, count - copied), 0);
            if (n == 0)
                break;
            if (n > 0)
                copied += n;
            else if (Errno.Last != Errno.EINTR)
                throw Failed("copy_file_range", copied);
        }
        return copied;
    }

    /// <summary><c>splice(2)</c>: moves data from or to a pipe inside the kernel: what is there, waiting for the first byte. Linux only.</summary>
    /// <param name="in_fd">Where from; one of the two is a pipe. A file's own position is moved.</param>
    /// <param name="out_fd">Where to. A file's own position is moved.</param>
    /// <param name="count">At most so many bytes, at least 1.</param>
    /// <param name="flags">0, or SPLICE_F_NONBLOCK and SPLICE_F_MORE ored.</param>
    /// <returns>The number of bytes, which may be fewer; 0 at the end.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: nothing there, or no room, and one of them does not block; EINVAL: neither is a pipe, both are the same, O_APPEND, or a directory; EBADF: not
    /// open for reading, or for writing; ESPIPE: an offset into a pipe; EPIPE, ECONNRESET.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not 1 or more.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has read and write instead.</exception>
    [SupportedOSPlatform("linux")]
    public static long Splice(SafeHandle in_fd, SafeHandle out_fd, long count, int flags = 0)
    {
        CheckSplice("splice", in_fd, out_fd, count);
        nint n;
        do
            n = splice(in_fd, null, out_fd, null, (nuint)Math.Min(MostAtOnce, count), (uint)flags);
        while (Interrupted(n));
        return n >= 0 ? n : throw Failed("splice");
    }

    /// <summary>
    /// <c>splice(2)</c> of a part of a file into a pipe: as <see cref="Splice(SafeHandle, SafeHandle, long, int)"/>, and the file's own position stays.
    /// </summary>
    /// <param name="in_fd">A file.</param>
    /// <param name="offset">The position in it, which advances by the number of bytes taken. A device without positions ignores it.</param>
    /// <param name="out_fd">A pipe.</param>
    /// <param name="count">At most so many bytes, at least 1.</param>
    /// <param name="flags">0, or SPLICE_F_NONBLOCK and SPLICE_F_MORE ored.</param>
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
                n = splice(in_fd, p, out_fd, null, (nuint)Math.Min(MostAtOnce, count), (uint)flags);
            while (Interrupted(n));
        }
        if (n < 0)
            throw Failed("splice");
        offset = begin + n; // the kernel does not advance it for a character device
        return n;
    }

    /// <summary><c>tee(2)</c>: copies data from pipe to pipe inside the kernel: what is there, which stays to be read from the first. Linux only.</summary>
    /// <param name="in_fd">A pipe.</param>
    /// <param name="out_fd">Another pipe.</param>
    /// <param name="count">At most so many bytes, at least 1.</param>
    /// <param name="flags">0 or SPLICE_F_NONBLOCK.</param>
    /// <returns>The number of bytes, which may be fewer; 0 when the first pipe is empty and nobody writes to it.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: nothing there, or no room, and one of them does not block; EINVAL: not two different pipes; EBADF: not open for reading, or for writing; EPIPE.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not 1 or more.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has read and write instead.</exception>
    [SupportedOSPlatform("linux")]
    public static long Tee(SafeHandle in_fd, SafeHandle out_fd, long count, int flags = 0)
    {
        CheckSplice("tee", in_fd, out_fd, count);
        nint n;
        do
            n = tee(in_fd, out_fd, (nuint)Math.Min(MostAtOnce, count), (uint)flags);
        while (Interrupted(n));
        return n >= 0 ? n : throw Failed("tee");
    }

    static void CheckSplice(string function, SafeHandle in_fd, SafeHandle out_fd, long count)
    {
        Check(in_fd);
        Check(out_fd);
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException($"{function} exists on Linux only; here are read and write.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
    }
}
