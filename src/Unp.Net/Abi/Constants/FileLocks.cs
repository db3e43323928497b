namespace Unp.Net;

// What flock does. (flock(2))
public static partial class Libc
{
    /// <summary>A lock that others may have too.</summary>
    public const int LOCK_SH = 1;

    /// <summary>A lock that one alone has.</summary>
    public const int LOCK_EX = 2;

    /// <summary>Ored: fail with EWOULDBLOCK instead of waiting.</summary>
    public const int LOCK_NB = 4;

    /// <summary>Give the lock back.</summary>
    public const int LOCK_UN = 8;
}
