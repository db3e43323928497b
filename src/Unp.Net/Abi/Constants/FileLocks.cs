namespace Unp.Net;

// Operations of flock. (flock(2))
public static partial class Libc
{
    /// <summary>A shared lock.</summary>
    public const int LOCK_SH = 1;

    /// <summary>An exclusive lock.</summary>
    public const int LOCK_EX = 2;

    /// <summary>A flag: fail with EWOULDBLOCK instead of waiting.</summary>
    public const int LOCK_NB = 4;

    /// <summary>Release the lock.</summary>
    public const int LOCK_UN = 8;
}
