using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/stat.h>
public static unsafe partial class Libc
{
    /// <summary>Whether a descriptor is a regular file or a directory, with which a read or write never has to wait for anybody.</summary>
    internal static bool IsFile(SafeHandle fd)
    {
        stat_mode mode;
        int result = Target.IsMacOS && !Target.IsArm64 ? fstat_inode64(fd, &mode) : fstat(fd, &mode);
        return result == 0 && (mode.Value & S_IFMT) is S_IFREG or S_IFDIR;
    }

    [LibraryImport(LibraryName)]
    private static partial int fstat(SafeHandle fd, stat_mode* statbuf);

    // macOS on x64 has kept an older struct under the plain name.
    [LibraryImport(LibraryName, EntryPoint = "fstat$INODE64")]
    private static partial int fstat_inode64(SafeHandle fd, stat_mode* statbuf);
}
