using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/stat.h>. Linux is asked by syscall(2): glibc has the functions since 2.33 only, before it they were parts of the program.
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>umask(2)</c>: sets the permission bits that new files, directories and unix sockets of this process do not get.
    /// </summary>
    /// <param name="mask">Permission bits, such as 0x3F (077): nothing for group and others.</param>
    /// <returns>The mask before. The call cannot fail.</returns>
    public static uint umask(uint mask) => umask_of(mask) & 0xFFF;

    /// <summary>Whether a descriptor is a regular file or a directory, with which a read or write never has to wait for anybody.</summary>
    internal static bool IsFile(SafeHandle fd) => FileType(fd) is S_IFREG or S_IFDIR;

    /// <summary>What a descriptor is, S_IFIFO and the like; 0 if the kernel does not say.</summary>
    internal static int FileType(SafeHandle fd)
    {
        any_stat stat;
        return StatusOf(fd, &stat) == 0 ? stat.Mode & S_IFMT : 0;
    }

    /// <summary><c>fstat(2)</c>: what an open file is.</summary>
    /// <returns>0, or -1: EBADF, EIO.</returns>
    internal static int StatusOf(SafeHandle fd, any_stat* stat) =>
        Target.IsLinux ? (int)syscall(Target.IsArm64 ? 80 : 5, fd, (nint)stat, 0, 0)
        : Target.IsMacOS && !Target.IsArm64 ? fstat_inode64(fd, stat)
        : fstat(fd, stat);

    /// <summary><c>lstat(2)</c>: the type and the permission bits of a path's last part, not of what a symbolic link points to.</summary>
    /// <returns>0, or -1: ENOENT, ENOTDIR, EACCES, ENAMETOOLONG.</returns>
    internal static int LinkMode(string path, out int mode)
    {
        any_stat stat = default;
        nint result = Target.IsLinux ? syscall(Target.IsArm64 ? 79 : 262, AT_FDCWD, path, &stat, AT_SYMLINK_NOFOLLOW)
            : Target.IsMacOS && !Target.IsArm64 ? lstat_inode64(path, &stat)
            : lstat(path, &stat);
        mode = stat.Mode;
        return (int)result;
    }

    // A mode_t of the BSDs has 16 bits, and the rest of the register no meaning.
    [LibraryImport(LibraryName, EntryPoint = "umask")]
    private static partial uint umask_of(uint mask);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial nint syscall(nint number, nint dirfd, string pathname, any_stat* statbuf, nint flags);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial int fstat(SafeHandle fd, any_stat* statbuf);

    // macOS on x64 has kept an older struct under the plain name.
    [LibraryImport(LibraryName, EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int fstat_inode64(SafeHandle fd, any_stat* statbuf);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int lstat(string path, any_stat* statbuf);

    [LibraryImport(LibraryName, EntryPoint = "lstat$INODE64", SetLastError = true,
        StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int lstat_inode64(string path, any_stat* statbuf);
}
