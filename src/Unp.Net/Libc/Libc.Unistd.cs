using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <unistd.h>
public static unsafe partial class Libc
{
    /// <summary><c>close(2)</c>: gives the descriptor back. There is no overload for a <see cref="SafeHandle"/>: disposing that is what closes it.</summary>
    /// <returns>0, or -1: EBADF, EIO, EINTR. The descriptor is gone even so (on HP-UX alone it is not): never call it again.</returns>
    public static int close(int fd) => (int)Kept(Bare.close(fd));

    /// <summary><c>read(2)</c>: at most <paramref name="count"/> bytes; fewer when fewer are there.</summary>
    /// <returns>The number of bytes, 0 at the end of file or after the peer's FIN, or -1: EAGAIN, EINTR, ECONNRESET, EBADF, EISDIR, ENOTCONN.</returns>
    public static nint read(int fd, void* buf, nuint count) => Kept(Bare.read(fd, buf, count));

    /// <inheritdoc cref="read(int, void*, nuint)"/>
    public static nint read(SafeHandle fd, void* buf, nuint count) => Kept(Bare.read(Hold(fd), buf, count), fd);

    /// <inheritdoc cref="read(int, void*, nuint)"/>
    public static nint read(int fd, Span<byte> buf)
    {
        fixed (byte* p = buf)
            return read(fd, p, (nuint)buf.Length);
    }

    /// <inheritdoc cref="read(int, void*, nuint)"/>
    public static nint read(SafeHandle fd, Span<byte> buf)
    {
        fixed (byte* p = buf)
            return read(fd, p, (nuint)buf.Length);
    }

    /// <summary><c>pread(2)</c>: reads at a place of a file, and leaves the file's own position.</summary>
    /// <returns>The number of bytes, 0 at the end of file, or -1: ESPIPE (a pipe, a socket), EISDIR, EINVAL, EINTR, EIO, EBADF.</returns>
    public static nint pread(int fd, Span<byte> buf, long offset)
    {
        fixed (byte* p = buf)
            return pread(fd, p, (nuint)buf.Length, offset);
    }

    /// <inheritdoc cref="pread(int, Span{byte}, long)"/>
    public static nint pread(SafeHandle fd, Span<byte> buf, long offset)
    {
        fixed (byte* p = buf)
            return pread(fd, p, (nuint)buf.Length, offset);
    }

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint pread(int fd, void* buf, nuint count, long offset);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint pread(SafeHandle fd, void* buf, nuint count, long offset);

    /// <summary><c>write(2)</c>: at most <paramref name="count"/> bytes; fewer when there is no room for more.</summary>
    /// <returns>The number of bytes, or -1: EAGAIN, EINTR, EPIPE (the runtime ignores SIGPIPE), ECONNRESET, EBADF, ENOSPC, EDESTADDRREQ.</returns>
    public static nint write(int fd, void* buf, nuint count) => Kept(Bare.write(fd, buf, count));

    /// <inheritdoc cref="write(int, void*, nuint)"/>
    public static nint write(SafeHandle fd, void* buf, nuint count) => Kept(Bare.write(Hold(fd), buf, count), fd);

    /// <inheritdoc cref="write(int, void*, nuint)"/>
    public static nint write(int fd, ReadOnlySpan<byte> buf)
    {
        fixed (byte* p = buf)
            return write(fd, p, (nuint)buf.Length);
    }

    /// <inheritdoc cref="write(int, void*, nuint)"/>
    public static nint write(SafeHandle fd, ReadOnlySpan<byte> buf)
    {
        fixed (byte* p = buf)
            return write(fd, p, (nuint)buf.Length);
    }

    /// <summary><c>dup(2)</c>: a second descriptor, the lowest free one, for the same open file. It is not close-on-exec.</summary>
    /// <returns>The new descriptor, or -1: EBADF, EMFILE.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup(int oldfd);

    /// <inheritdoc cref="dup(int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup(SafeHandle oldfd);

    /// <summary><c>dup2(2)</c>: makes <paramref name="newfd"/> another name of <paramref name="oldfd"/>, closing what it was before.</summary>
    /// <returns><paramref name="newfd"/>, or -1: EBADF, EBUSY (Linux, in a race with open), EINTR, EMFILE.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup2(int oldfd, int newfd);

    /// <inheritdoc cref="dup2(int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup2(SafeHandle oldfd, SafeHandle newfd);

    /// <summary><c>dup3(2)</c>: as dup2, with O_CLOEXEC for the new name; equal descriptors are an error.</summary>
    /// <returns><paramref name="newfd"/>, or -1: EINVAL (equal, or unknown flags), and those of dup2.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int dup3(int oldfd, int newfd, int flags);

    /// <inheritdoc cref="dup3(int, int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int dup3(SafeHandle oldfd, SafeHandle newfd, int flags);

    /// <summary><c>pipe(2)</c>: <c>fds[0]</c> reads what is written to <c>fds[1]</c>. They are not close-on-exec.</summary>
    /// <param name="fds">Room for two descriptors.</param>
    /// <returns>0, or -1: EMFILE, ENFILE.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int pipe(int* fds);

