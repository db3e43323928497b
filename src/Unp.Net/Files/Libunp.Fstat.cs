using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>fstat(2)</c>: what an open descriptor is: its type and permissions, size, owner, and when it was changed.</summary>
    /// <exception cref="UnpException">EBADF, EIO.</exception>
    public static FileStatus Fstat(SafeHandle fd)
    {
        Check(fd);
        any_stat stat;
        if (StatusOf(fd, &stat) < 0)
            throw Failed("fstat");
        return new FileStatus(stat.Mode, stat.Size, ToDateTime(stat.Modified), stat.UserId);
    }

    /// <summary>A file may have any time of 64 bits; one beyond the calendar of .NET becomes its first or last moment.</summary>
    static DateTimeOffset ToDateTime(timespec time) =>
        time.tv_sec < DateTimeOffset.MinValue.ToUnixTimeSeconds() ? DateTimeOffset.MinValue
        : time.tv_sec > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.MaxValue
        : DateTimeOffset.FromUnixTimeSeconds(time.tv_sec).AddTicks(time.tv_nsec / TimeSpan.NanosecondsPerTick);
}
