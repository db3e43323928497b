namespace Unp.Samples.tftp;

/// <summary>
/// A file that is being received. It has a temporary name until it is complete, so no program finds a part of it under the real name.
/// </summary>
sealed class TftpUpload : IDisposable
{
    const uint ReadableByAll = 0x1A4; // 0644, less the umask

    static int count;

    readonly TftpDirectory owner;
    readonly Fd parent;
    readonly string name;
    readonly bool replaces;
    readonly Fd file;
    readonly string temporaryName;

    /// <summary>Creates the temporary file.</summary>
    /// <param name="owner">The server's directory, which is notified of the end.</param>
    /// <param name="parent">The directory of the file. The object closes it.</param>
    /// <param name="name">The name of the complete file.</param>
    /// <param name="replaces">Whether a file with that name is replaced.</param>
    /// <exception cref="TftpException">The file cannot be created.</exception>
    public TftpUpload(TftpDirectory owner, Fd parent, string name, bool replaces)
    {
        (this.owner, this.parent, this.name, this.replaces) = (owner, parent, name, replaces);
        int fd;
        do
        {
            temporaryName = $".tftp-{getpid()}-{Interlocked.Increment(ref count)}";
            fd = openat(parent, temporaryName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ReadableByAll);
        }
        while (fd < 0 && Errno.Last.IsAny(Errno.EEXIST, Errno.EINTR)); // a crash may have left a file with the name
        file = fd >= 0 ? new Fd(fd) : throw TftpException.For(Errno.Last);
    }

    /// <exception cref="UnpException">ENOSPC, EDQUOT, EIO...</exception>
    public void Write(ReadOnlySpan<byte> data) => Writen(file, data);

    /// <summary>Closes the file and gives it its name.</summary>
    /// <exception cref="TftpException">Another file with the name exists by now, and is not replaced.</exception>
    /// <exception cref="UnpException">The end of the file cannot be written: ENOSPC, EDQUOT, EIO...</exception>
    public void Complete()
    {
        Close(file);
        int result = replaces ? renameat(parent, temporaryName, parent, name) : linkat(parent, temporaryName, parent, name, 0);
        if (result < 0)
            throw TftpException.For(Errno.Last);
        owner.Forget(this);
    }

    /// <summary>Removes the temporary name, if it is still there.</summary>
    public void RemoveTemporaryName() => _ = unlinkat(parent, temporaryName, 0);

    public void Dispose()
    {
        owner.Forget(this);
        file.Dispose();
        parent.Dispose();
    }
}