    /// <summary><c>pipe2(2)</c>: as pipe, with O_CLOEXEC and O_NONBLOCK.</summary>
    /// <param name="fds">Room for two descriptors.</param>
    /// <param name="flags">0, or O_CLOEXEC and O_NONBLOCK ored.</param>
    /// <returns>0, or -1: EINVAL, EMFILE, ENFILE.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int pipe2(int* fds, int flags);

    /// <summary><c>unlink(2)</c>: removes a name, the unix socket's too, which outlives its socket.</summary>
    /// <returns>0, or -1: ENOENT, EACCES, EPERM, EISDIR.</returns>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int unlink(string path);

    /// <summary><c>unlinkat(2)</c>: removes a name that is seen from an open directory (AT_FDCWD: the working one).</summary>
    /// <param name="dirfd">The directory.</param>
    /// <param name="path">The name; an absolute path is as it is.</param>
    /// <param name="flags">0, or AT_REMOVEDIR for a directory.</param>
    /// <returns>0, or -1: ENOENT, EACCES, EPERM, EISDIR, ENOTDIR, ENOTEMPTY, EBADF.</returns>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int unlinkat(int dirfd, string path, int flags);

    /// <inheritdoc cref="unlinkat(int, string, int)"/>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int unlinkat(SafeHandle dirfd, string path, int flags);

    /// <summary>
    /// <c>renameat(2)</c>: gives a file another name, at once, and replaces what has that name. Both are seen from open directories
    /// (AT_FDCWD: the working one). No symbolic link at the end of a path is followed.
    /// </summary>
    /// <param name="olddirfd">The directory of the old name.</param>
    /// <param name="oldpath">The old name.</param>
    /// <param name="newdirfd">The directory of the new name, on the same file system.</param>
    /// <param name="newpath">The new name.</param>
    /// <returns>0, or -1: ENOENT, EACCES, EPERM, EXDEV (another file system), EISDIR, ENOTDIR, ENOTEMPTY, ENOSPC, EBADF.</returns>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int renameat(int olddirfd, string oldpath, int newdirfd, string newpath);

    /// <inheritdoc cref="renameat(int, string, int, string)"/>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int renameat(SafeHandle olddirfd, string oldpath, SafeHandle newdirfd, string newpath);

    /// <summary><c>ftruncate(2)</c>: makes a file so many bytes long: cuts it, or adds zeros.</summary>
    /// <returns>0, or -1: EBADF, EINVAL (not a file, not open for writing, negative), EFBIG, EINTR, EPERM (sealed).</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ftruncate(int fd, long length);

    /// <inheritdoc cref="ftruncate(int, long)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ftruncate(SafeHandle fd, long length);

    /// <summary><c>getpid(2)</c>: this process.</summary>
    [LibraryImport(LibraryName)]
    public static partial int getpid();

    /// <summary><c>getppid(2)</c>: the process that has started this one; when that is gone, the one that has adopted it, mostly 1.</summary>
    [LibraryImport(LibraryName)]
    public static partial int getppid();

    /// <summary>
    /// <c>execve(2)</c>: this process goes on as another program. Its ignored and blocked signals stay so: the .NET runtime ignores SIGPIPE.
    /// </summary>
    /// <param name="pathname">The program's file, NUL-terminated; PATH is not searched.</param>
    /// <param name="argv">The arguments, each NUL-terminated, and a null pointer.</param>
    /// <param name="envp">The environment, <c>NAME=value</c> each, and a null pointer.</param>
    /// <returns>-1: ENOENT, EACCES, ENOEXEC, E2BIG, ENOMEM; otherwise it does not.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int execve(byte* pathname, byte** argv, byte** envp);

    /// <summary><c>setuid(2)</c>: the user of this process, of all its threads; by root of the real, effective and saved one, for good.</summary>
    /// <returns>0, or -1: EPERM, EAGAIN (the user has too many processes).</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int setuid(uint uid);

    /// <summary><c>setgid(2)</c>: the group of this process, as <see cref="setuid"/>. To be called before that.</summary>
    /// <returns>0, or -1: EPERM.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int setgid(uint gid);

    /// <summary><c>geteuid(2)</c>: the user whose rights this process has.</summary>
    [LibraryImport(LibraryName)]
    public static partial uint geteuid();

    /// <summary><c>getpeereid(3)</c>: the effective user and group of the process at the other side of a Unix stream socket. The BSDs only.</summary>
    /// <returns>0, or -1: ENOTCONN, EINVAL (not a Unix stream socket), EBADF, ENOTSOCK.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static partial int getpeereid(SafeHandle fd, uint* euid, uint* egid);

    /// <inheritdoc cref="getpeereid(SafeHandle, uint*, uint*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static partial int getpeereid(int fd, uint* euid, uint* egid);

    /// <summary><c>gethostname(2)</c>: this host's name, NUL-terminated where there was room for the NUL.</summary>
    /// <returns>0, or -1: ENAMETOOLONG (glibc) when <paramref name="len"/> is too small.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int gethostname(byte* name, nuint len);
}
