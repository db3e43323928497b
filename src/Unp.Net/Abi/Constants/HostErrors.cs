namespace Unp.Net;

// What gethostbyname and its relatives leave in h_errno. (gethostbyname(3))
public static partial class Libc
{
    /// <summary>The reason is in errno. Not in musl.</summary>
    public const int NETDB_INTERNAL = -1;

    /// <summary>No error. Not in musl.</summary>
    public const int NETDB_SUCCESS = 0;

    /// <summary>No such host.</summary>
    public const int HOST_NOT_FOUND = 1;

    /// <summary>The name server failed for now: try again.</summary>
    public const int TRY_AGAIN = 2;

    /// <summary>The name server failed for good.</summary>
    public const int NO_RECOVERY = 3;

    /// <summary>The name exists but has no address.</summary>
    public const int NO_DATA = 4;

    /// <summary>The same.</summary>
    public const int NO_ADDRESS = 4;
}
