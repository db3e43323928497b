namespace Unp.Samples.tftp;

/// <summary>The directory that the server offers. Nothing outside of it is accessible.</summary>
/// <param name="path">The directory.</param>
/// <param name="allowsWriting">Whether clients may send files.</param>
/// <param name="replaces">Whether clients may also replace files.</param>
sealed class TftpDirectory(string path, bool allowsWriting, bool replaces) : IDisposable
{
    readonly Fd root = Open(path, O_RDONLY | O_DIRECTORY);

    // The unfinished uploads, which the end of the program removes. It is also their lock.
    readonly HashSet<TftpUpload> uploads = [];
    bool isEnding;

    /// <summary>Opens a file that every user of this host may read, because the protocol knows no users.</summary>
    /// <param name="name">The client's path.</param>
    /// <param name="size">The size in bytes.</param>
    /// <exception cref="TftpException">There is no such file.</exception>
    public Fd OpenFile(string name, out long size)
    {
        // O_NONBLOCK, because opening a FIFO without a writer would block.
        if (!TryOpenBeneath(root, name, O_RDONLY | O_NONBLOCK, out Fd? file))
            throw TftpException.For(Errno.Last);
        FileStatus status = StatusOf(file);
        size = status.Size;
        if (status.IsFile && (status.Mode & S_IROTH) != 0)
            return file;
        file.Dispose();
        throw TftpException.For(Errno.EACCES);
    }

    /// <summary>Begins to receive a file.</summary>
    /// <param name="name">The client's path.</param>
    /// <exception cref="TftpException">The file exists and must not be replaced, or it cannot be created.</exception>
    public TftpUpload CreateFile(string name)
    {
        int slash = name.LastIndexOf('/');
        (string folder, string last) = (slash < 0 ? "." : name[..slash], name[(slash + 1)..]);
        if (!allowsWriting || folder.Length == 0 || last is "" or "." or "..")
            throw TftpException.For(Errno.EACCES);
        if (!TryOpenBeneath(root, folder, O_RDONLY | O_DIRECTORY, out Fd? parent))
            throw TftpException.For(Errno.Last);
        try
        {
            CheckTarget(parent, last);
            lock (uploads)
            {
                if (isEnding)
                    throw new TftpException(TftpErrorCode.Undefined, "The server is ending");
                var upload = new TftpUpload(this, parent, last, replaces);
                uploads.Add(upload);
                return upload;
            }
        }
        catch
        {
            parent.Dispose();
            throw;
        }
    }

    /// <summary>Ends the care for an upload and removes its temporary name.</summary>
    public void Forget(TftpUpload upload)
    {
        lock (uploads)
        {
            if (uploads.Remove(upload))
                upload.RemoveTemporaryName();
        }
    }

    /// <summary>Removes what is incomplete before the program ends, and refuses further uploads.</summary>
    public void RemoveUploads()
    {
        lock (uploads)
        {
            isEnding = true;
            foreach (TftpUpload upload in uploads)
                upload.RemoveTemporaryName();
        }
    }

    public void Dispose() => root.Dispose();

    /// <summary>Refuses a name that is taken, before the client sends the file. The final rename is what decides.</summary>
    void CheckTarget(Fd parent, string name)
    {
        if (!TryOpenBeneath(parent, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW, out Fd? existing))
        {
            if (!replaces && Errno.Last != Errno.ENOENT)
                throw TftpException.For(Errno.Last == Errno.ENAMETOOLONG ? Errno.Last : Errno.EEXIST);
            return;
        }
        bool isFile = StatusOf(existing).IsFile;
        existing.Dispose();
        if (!replaces || !isFile)
            throw TftpException.For(replaces ? Errno.EISDIR : Errno.EEXIST);
    }

    static FileStatus StatusOf(Fd file)
    {
        try
        {
            return Fstat(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
