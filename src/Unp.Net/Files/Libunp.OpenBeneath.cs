using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Unp.Net.Abi.Linux;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    // A directory that is being renamed makes openat2 give up for once: openat2(2).
    const int MostRenames = 16;

    /// <summary>
    /// <c>openat2(2)</c> with RESOLVE_BENEATH, and what other systems have of it: opens a file that lies in a directory, whatever somebody else's path says.
    /// Neither <c>..</c> nor a symbolic link leads out of it, nor does a slash at the beginning.
    /// </summary>
    /// <remarks>
    /// Where the kernel has no such thing (Linux before 5.6, macOS) no symbolic link is followed at all. O_CLOEXEC is added, and O_NOCTTY unless there is O_PATH; with O_NONBLOCK the
    /// opening of a pipe does not wait for its writer.
    /// </remarks>
    /// <param name="directory">The directory, open.</param>
    /// <param name="path">The path, seen from there.</param>
    /// <param name="flags">O_RDONLY, ored with O_NONBLOCK, O_DIRECTORY...; O_CREAT and O_TMPFILE are refused.</param>
    /// <exception cref="UnpException">
    /// EXDEV: the path leads out of the directory (ELOOP where no link is followed); ENOENT, ENOTDIR, EACCES, ENAMETOOLONG, EMFILE; the message has the path.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or has a NUL in it, or a flag is refused.</exception>
    public static Fd Open_beneath(SafeHandle directory, string path, int flags) =>
        open_beneath(directory, path, flags) is { } fd ? fd : throw Failed("open_beneath", path);

    /// <inheritdoc cref="Open_beneath"/>
    /// <returns>The file, or null, and <see cref="Errno.Last"/> tells why.</returns>
    public static Fd? open_beneath(SafeHandle directory, string path, int flags)
    {
        Check(directory);
        CheckPath(path);
        if ((flags & O_CREAT) != 0 || (Target.IsLinux && (flags & O_TMPFILE) == O_TMPFILE))
            throw new ArgumentException("It opens files that are there: neither O_CREAT nor O_TMPFILE.", nameof(flags));
        flags |= O_CLOEXEC;
        if (Target.IsMacOS || (flags & O_PATH) == 0)
            flags |= O_NOCTTY; // openat2 refuses what says nothing
        int fd = -1;
        if (Target.IsLinux)
        {
            fd = OpenBeneath(directory, path, flags);

            // ENOSYS: an old kernel. EPERM: a container that has not heard of the call; if it is the file's own, the walk finds it again.
            if (fd < 0 && (Errno.Last == Errno.ENOSYS || Errno.Last == Errno.EPERM))
                fd = Walk(directory, path, flags);
        }
        else if (Target.IsMacOS)
        {
            fd = Walk(directory, path, flags);
        }
        else
        {
            do
                fd = openat(directory, path, flags | O_RESOLVE_BENEATH);
            while (Interrupted(fd));
            if (fd < 0 && Errno.Last == Errno.ENOTCAPABLE)
                Errno.Last = Errno.EXDEV;
        }
        return fd >= 0 ? new Fd(fd) : null;
    }

    // To go through a directory one need not be allowed to list it.
    static int Passage => (Target.IsMacOS ? O_RDONLY : O_PATH) | O_DIRECTORY | O_CLOEXEC;

    static int OpenBeneath(SafeHandle directory, string path, int flags)
    {
        var how = new open_how { flags = (uint)flags, resolve = (ulong)(RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS) };
        int fd;
        int renames = 0;
        do
            fd = openat2(directory, path, &how);
        while (Interrupted(fd) || (fd < 0 && Errno.Last == Errno.EAGAIN && renames++ < MostRenames));
        return fd;
    }

    /// <summary>Goes from directory to directory by itself, and follows no link.</summary>
    internal static int Walk(SafeHandle directory, string path, int flags)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path[0] == '/' || Array.IndexOf(parts, "..") >= 0)
        {
            Errno.Last = Errno.EXDEV;
            return -1;
        }
        if (path[^1] == '/')
            flags |= O_DIRECTORY;
        SafeHandle at = directory;
        try
        {
            for (int i = 0; ; i++)
            {
                bool isLast = i >= parts.Length - 1;
                int fd;
                do
                    fd = openat(at, parts.Length == 0 ? "." : parts[i], O_NOFOLLOW | (isLast ? flags : Passage));
                while (Interrupted(fd));
                if (fd < 0 || isLast)
                    return fd;
                if (at != directory)
                    at.Dispose();
                at = new Fd(fd);
            }
        }
        finally
        {
            Errno last = Errno.Last;
            if (at != directory)
                at.Dispose();
            Errno.Last = last;
        }
    }
}
