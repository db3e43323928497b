namespace Unp.Samples.tftp;

/// <summary>The reason in an ERROR packet (RFC 1350).</summary>
enum TftpErrorCode : ushort
{
    /// <summary>Only the text describes the error.</summary>
    Undefined = 0,
    FileNotFound = 1,
    AccessViolation = 2,
    DiskFull = 3,
    IllegalOperation = 4,

    /// <summary>The packet belongs to no transfer of its sender.</summary>
    UnknownTransfer = 5,
    FileExists = 6,
}
