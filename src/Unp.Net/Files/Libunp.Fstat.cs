using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>fstat(2)</c>: what an open descriptor is: its type, size, and when it was changed.</summary>
    /// <exception cref="UnpException">EBADF, EIO.</exception>
    public static FileStatus Fstat(SafeHandle fd)
    {
        Check(fd);
        any_stat stat;
        if (StatusOf(fd, &stat) < 0)
            throw Failed("fstat");
        timespec modified = stat.Modified;
        return new FileStatus(
            stat.Mode, stat.Size, DateTimeOffset.UnixEpoch.AddTicks((modified.tv_sec * TimeSpan.TicksPerSecond) + (modified.tv_nsec / TimeSpan.NanosecondsPerTick)));
    }
}
