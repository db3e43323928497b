namespace Unp.Net;

// IPv4 addresses with a meaning (host byte order, as in C), the lengths of addresses and interfaces as text, and the bounds of ports.
public static partial class Libc
{
    /// <summary>0.0.0.0: all of this host's addresses.</summary>
    public const uint INADDR_ANY = 0x00000000;

    /// <summary>127.0.0.1.</summary>
    public const uint INADDR_LOOPBACK = 0x7F000001;

    /// <summary>255.255.255.255: all hosts on the attached network.</summary>
    public const uint INADDR_BROADCAST = 0xFFFFFFFF;

    /// <summary>What <c>inet_addr</c> returns for an error: the bits of <see cref="INADDR_BROADCAST"/>.</summary>
    public const uint INADDR_NONE = 0xFFFFFFFF;

    /// <summary>224.0.0.0: the base of the multicast addresses.</summary>
    public const uint INADDR_UNSPEC_GROUP = 0xE0000000;

    /// <summary>224.0.0.1: all hosts on the attached network that do multicast.</summary>
    public const uint INADDR_ALLHOSTS_GROUP = 0xE0000001;

    /// <summary>224.0.0.2: all routers on the attached network that do multicast.</summary>
    public const uint INADDR_ALLRTRS_GROUP = 0xE0000002;

    /// <summary>224.0.0.255: the last multicast address that routers don't forward.</summary>
    public const uint INADDR_MAX_LOCAL_GROUP = 0xE00000FF;

    /// <summary>Bytes of the longest IPv4 address as text, a terminating zero included.</summary>
    public const int INET_ADDRSTRLEN = 16;

    /// <summary>Bytes of the longest IPv6 address as text, a terminating zero included.</summary>
    public const int INET6_ADDRSTRLEN = 46;

    /// <summary>Bytes of the longest name of an interface, a terminating zero included.</summary>
    public const int IF_NAMESIZE = 16;

    /// <summary>The older name of <see cref="IF_NAMESIZE"/>.</summary>
    public const int IFNAMSIZ = 16;

    /// <summary>Ports below this are for privileged processes.</summary>
    public const int IPPORT_RESERVED = 1024;

    /// <summary>Once the first port that the system chose for no one; now <c>bind</c> chooses above and below it. Not in musl.</summary>
    public const int IPPORT_USERRESERVED = 5000;
}
