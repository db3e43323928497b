namespace Unp.Net;

// Special IPv4 addresses (host byte order, as in C), text lengths of addresses and interface names, and port limits.
public static partial class Libc
{
    /// <summary>0.0.0.0: all of this host's addresses.</summary>
    public const uint INADDR_ANY = 0x00000000;

    /// <summary>127.0.0.1: this host.</summary>
    public const uint INADDR_LOOPBACK = 0x7F000001;

    /// <summary>255.255.255.255: all hosts on the attached network.</summary>
    public const uint INADDR_BROADCAST = 0xFFFFFFFF;

    /// <summary>The error value of <c>inet_addr</c>: the bits of <see cref="INADDR_BROADCAST"/>.</summary>
    public const uint INADDR_NONE = 0xFFFFFFFF;

    /// <summary>224.0.0.0: the base of the multicast addresses.</summary>
    public const uint INADDR_UNSPEC_GROUP = 0xE0000000;

    /// <summary>224.0.0.1: all multicast hosts on the attached network.</summary>
    public const uint INADDR_ALLHOSTS_GROUP = 0xE0000001;

    /// <summary>224.0.0.2: all multicast routers on the attached network.</summary>
    public const uint INADDR_ALLRTRS_GROUP = 0xE0000002;

    /// <summary>224.0.0.255: the last multicast address that routers don't forward.</summary>
    public const uint INADDR_MAX_LOCAL_GROUP = 0xE00000FF;

    /// <summary>Bytes of the longest IPv4 address as text, including the terminating zero.</summary>
    public const int INET_ADDRSTRLEN = 16;

    /// <summary>Bytes of the longest IPv6 address as text, including the terminating zero.</summary>
    public const int INET6_ADDRSTRLEN = 46;

    /// <summary>Bytes of the longest name of an interface, including the terminating zero.</summary>
    public const int IF_NAMESIZE = 16;

    /// <summary>The older name of <see cref="IF_NAMESIZE"/>.</summary>
    public const int IFNAMSIZ = 16;

    /// <summary>Ports below this are for privileged processes.</summary>
    public const int IPPORT_RESERVED = 1024;

    /// <summary>
    /// Formerly the upper bound of automatically chosen ports; today <c>bind</c> chooses ports above and below it. Not in musl.
    /// </summary>
    public const int IPPORT_USERRESERVED = 5000;
}
