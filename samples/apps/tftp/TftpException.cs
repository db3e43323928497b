namespace Unp.Samples.tftp;

/// <summary>The reason why a request is refused or a transfer ends early.</summary>
/// <param name="code">The number in the ERROR packet.</param>
/// <param name="message">The text in the ERROR packet, in ASCII.</param>
sealed class TftpException(TftpErrorCode code, string message) : Exception(message)
{
    public TftpErrorCode Code => code;

    /// <summary>Gets whether the reason is a fault of this host and not of the client.</summary>
    public bool IsHostFault { get; private init; }

    /// <summary>Creates the exception for a failed operation on a file.</summary>
    public static TftpException For(Errno error)
    {
        if (error.IsAny(Errno.ENOENT, Errno.ENOTDIR, Errno.ENAMETOOLONG))
            return new(TftpErrorCode.FileNotFound, "File not found");
        if (error.IsAny(Errno.EACCES, Errno.EPERM, Errno.EROFS, Errno.EXDEV, Errno.ELOOP, Errno.EISDIR, Errno.ENXIO))
            return new(TftpErrorCode.AccessViolation, "Access violation");
        if (error == Errno.EEXIST)
            return new(TftpErrorCode.FileExists, "File already exists");
        TftpErrorCode code = error.IsAny(Errno.ENOSPC, Errno.EDQUOT, Errno.EFBIG) ? TftpErrorCode.DiskFull : TftpErrorCode.Undefined;
        return new(code, error.Message) { IsHostFault = true };
    }
}
