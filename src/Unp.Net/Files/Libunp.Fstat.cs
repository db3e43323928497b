using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Returns the type, permissions, size, owner and modification time of an open file (<c>fstat(2)</c>).</summary>
    /// <exception cref="UnpException">EBADF, EIO.</exception>
    public static FileStatus Fstat(SafeHandle fd)
    {
        Check(fd);
        any_stat stat;
        if (StatusOf(fd, &stat) < 0)
            throw Failed("fstat");
        return new FileStatus(stat.Mode, stat.Size, ToDateTime(stat.Modified), stat.UserId);
    }

    /// <summary>Converts a file's time, which has 64 bits. A time beyond .NET's calendar becomes its first or last moment.</summary>
    static DateTimeOffset ToDateTime(timespec time) =>
        time.tv_sec < DateTimeOffset.MinValue.ToUnixTimeSeconds() ? DateTimeOffset.MinValue
        : time.tv_sec > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.MaxValue
        : DateTimeOffset.FromUnixTimeSeconds(time.tv_sec).AddTicks(time.tv_nsec / TimeSpan.NanosecondsPerTick);
}
