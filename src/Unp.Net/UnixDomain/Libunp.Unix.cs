using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Makes a listening Unix socket at a path: the servers of section 15.5, without their <c>unlink</c> of whatever is there.</summary>
    /// <param name="path">Where; what a dead server has left there is replaced, as <see cref="Bind_unix"/> says.</param>
    /// <param name="type">SOCK_STREAM, or SOCK_SEQPACKET, which keeps the boundaries of messages (not on macOS).</param>
    /// <param name="backlog">As that of <see cref="Listen"/>.</param>
    /// <exception cref="UnpException">
    /// EADDRINUSE (somebody has it, or it is no socket), EACCES, ENOENT (the directory), EPROTONOSUPPORT, EOPNOTSUPP (SOCK_DGRAM); the message has the path.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, too long or has a NUL in it.</exception>
    public static Fd Unix_listen(string path, int type = SOCK_STREAM, int backlog = LISTENQ)
    {
        _ = SockAddr.Unix(path);
        Fd listenfd = Socket(AF_UNIX, type);
        bool isBound = false;
        try
        {
            Bind_unix(listenfd, path);
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
    /// <c>bind(2)</c> of a Unix socket to a path, where what a dead server has left at the path is replaced (section 15.2). The book's programs remove
    /// whatever is there, be it a file of data or a server at work; this removes only a socket that no process has open.
    /// </summary>
    /// <remarks>Several programs that do this with paths of one directory take turns: of two that are started at once one gets the path, the other EADDRINUSE.</remarks>
    /// <param name="fd">A Unix socket of any type.</param>
    /// <param name="path">Where; the file gets the permissions that the umask leaves.</param>
    /// <exception cref="UnpException">
    /// EADDRINUSE: somebody has it, or it is no socket; EACCES: the directory or the old socket is not ours to read or write; ENOENT: no such directory. The message has
    /// the path.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, too long or has a NUL in it.</exception>
    public static void Bind_unix(SafeHandle fd, string path)
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
    /// Removes the path of a Unix socket that no process has open any more, and nothing else: not a file of another kind, not a symbolic link, not
    /// a socket that somebody has bound, whether it listens yet or not (section 15.2).
    /// </summary>
    /// <remarks>
    /// The kernel is asked by a connect of a datagram socket, of which no server notices anything: it is refused if nobody has the socket, and fails
    /// otherwise if it is of another type. Whoever means to bind next should use <see cref="Bind_unix"/>, which does both while it has the directory locked.
    /// </remarks>
    /// <param name="path">Where the socket was.</param>
    /// <returns>Whether something was removed; false: nothing was there.</returns>
    /// <exception cref="UnpException">EADDRINUSE: somebody has it, or it is no socket; EACCES, EPERM: it may not be tried, or not removed. The message has the path.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, too long or has a NUL in it.</exception>
    public static bool Unlink_stale(string path)
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
            throw new UnpException(Errno.EADDRINUSE, function, $"{path}, which is no socket");
        using (Fd probe = Socket(AF_UNIX, SOCK_DGRAM))
        {
            // Connected to one of another type: EPROTOTYPE; to a datagram socket that takes messages from its own peer only: EPERM.
            if (connect(probe, address) == 0 || Errno.Last == Errno.EPROTOTYPE || Errno.Last == Errno.EPERM)
                throw new UnpException(Errno.EADDRINUSE, function, $"{path}, which somebody has open");
            if (Errno.Last != Errno.ECONNREFUSED && Errno.Last != Errno.ENOENT)
                throw Failed("connect", path);
        }
        return unlink(path) == 0 || (Errno.Last == Errno.ENOENT ? false : throw Failed("unlink", path));
    }

    /// <summary>Waits until no other program replaces a socket in the path's directory. It leaves no file behind, and ends with the descriptor.</summary>
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
