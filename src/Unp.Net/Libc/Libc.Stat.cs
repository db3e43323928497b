using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/stat.h>. Linux uses syscall(2), because glibc exports the functions only since 2.33; before, they were linked statically.
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>umask(2)</c>: sets the permission bits that are cleared in new files, directories and Unix sockets of this process.
    /// </summary>
    /// <param name="mask">Permission bits, such as 0x3F (077) for no access by group and others.</param>
    /// <returns>The previous mask. The call cannot fail.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/umask.2.html">umask(2)</seealso>
    public static uint umask(uint mask) => umask_of(mask) & 0xFFF;

    /// <summary>Whether a descriptor is a regular file or a directory. Reading and writing these never waits for another process.</summary>
    internal static bool IsFile(SafeHandle fd) => FileType(fd) is S_IFREG or S_IFDIR;

    /// <summary>The file type of a descriptor (S_IFIFO...); 0 if the kernel does not report it.</summary>
    internal static int FileType(SafeHandle fd)
    {
        any_stat stat;
        return StatusOf(fd, &stat) == 0 ? stat.Mode & S_IFMT : 0;
    }

    /// <summary><c>fstat(2)</c>: reads the status of an open file.</summary>
    /// <returns>0, or -1: EBADF, EIO.</returns>
    internal static int StatusOf(SafeHandle fd, any_stat* stat) =>
        Target.IsLinux ? (int)syscall(Target.IsArm64 ? 80 : 5, fd, (nint)stat, 0, 0)
        : Target.IsMacOS && !Target.IsArm64 ? fstat_inode64(fd, stat)
        : fstat(fd, stat);

    /// <summary><c>lstat(2)</c>: reads the type and permission bits of a path, without following a symbolic link.</summary>
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

    // A mode_t of the BSDs has 16 bits; the other bits of the register are undefined.
    [LibraryImport(LibraryName, EntryPoint = "umask")]
    private static partial uint umask_of(uint mask);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial nint syscall(nint number, nint dirfd, string pathname, any_stat* statbuf, nint flags);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial int fstat(SafeHandle fd, any_stat* statbuf);

    // On x64, macOS keeps an older structure under the plain name.
    [LibraryImport(LibraryName, EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int fstat_inode64(SafeHandle fd, any_stat* statbuf);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int lstat(string path, any_stat* statbuf);

    [LibraryImport(LibraryName, EntryPoint = "lstat$INODE64", SetLastError = true,
        StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int lstat_inode64(string path, any_stat* statbuf);
}
