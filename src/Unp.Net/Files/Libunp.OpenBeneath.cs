using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Unp.Net.Abi.Linux;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    // openat2(2) fails with EAGAIN if a directory on the path is renamed meanwhile, so it is tried again this many times.
    const int MaxRenames = 16;

    /// <summary>
    /// Opens an existing file inside a directory, even if the path comes from an untrusted source (<c>openat2(2)</c> with RESOLVE_BENEATH).
    /// </summary>
    /// <remarks>
    /// <para>The path cannot leave the directory: not by <c>..</c>, not by a symbolic link, and not by a leading slash.</para>
    /// <para>On kernels without such a call (Linux before 5.6, macOS) no symbolic link is followed at all. FreeBSD uses
    /// O_RESOLVE_BENEATH.</para>
    /// <para>O_CLOEXEC is added, and O_NOCTTY too unless O_PATH is given. With O_NONBLOCK, opening a FIFO does not wait for its
    /// writer.</para>
    /// </remarks>
    /// <param name="directory">An open directory.</param>
    /// <param name="path">The path, relative to the directory.</param>
    /// <param name="flags">O_RDONLY, combined with O_NONBLOCK, O_DIRECTORY... O_CREAT and O_TMPFILE are not allowed.</param>
    /// <exception cref="UnpException">
    /// EXDEV: the path leads out of the directory (ELOOP on systems where no link is followed); ENOENT, ENOTDIR, EACCES, ENAMETOOLONG,
    /// EMFILE. The message contains the path.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or contains a NUL, or a flag is not allowed.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</seealso>
    public static Fd OpenBeneath(SafeHandle directory, string path, int flags) =>
        TryOpenBeneath(directory, path, flags, out Fd? file) ? file : throw Failed("open", path);

    /// <summary>
    /// Works like <see cref="OpenBeneath"/>, but returns false with the error in <see cref="Errno.Last"/> instead of throwing
    /// <see cref="UnpException"/>.
    /// </summary>
    /// <param name="directory">An open directory.</param>
    /// <param name="path">The path, relative to the directory.</param>
    /// <param name="flags">O_RDONLY, combined with O_NONBLOCK, O_DIRECTORY... O_CREAT and O_TMPFILE are not allowed.</param>
    /// <param name="file">The file, which the caller must dispose; null after an error.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or contains a NUL, or a flag is not allowed.</exception>
    public static bool TryOpenBeneath(SafeHandle directory, string path, int flags, [NotNullWhen(true)] out Fd? file)
    {
        Check(directory);
        CheckPath(path);
        if ((flags & O_CREAT) != 0 || (Target.IsLinux && (flags & O_TMPFILE) == O_TMPFILE))
            throw new ArgumentException("Only existing files can be opened. Remove O_CREAT and O_TMPFILE from the flags.", nameof(flags));
        flags |= O_CLOEXEC;
        if (Target.IsMacOS || (flags & O_PATH) == 0)
            flags |= O_NOCTTY; // with O_PATH it has no meaning, and openat2 rejects such flags
        int fd = -1;
        if (Target.IsLinux)
        {
            fd = ResolveBeneath(directory, path, flags);

            // ENOSYS: the kernel is too old. EPERM: either a container's filter does not know the call, or opening the file itself failed
            // with EPERM, which Walk then reports again.
            if (fd < 0 && Errno.Last.IsAny(Errno.ENOSYS, Errno.EPERM))
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
        file = fd >= 0 ? new Fd(fd) : null;
        return file is not null;
    }

    // Searching a directory needs no permission to list it, so O_PATH is used where the system has it.
    static int ParentFlags => (Target.IsMacOS ? O_RDONLY : O_PATH) | O_DIRECTORY | O_CLOEXEC;

    static int ResolveBeneath(SafeHandle directory, string path, int flags)
    {
        var how = new open_how { flags = (uint)flags, resolve = (ulong)(RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS) };
        int fd;
        int renames = 0;
        do
            fd = openat2(directory, path, &how);
        while (Interrupted(fd) || (fd < 0 && Errno.Last == Errno.EAGAIN && renames++ < MaxRenames));
        return fd;
    }

    /// <summary>Opens each directory of the path in turn and follows no symbolic link.</summary>
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
            foreach (string part in parts[..^1])
            {
                int next = OpenPart(at, part, ParentFlags);
                if (next < 0)
                    return next;
                if (at != directory)
                    at.Dispose();
                at = new Fd(next);
            }
            return OpenPart(at, parts[^1], flags);
        }
        finally
        {
            Errno last = Errno.Last;
            if (at != directory)
                at.Dispose();
            Errno.Last = last;
        }
    }

    static int OpenPart(SafeHandle directory, string part, int flags)
    {
        int fd;
        do
            fd = openat(directory, part, O_NOFOLLOW | flags);
        while (Interrupted(fd));
        return fd;
    }
}
