namespace Unp.Samples.web;

/// <summary>The files of a directory, and the programs in its <c>cgi-bin</c>; nothing that lies outside of it.</summary>
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

    /// <summary>How long the head of a request may take to come, from its first byte to its last; its body from part to part, as an answer goes.</summary>
    public required TimeSpan Patience { get; init; }

    public void Dispose() => root.Dispose();

    /// <summary>Opens the file that a path of a request names.</summary>
    /// <param name="path">Decoded.</param>
    /// <param name="status">What the file is.</param>
    /// <param name="refusal">Without a file, the answer's status: 301 for a directory that is asked for without its slash.</param>
    public Fd? OpenFile(string path, out FileStatus status, out int refusal)
    {
        status = default;
        refusal = 0;
        string relative = path.TrimStart('/') + (path.EndsWith('/') ? "index.html" : "");

        // Nobody may be writing to a pipe: its opening is not waited for.
        if (open_beneath(root, relative, O_RDONLY | O_NONBLOCK) is not { } file)
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

    /// <summary>Whether a path names a program, and which.</summary>
    /// <param name="path">Decoded and plain. Some file systems don't tell a small letter from a capital.</param>
    /// <param name="script">The first part of the path: the program, as a path of its own.</param>
    /// <param name="rest">What follows, from its slash on.</param>
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
    /// Opens a program that may be executed. The descriptor is what gets executed, so the file cannot change after the check.
    /// </summary>
    /// <param name="script">The program, as a path of its own.</param>
    /// <param name="refusal">Without a program, the answer's status.</param>
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
