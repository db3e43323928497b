using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Unp.Net.Abi.Linux;

namespace Unp.Net;

// <fcntl.h> and <sys/ioctl.h>: functions with a variadic last argument in C.
public static unsafe partial class Libc
{
    // Apple's arm64 passes variadic arguments on the stack and all others in x0 to x7. Filling those registers puts the argument on the
    // stack, where the callee expects it.
    static bool VariadicOnStack => Abi.Target.IsMacOS && Abi.Target.IsArm64;

    /// <summary><c>open(2)</c>: opens a file and returns the lowest free descriptor. It is close-on-exec only with O_CLOEXEC.</summary>
    /// <param name="path">The path, which ends at its first NUL.</param>
    /// <param name="flags">O_RDONLY, O_WRONLY or O_RDWR, combined with O_CREAT, O_CLOEXEC...</param>
    /// <param name="mode">Permission bits of a file that O_CREAT creates; the bits of the umask are cleared.</param>
    /// <returns>
    /// The descriptor, or -1: ENOENT, EACCES, EEXIST, EISDIR, EINTR, EMFILE, ENAMETOOLONG, ENXIO (a FIFO without a reader, a socket).
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</seealso>
    public static int open(string path, int flags, uint mode = 0) =>
        VariadicOnStack ? open_stack(path, flags, 0, 0, 0, 0, 0, 0, mode) : open_register(path, flags, mode);

    /// <summary>
    /// <c>openat(2)</c>: like open, with a path relative to an open directory (AT_FDCWD: the working directory). The directory is ignored
    /// if the path is absolute.
    /// </summary>
    /// <inheritdoc cref="open(string, int, uint)"/>
    public static int openat(int dirfd, string path, int flags, uint mode = 0) =>
        VariadicOnStack ? openat_stack(dirfd, path, flags, 0, 0, 0, 0, 0, mode) : openat_register(dirfd, path, flags, mode);

    /// <inheritdoc cref="openat(int, string, int, uint)"/>
    public static int openat(SafeHandle dirfd, string path, int flags, uint mode = 0) =>
        VariadicOnStack ? openat_stack(dirfd, path, flags, 0, 0, 0, 0, 0, mode) : openat_register(dirfd, path, flags, mode);

    /// <summary><c>openat2(2)</c>: like openat, with rules for resolving the path. glibc has no function for it. Linux 5.6.</summary>
    /// <returns>
    /// The descriptor, or -1: EXDEV (the path leaves the directory), EAGAIN (a concurrent rename), E2BIG, ENOSYS, and the errors of
    /// <c>openat</c>.
    /// </returns>
    internal static int openat2(SafeHandle dirfd, string path, open_how* how) =>
        (int)syscall(437, dirfd, path, how, sizeof(open_how));

    /// <summary>
    /// <c>fcntl(2)</c>: runs a command with an integer argument: F_GETFL, F_SETFL, F_GETFD, F_SETFD, F_DUPFD_CLOEXEC, F_SETOWN...
    /// </summary>
    /// <returns>The result of the command, or -1: EBADF, EINVAL, EAGAIN, EPERM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</seealso>
    public static int fcntl(int fd, int cmd, nint arg = 0) =>
        VariadicOnStack ? fcntl_stack(fd, cmd, 0, 0, 0, 0, 0, 0, arg) : fcntl_register(fd, cmd, arg);

    /// <inheritdoc cref="fcntl(int, int, nint)"/>
    public static int fcntl(SafeHandle fd, int cmd, nint arg = 0) =>
        VariadicOnStack ? fcntl_stack(fd, cmd, 0, 0, 0, 0, 0, 0, arg) : fcntl_register(fd, cmd, arg);

    /// <summary><c>fcntl(2)</c>: runs a command with a record lock: F_SETLK, F_SETLKW, F_GETLK and F_OFD_*.</summary>
    /// <param name="fd">A file; open for reading for F_RDLCK, for writing for F_WRLCK.</param>
    /// <param name="cmd">The command.</param>
    /// <param name="record">The lock. F_GETLK replaces it with a conflicting lock, or sets its type to F_UNLCK if there is none.</param>
    /// <returns>
    /// 0, or -1: EAGAIN or EACCES (another process holds a conflicting lock; F_SETLK), EINTR (F_SETLKW), EDEADLK, EBADF, EINVAL, ENOLCK.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</seealso>
    public static int fcntl(int fd, int cmd, ref RecordLock record)
    {
        var room = new FlockForm(record);
        int result = fcntl(fd, cmd, (nint)(&room));
        record = room.Value;
        return result;
    }

    /// <inheritdoc cref="fcntl(int, int, ref RecordLock)"/>
    public static int fcntl(SafeHandle fd, int cmd, ref RecordLock record)
    {
        var room = new FlockForm(record);
        int result = fcntl(fd, cmd, (nint)(&room));
        record = room.Value;
        return result;
    }

    /// <summary><c>ioctl(2)</c>: runs a request of a device or a socket.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="request">A constant such as <see cref="FIONREAD"/>.</param>
    /// <param name="arg">The structure or number that the request reads or fills. The request determines its size.</param>
    /// <returns>Usually 0, or -1: ENOTTY (the descriptor does not support the request), EINVAL, EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</seealso>
    public static int ioctl(int fd, nuint request, void* arg) =>
        VariadicOnStack ? ioctl_stack(fd, request, 0, 0, 0, 0, 0, 0, arg) : ioctl_register(fd, request, arg);

    /// <inheritdoc cref="ioctl(int, nuint, void*)"/>
    public static int ioctl(SafeHandle fd, nuint request, void* arg) =>
        VariadicOnStack ? ioctl_stack(fd, request, 0, 0, 0, 0, 0, 0, arg) : ioctl_register(fd, request, arg);

    [LibraryImport(LibraryName, EntryPoint = "open", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int open_register(string path, int flags, uint mode);

    [LibraryImport(LibraryName, EntryPoint = "open", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int open_stack(string path, int flags, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, nuint mode);

    [LibraryImport(LibraryName, EntryPoint = "openat", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int openat_register(int dirfd, string path, int flags, uint mode);

    [LibraryImport(LibraryName, EntryPoint = "openat", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int openat_stack(int dirfd, string path, int flags, nint x3, nint x4, nint x5, nint x6, nint x7, nuint mode);

    [LibraryImport(LibraryName, EntryPoint = "openat", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int openat_register(SafeHandle dirfd, string path, int flags, uint mode);

    [LibraryImport(LibraryName, EntryPoint = "openat", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int openat_stack(
        SafeHandle dirfd, string path, int flags, nint x3, nint x4, nint x5, nint x6, nint x7, nuint mode);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial nint syscall(nint number, SafeHandle dirfd, string pathname, open_how* how, nint size);

    [LibraryImport(LibraryName, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int fcntl_register(int fd, int cmd, nint arg);

    [LibraryImport(LibraryName, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int fcntl_register(SafeHandle fd, int cmd, nint arg);

    [LibraryImport(LibraryName, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int fcntl_stack(int fd, int cmd, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, nint arg);

    [LibraryImport(LibraryName, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int fcntl_stack(SafeHandle fd, int cmd, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, nint arg);

    [LibraryImport(LibraryName, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ioctl_register(int fd, nuint request, void* arg);

    [LibraryImport(LibraryName, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ioctl_register(SafeHandle fd, nuint request, void* arg);

    [LibraryImport(LibraryName, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ioctl_stack(int fd, nuint request, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, void* arg);

    [LibraryImport(LibraryName, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ioctl_stack(SafeHandle fd, nuint request, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, void* arg);
}
