namespace Unp.Net;

// Values of h_errno after gethostbyname and similar functions. (gethostbyname(3))
public static partial class Libc
{
    /// <summary>The reason is in errno. Not in musl.</summary>
    public const int NETDB_INTERNAL = -1;

    /// <summary>No error. Not in musl.</summary>
    public const int NETDB_SUCCESS = 0;

    /// <summary>No such host.</summary>
    public const int HOST_NOT_FOUND = 1;

    /// <summary>The name server failed temporarily: try again.</summary>
    public const int TRY_AGAIN = 2;

    /// <summary>The name server failed permanently.</summary>
    public const int NO_RECOVERY = 3;

    /// <summary>The name exists but has no address.</summary>
    public const int NO_DATA = 4;

    /// <summary>The older name of <see cref="NO_DATA"/>.</summary>
    public const int NO_ADDRESS = 4;
}
