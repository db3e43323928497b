using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <unistd.h>
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>close(2)</c>: closes the descriptor. There is no overload for a <see cref="SafeHandle"/>, because disposing the handle closes it.
    /// </summary>
    /// <returns>
    /// 0, or -1: EBADF, EIO, EINTR. The descriptor is closed even after an error (except on HP-UX), so never repeat the call.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</seealso>
    public static int close(int fd) => (int)Kept(Bare.close(fd));

    /// <summary><c>read(2)</c>: reads at most <paramref name="count"/> bytes, and fewer if fewer are available.</summary>
    /// <returns>
    /// The number of bytes, 0 at the end of file or after the peer's FIN, or -1: EAGAIN, EINTR, ECONNRESET, EBADF, EISDIR, ENOTCONN.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</seealso>
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

    /// <summary><c>pread(2)</c>: reads at an offset of a file, without changing the file's own position.</summary>
    /// <returns>The number of bytes, 0 at the end of file, or -1: ESPIPE (a pipe, a socket), EISDIR, EINVAL, EINTR, EIO, EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pread.2.html">pread(2)</seealso>
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

    /// <summary><c>write(2)</c>: writes at most <paramref name="count"/> bytes, and fewer if there is no room for more.</summary>
    /// <returns>
    /// The number of bytes, or -1: EAGAIN, EINTR, EPIPE (the runtime ignores SIGPIPE), ECONNRESET, EBADF, ENOSPC, EDESTADDRREQ.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</seealso>
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

    /// <summary><c>dup(2)</c>: creates a second descriptor, the lowest free one, for the same open file. It is not close-on-exec.</summary>
    /// <returns>The new descriptor, or -1: EBADF, EMFILE.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/dup.2.html">dup(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup(int oldfd);

    /// <inheritdoc cref="dup(int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup(SafeHandle oldfd);

    /// <summary>
    /// <c>dup2(2)</c>: makes <paramref name="newfd"/> a duplicate of <paramref name="oldfd"/>. If <paramref name="newfd"/> is open, it is
    /// closed first.
    /// </summary>
    /// <returns><paramref name="newfd"/>, or -1: EBADF, EBUSY (Linux, in a race with open), EINTR, EMFILE.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/dup2.2.html">dup2(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup2(int oldfd, int newfd);

    /// <inheritdoc cref="dup2(int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int dup2(SafeHandle oldfd, SafeHandle newfd);

    /// <summary><c>dup3(2)</c>: like dup2, with O_CLOEXEC for the duplicate. Equal descriptors are an error.</summary>
    /// <returns><paramref name="newfd"/>, or -1: EINVAL (equal descriptors, or unknown flags), and the errors of dup2.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/dup3.2.html">dup3(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int dup3(int oldfd, int newfd, int flags);

    /// <inheritdoc cref="dup3(int, int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int dup3(SafeHandle oldfd, SafeHandle newfd, int flags);

    /// <summary>
    /// <c>pipe(2)</c>: creates a pipe. <c>fds[0]</c> reads the data written to <c>fds[1]</c>. They are not close-on-exec.
    /// </summary>
    /// <param name="fds">Receives two descriptors.</param>
    /// <returns>0, or -1: EMFILE, ENFILE.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int pipe(int* fds);

    /// <summary><c>pipe2(2)</c>: like pipe, with O_CLOEXEC and O_NONBLOCK.</summary>
    /// <param name="fds">Receives two descriptors.</param>
    /// <param name="flags">0, or O_CLOEXEC and O_NONBLOCK combined.</param>
    /// <returns>0, or -1: EINVAL, EMFILE, ENFILE.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pipe2.2.html">pipe2(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int pipe2(int* fds, int flags);

    /// <summary><c>unlink(2)</c>: removes a path. The path of a Unix socket must be removed too, because it outlives the socket.</summary>
    /// <returns>0, or -1: ENOENT, EACCES, EPERM, EISDIR.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/unlink.2.html">unlink(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int unlink(string path);

    /// <summary><c>unlinkat(2)</c>: removes a path relative to an open directory (AT_FDCWD: the working directory).</summary>
    /// <param name="dirfd">The directory.</param>
    /// <param name="path">The path. If it is absolute, the directory is ignored.</param>
    /// <param name="flags">0, or AT_REMOVEDIR for a directory.</param>
    /// <returns>0, or -1: ENOENT, EACCES, EPERM, EISDIR, ENOTDIR, ENOTEMPTY, EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/unlinkat.2.html">unlinkat(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int unlinkat(int dirfd, string path, int flags);

    /// <inheritdoc cref="unlinkat(int, string, int)"/>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int unlinkat(SafeHandle dirfd, string path, int flags);

    /// <summary>
    /// <c>renameat(2)</c>: renames a file atomically, and replaces a file with the new name. Both names are relative to open directories
    /// (AT_FDCWD: the working directory). A symbolic link at the end of a path is not followed.
    /// </summary>
    /// <param name="olddirfd">The directory of the old name.</param>
    /// <param name="oldpath">The old name.</param>
    /// <param name="newdirfd">The directory of the new name, on the same file system.</param>
    /// <param name="newpath">The new name.</param>
    /// <returns>0, or -1: ENOENT, EACCES, EPERM, EXDEV (another file system), EISDIR, ENOTDIR, ENOTEMPTY, ENOSPC, EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/renameat.2.html">renameat(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int renameat(int olddirfd, string oldpath, int newdirfd, string newpath);

    /// <inheritdoc cref="renameat(int, string, int, string)"/>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int renameat(SafeHandle olddirfd, string oldpath, SafeHandle newdirfd, string newpath);

    /// <summary>
    /// <c>linkat(2)</c>: gives a file another name, unless that name exists. Both names are relative to open directories (AT_FDCWD: the
    /// working directory).
    /// </summary>
    /// <param name="olddirfd">The directory of the existing name.</param>
    /// <param name="oldpath">The existing name.</param>
    /// <param name="newdirfd">The directory of the new name, on the same file system.</param>
    /// <param name="newpath">The new name.</param>
    /// <param name="flags">0, or AT_SYMLINK_FOLLOW for the target of a symbolic link.</param>
    /// <returns>
    /// 0, or -1: EEXIST, ENOENT, EACCES, EPERM (a directory, or a file system without links), EXDEV (another file system), EMLINK, ENOSPC,
    /// EBADF.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/linkat.2.html">linkat(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int linkat(int olddirfd, string oldpath, int newdirfd, string newpath, int flags);

    /// <inheritdoc cref="linkat(int, string, int, string, int)"/>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int linkat(SafeHandle olddirfd, string oldpath, SafeHandle newdirfd, string newpath, int flags);

    /// <summary><c>ftruncate(2)</c>: sets the length of a file: truncates it, or appends zeros.</summary>
    /// <returns>0, or -1: EBADF, EINVAL (not a file, not open for writing, negative), EFBIG, EINTR, EPERM (sealed).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ftruncate.2.html">ftruncate(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ftruncate(int fd, long length);

    /// <inheritdoc cref="ftruncate(int, long)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ftruncate(SafeHandle fd, long length);

    /// <summary><c>getpid(2)</c>: returns the id of this process.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getpid.2.html">getpid(2)</seealso>
    [LibraryImport(LibraryName)]
    public static partial int getpid();

    /// <summary>
    /// <c>getppid(2)</c>: returns the id of the parent process. If the parent has ended, it is the adopting process, usually 1.
    /// </summary>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getppid.2.html">getppid(2)</seealso>
    [LibraryImport(LibraryName)]
    public static partial int getppid();

    /// <summary>
    /// <c>execve(2)</c>: replaces the program of this process. Ignored and blocked signals stay so, including SIGPIPE, which the .NET
    /// runtime ignores.
    /// </summary>
    /// <param name="pathname">The program's file, NUL-terminated; PATH is not searched.</param>
    /// <param name="argv">The arguments, each NUL-terminated, and a null pointer.</param>
    /// <param name="envp">The environment, each <c>NAME=value</c>, and a null pointer.</param>
    /// <returns>-1: ENOENT, EACCES, ENOEXEC, E2BIG, ENOMEM. After success the call does not return.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/execve.2.html">execve(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int execve(byte* pathname, byte** argv, byte** envp);

    /// <summary>
    /// <c>setuid(2)</c>: sets the user of this process and all its threads. Called by root, it sets the real, effective and saved user, and
    /// cannot be reverted.
    /// </summary>
    /// <returns>0, or -1: EPERM, EAGAIN (the user has too many processes).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setuid.2.html">setuid(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int setuid(uint uid);

    /// <summary>
    /// <c>setgid(2)</c>: sets the group of this process, as <see cref="setuid"/> does the user. Call it before <see cref="setuid"/>.
    /// </summary>
    /// <returns>0, or -1: EPERM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setgid.2.html">setgid(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int setgid(uint gid);

    /// <summary><c>getuid(2)</c>: returns the real user of this process.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getuid.2.html">getuid(2)</seealso>
    [LibraryImport(LibraryName)]
    public static partial uint getuid();

    /// <summary><c>geteuid(2)</c>: returns the effective user of this process.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man2/geteuid.2.html">geteuid(2)</seealso>
    [LibraryImport(LibraryName)]
    public static partial uint geteuid();

    /// <summary><c>getpeereid(3)</c>: reads the effective user and group of the peer of a Unix stream socket. The BSDs only.</summary>
    /// <returns>0, or -1: ENOTCONN, EINVAL (not a Unix stream socket), EBADF, ENOTSOCK.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=getpeereid&amp;sektion=3">getpeereid(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static partial int getpeereid(SafeHandle fd, uint* euid, uint* egid);

    /// <inheritdoc cref="getpeereid(SafeHandle, uint*, uint*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static partial int getpeereid(int fd, uint* euid, uint* egid);

    /// <summary><c>gethostname(2)</c>: reads the name of this host. It is NUL-terminated if there is room for the NUL.</summary>
    /// <returns>0, or -1: ENAMETOOLONG (glibc) if <paramref name="len"/> is too small.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/gethostname.2.html">gethostname(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int gethostname(byte* name, nuint len);
}
