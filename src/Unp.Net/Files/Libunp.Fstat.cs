using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Returns the type, permissions, size, owner and modification time of an open file (<c>fstat(2)</c>).</summary>
    /// <exception cref="UnpException">EBADF, EIO.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/fstat.2.html">fstat(2)</seealso>
    public static FileStatus Fstat(SafeHandle fd)
    {
        Check(fd);
        any_stat stat;
        if (StatusOf(fd, &stat) < 0)
            throw Failed("fstat", fd);
        return new FileStatus(stat.Mode, stat.Size, ToDateTime(stat.Modified), stat.UserId);
    }

    /// <summary>Converts a file's time, which has 64 bits. A time beyond .NET's calendar becomes its first or last moment.</summary>
    static DateTimeOffset ToDateTime(timespec time) =>
        time.tv_sec < DateTimeOffset.MinValue.ToUnixTimeSeconds() ? DateTimeOffset.MinValue
        : time.tv_sec > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.MaxValue
        : DateTimeOffset.FromUnixTimeSeconds(time.tv_sec).AddTicks(time.tv_nsec / TimeSpan.NanosecondsPerTick);

    /// <summary>
    /// Returns whether a descriptor is of a type, such as a file, a pipe or a socket (<c>fstat(2)</c>; section 3.10 of the book's second
    /// edition).
    /// </summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="fdtype">S_IFSOCK, S_IFREG, S_IFIFO, S_IFCHR...</param>
    /// <exception cref="UnpException">EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/fstat.2.html">fstat(2)</seealso>
    public static bool Isfdtype(SafeHandle fd, int fdtype) =>
        isfdtype(fd, fdtype) is >= 0 and int result ? result == 1 : throw Failed("isfdtype", fd);

    /// <summary>
    /// Works like <see cref="Isfdtype"/>, but returns 1 or 0, or -1 with the error in <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int isfdtype(SafeHandle fd, int fdtype)
    {
        Check(fd);
        any_stat stat;
        return StatusOf(fd, &stat) < 0 ? -1 : (stat.Mode & S_IFMT) == fdtype ? 1 : 0;
    }
}
