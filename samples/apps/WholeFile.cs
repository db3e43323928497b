namespace Unp.Samples;

/// <summary>Files that are replaced as a whole, so a reader finds either the old content or the new one.</summary>
static class WholeFile
{
    const uint ReadableByAll = 0x1A4; // 0644, less the umask

    /// <summary>
    /// Writes a temporary file and renames it. No symbolic link is followed, so a link that another user has created is replaced.
    /// </summary>
    /// <param name="directory">The open directory.</param>
    /// <param name="name">The file's name in the directory.</param>
    /// <param name="content">The complete content.</param>
    /// <exception cref="UnpException">EACCES, ENOSPC, EISDIR... Nothing has changed then. The message contains the name.</exception>
    public static void Replace(Fd directory, string name, ReadOnlySpan<byte> content)
    {
        string next = $".{name}.next";
        _ = unlinkat(directory, next, 0); // left by a crash
        int fd = openat(directory, next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ReadableByAll);
        if (fd < 0)
            throw new UnpException(Errno.Last, "open", name);
        try
        {
            using (var file = new Fd(fd))
            {
                if (writen(file, content) < 0)
                    throw new UnpException(Errno.Last, "write", name);
            }
            if (renameat(directory, next, directory, name) < 0)
                throw new UnpException(Errno.Last, "rename", name);
        }
        catch (UnpException)
        {
            _ = unlinkat(directory, next, 0);
            throw;
        }
    }
}
