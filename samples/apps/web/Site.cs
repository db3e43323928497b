namespace Unp.Samples.web;

/// <summary>The files of a directory and the programs in its <c>cgi-bin</c>. Nothing outside of the directory is accessible.</summary>
sealed class Site : IDisposable
{
    const string Programs = "/cgi-bin/";

    readonly Fd root;

    public Site(string directory)
    {
        root = Open(directory, O_RDONLY | O_DIRECTORY);
        Root = Path.GetFullPath(directory);
    }

    public string Root { get; }

    /// <summary>
    /// Gets the time limit for the whole head of a request, and for each further part of a request body or a response.
    /// </summary>
    public required TimeSpan Timeout { get; init; }

    public void Dispose() => root.Dispose();

    /// <summary>Opens the file of a request's path.</summary>
    /// <param name="path">The decoded path.</param>
    /// <param name="status">The file's status.</param>
    /// <param name="refusal">The response's status if there is no file: 301 for a directory without the slash at its end.</param>
    public Fd? OpenFile(string path, out FileStatus status, out int refusal)
    {
        status = default;
        refusal = 0;
        string relative = path.TrimStart('/') + (path.EndsWith('/') ? "index.html" : "");

        // O_NONBLOCK, because opening a FIFO without a writer would block.
        if (!TryOpenBeneath(root, relative, O_RDONLY | O_NONBLOCK, out Fd? file))
        {
            refusal = StatusOf(Errno.Last);
            return null;
        }
        try
        {
            status = Fstat(file);
        }
        catch (UnpException)
        {
            refusal = 500;
        }
        if (status.IsFile)
            return file;
        refusal = refusal != 0 ? refusal : status.IsDirectory ? 301 : 403;
        file.Dispose();
        return null;
    }

    /// <summary>Returns whether a path names a program, and splits it.</summary>
    /// <param name="path">The decoded path in normal form. The comparison ignores case, because some file systems do.</param>
    /// <param name="script">The path of the program.</param>
    /// <param name="rest">The path after the program, beginning with its slash.</param>
    public static bool IsProgram(string path, out string script, out string rest)
    {
        script = rest = "";
        if (!path.StartsWith(Programs, StringComparison.OrdinalIgnoreCase) || path.Length == Programs.Length)
            return false;
        int slash = path.IndexOf('/', Programs.Length);
        (script, rest) = slash < 0 ? (path, "") : (path[..slash], path[slash..]);
        return true;
    }

    /// <summary>
    /// Opens an executable program. The descriptor itself is executed, so the file cannot be replaced after the check.
    /// </summary>
    /// <param name="script">The path of the program.</param>
    /// <param name="refusal">The response's status if there is no program.</param>
    public Fd? OpenProgram(string script, out int refusal)
    {
        Fd? file = OpenFile(script, out FileStatus status, out refusal);
        if (file is not null && (status.Mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0)
            return file;
        refusal = file is not null || refusal == 301 ? 403 : refusal;
        file?.Dispose();
        return null;
    }

    static int StatusOf(Errno error)
    {
        if (error == Errno.ENOENT || error == Errno.ENOTDIR || error == Errno.ENAMETOOLONG)
            return 404;
        if (error == Errno.EACCES || error == Errno.EXDEV || error == Errno.ELOOP || error == Errno.ENXIO)
            return 403;
        return error == Errno.EMFILE || error == Errno.ENFILE ? 503 : 500;
    }
}
