using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Creates a listening Unix socket at a path, as the servers of the book do (UNP 15.5), but does not unlink an arbitrary file first.
    /// </summary>
    /// <param name="path">The path. A socket that a dead server left there is replaced: see <see cref="BindUnix"/>.</param>
    /// <param name="type">SOCK_STREAM, or SOCK_SEQPACKET, which preserves message boundaries (not on macOS).</param>
    /// <param name="backlog">The backlog of <see cref="Listen(SafeHandle, int)"/>.</param>
    /// <exception cref="UnpException">
    /// EADDRINUSE: a process has the socket open, or the file is not a socket; EACCES; ENOENT: no such directory; EPROTONOSUPPORT;
    /// EOPNOTSUPP: SOCK_DGRAM. The message names the path.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, too long or contains a NUL.</exception>
    /// <example>
    /// The permissions of the path decide who can connect, so set them before the path exists:
    /// <code>
    /// uint mask = umask(0b000_111_111);
    /// using Fd server = UnixListen(path);
    /// umask(mask);
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</seealso>
    public static Fd UnixListen(string path, int type = SOCK_STREAM, int backlog = LISTENQ)
    {
        _ = SockAddr.Unix(path);
        Fd listenfd = Socket(AF_UNIX, type);
        bool isBound = false;
        try
        {
            BindUnix(listenfd, path);
            isBound = true;
            Listen(listenfd, backlog);
            return listenfd;
        }
        catch
        {
            if (isBound)
                _ = unlink(path);
            listenfd.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Binds a Unix socket to a path (<c>bind(2)</c>), and replaces a socket that a dead server left there (UNP 15.2). The book's programs
    /// remove any file at the path, even a data file or the socket of a running server. This method only removes a socket that no process
    /// has open.
    /// </summary>
    /// <remarks>
    /// Calls for paths in the same directory take turns. If two programs start at once, one gets the path and the other EADDRINUSE.
    /// </remarks>
    /// <param name="fd">A Unix socket of any type.</param>
    /// <param name="path">The path. The umask determines the permissions of the file.</param>
    /// <exception cref="UnpException">
    /// EADDRINUSE: a process has the socket open, or the file is not a socket; EACCES: no permission to read or write the directory or the
    /// old socket; ENOENT: no such directory. The message names the path.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, too long or contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</seealso>
    public static void BindUnix(SafeHandle fd, string path)
    {
        Check(fd);
        SockAddr address = SockAddr.Unix(path);
        if (bind(fd, address) == 0)
            return;
        if (Errno.Last != Errno.EADDRINUSE)
            throw Failed("bind", path);
        using Fd turn = LockDirectory(path);
        RemoveStale(address, path, "bind");
        Bind(fd, address);
    }

    /// <summary>
    /// Removes a Unix socket that no process has open (UNP 15.2). It does not remove a file of another kind, a symbolic link, or a bound
    /// socket, even if that does not listen yet.
    /// </summary>
    /// <remarks>
    /// A datagram socket tries to connect to the path, which a server does not notice. The kernel refuses the connection if no process has
    /// the socket, and reports another error if the socket has another type. To bind afterwards, use <see cref="BindUnix"/> instead, which
    /// keeps the directory locked meanwhile.
    /// </remarks>
    /// <param name="path">The path of the socket.</param>
    /// <returns>True if the socket was removed; false if there was no file.</returns>
    /// <exception cref="UnpException">
    /// EADDRINUSE: a process has the socket open, or the file is not a socket; EACCES, EPERM: no permission to connect or remove. The
    /// message names the path.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, too long or contains a NUL.</exception>
    public static bool UnlinkStale(string path)
    {
        SockAddr address = SockAddr.Unix(path);
        using Fd turn = LockDirectory(path);
        return RemoveStale(address, path, "unlink");
    }

    static bool RemoveStale(in SockAddr address, string path, string function)
    {
        if (LinkMode(path, out int mode) < 0)
            return Errno.Last == Errno.ENOENT ? false : throw Failed("lstat", path);
        if ((mode & S_IFMT) != S_IFSOCK)
            throw new UnpException(Errno.EADDRINUSE, function, $"{path}, which is not a socket");
        using (Fd probe = Socket(AF_UNIX, SOCK_DGRAM))
        {
            // EPROTOTYPE: the socket has another type. EPERM: a datagram socket that accepts messages only from its own peer.
            if (connect(probe, address) == 0 || Errno.Last.IsAny(Errno.EPROTOTYPE, Errno.EPERM))
                throw new UnpException(Errno.EADDRINUSE, function, $"{path}, which a process has open");
            if (!Errno.Last.IsAny(Errno.ECONNREFUSED, Errno.ENOENT))
                throw Failed("connect", path);
        }
        return unlink(path) == 0 || (Errno.Last == Errno.ENOENT ? false : throw Failed("unlink", path));
    }

    /// <summary>
    /// Waits until no other program replaces a socket in the path's directory. Closing the descriptor releases the lock, which leaves no
    /// file behind.
    /// </summary>
    static Fd LockDirectory(string path)
    {
        string directory = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } name ? name : path.StartsWith('/') ? "/" : ".";
        Fd fd = Open(directory, O_RDONLY | O_DIRECTORY);
        int result;
        do
            result = flock(fd, LOCK_EX);
        while (Interrupted(result));
        if (result == 0)
            return fd;
        UnpException failure = Failed("flock", directory);
        fd.Dispose();
        throw failure;
    }
}
