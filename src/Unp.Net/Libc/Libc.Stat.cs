using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/stat.h>. Linux is asked by syscall(2): glibc has the functions since 2.33 only, before it they were parts of the program.
public static unsafe partial class Libc
{
    /// <summary>Whether a descriptor is a regular file or a directory, with which a read or write never has to wait for anybody.</summary>
    internal static bool IsFile(SafeHandle fd) => ModeOf(fd, out int mode) == 0 && (mode & S_IFMT) is S_IFREG or S_IFDIR;

    /// <summary><c>fstat(2)</c>: the type and the permission bits of what a descriptor is.</summary>
    /// <returns>0, or -1: EBADF.</returns>
    internal static int ModeOf(SafeHandle fd, out int mode)
    {
        stat_mode stat = default;
        nint result = Target.IsLinux ? syscall(Target.IsArm64 ? 80 : 5, fd, (nint)(&stat), 0, 0)
            : Target.IsMacOS && !Target.IsArm64 ? fstat_inode64(fd, &stat)
            : fstat(fd, &stat);
        mode = stat.Value;
        return (int)result;
    }

    /// <summary><c>lstat(2)</c>: the type and the permission bits of a path's last part, not of what a symbolic link points to.</summary>
    /// <returns>0, or -1: ENOENT, ENOTDIR, EACCES, ENAMETOOLONG.</returns>
    internal static int LinkMode(string path, out int mode)
    {
        stat_mode stat = default;
        nint result = Target.IsLinux ? syscall(Target.IsArm64 ? 79 : 262, AT_FDCWD, path, &stat, AT_SYMLINK_NOFOLLOW)
            : Target.IsMacOS && !Target.IsArm64 ? lstat_inode64(path, &stat)
            : lstat(path, &stat);
        mode = stat.Value;
        return (int)result;
    }

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall(nint number, nint dirfd, string pathname, stat_mode* statbuf, nint flags);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial int fstat(SafeHandle fd, stat_mode* statbuf);

    // macOS on x64 has kept an older struct under the plain name.
    [LibraryImport(LibraryName, EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int fstat_inode64(SafeHandle fd, stat_mode* statbuf);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lstat(string path, stat_mode* statbuf);

    [LibraryImport(LibraryName, EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lstat_inode64(string path, stat_mode* statbuf);
}
