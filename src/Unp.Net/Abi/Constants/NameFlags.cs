using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of getaddrinfo (AI_*) and getnameinfo (NI_*), and the errors of both (EAI_*).
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>For <c>bind</c>: without a node, return the wildcard address instead of loopback.</summary>
    public const int AI_PASSIVE = 0x1;

    /// <summary>The first result contains the canonical name.</summary>
    public const int AI_CANONNAME = 0x2;

    /// <summary>The node is a numeric address; do not call a resolver.</summary>
    public const int AI_NUMERICHOST = 0x4;

    /// <summary>The service is a port number; do not search the services database.</summary>
    public static int AI_NUMERICSERV => Of(0x400, 0x1000, 0x8);

    /// <summary>With <see cref="AF_INET6"/>: return IPv4-mapped addresses if there are no IPv6 addresses.</summary>
    public static int AI_V4MAPPED => Of(0x8, 0x800, 0x800);

    /// <summary>With <see cref="AI_V4MAPPED"/>: return both IPv6 and IPv4-mapped addresses.</summary>
    public static int AI_ALL => Of(0x10, 0x100, 0x100);

    /// <summary>Return only families for which this host has an address other than loopback.</summary>
    public static int AI_ADDRCONFIG => Of(0x20, 0x400, 0x400);

    /// <summary>Encode an international name in the locale's characters. Not in musl. Linux only.</summary>
    public static int AI_IDN => Of(0x40, Absent, Absent);

    /// <summary>Decode the canonical name. Not in musl. Linux only.</summary>
    public static int AI_CANONIDN => Of(0x80, Absent, Absent);

    /// <summary>Return addresses that this host cannot reach too. macOS only.</summary>
    public static int AI_UNUSABLE => Of(Absent, 0x10000000, Absent);

    /// <summary>Return the numeric address; do not call a resolver.</summary>
    public static int NI_NUMERICHOST => Of(0x1, 0x2, 0x2);

    /// <summary>Return the port number; do not search the services database.</summary>
    public static int NI_NUMERICSERV => Of(0x2, 0x8, 0x8);

    /// <summary>Return the names of local hosts without their domain.</summary>
    public static int NI_NOFQDN => Of(0x4, 0x1, 0x1);

    /// <summary>Fail if there is no name, instead of returning the numeric address.</summary>
    public static int NI_NAMEREQD => Of(0x8, 0x4, 0x4);

    /// <summary>The service is one of UDP, not of TCP.</summary>
    public const int NI_DGRAM = 0x10;

    /// <summary>Return the scope of an IPv6 address as a number instead of the interface name. glibc lacks it. Not on Linux.</summary>
    public static int NI_NUMERICSCOPE => Of(Absent, 0x100, 0x20);

    /// <summary>Decode an international name into the locale's characters. Not in musl. Linux only.</summary>
    public static int NI_IDN => Of(0x20, Absent, Absent);

    /// <summary>Size of a buffer for any host name, including the terminating zero. 255 in musl.</summary>
    public const int NI_MAXHOST = 1025;

    /// <summary>Size of a buffer for any service name, including the terminating zero.</summary>
    public const int NI_MAXSERV = 32;

    /// <summary>The name server failed temporarily: try again.</summary>
    public static int EAI_AGAIN => Of(-3, 2, 2);

    /// <summary>Invalid flags.</summary>
    public static int EAI_BADFLAGS => Of(-1, 3, 3);

    /// <summary>The name server failed permanently.</summary>
    public static int EAI_FAIL => Of(-4, 4, 4);

    /// <summary>Family not supported.</summary>
    public static int EAI_FAMILY => Of(-6, 5, 5);

    /// <summary>Out of memory.</summary>
    public static int EAI_MEMORY => Of(-10, 6, 6);

    /// <summary>No such name or service.</summary>
    public static int EAI_NONAME => Of(-2, 8, 8);

    /// <summary>The buffer is too small for the result.</summary>
    public static int EAI_OVERFLOW => Of(-12, 14, 14);

    /// <summary>Service not known for the socket type.</summary>
    public static int EAI_SERVICE => Of(-8, 9, 9);

    /// <summary>Socket type not supported.</summary>
    public static int EAI_SOCKTYPE => Of(-7, 10, 10);

    /// <summary>The reason is in errno.</summary>
    public static int EAI_SYSTEM => Of(-11, 11, 11);

    /// <summary>The name has no address of this family.</summary>
    public static int EAI_ADDRFAMILY => Of(-9, 1, 1);

    /// <summary>The name exists but has no address.</summary>
    public static int EAI_NODATA => Of(-5, 7, 7);

    /// <summary>Invalid hints. Not on Linux.</summary>
    public static int EAI_BADHINTS => Of(Absent, 12, 12);

    /// <summary>The resolved protocol is unknown. Not on Linux.</summary>
    public static int EAI_PROTOCOL => Of(Absent, 13, 13);

    /// <summary><c>getaddrinfo_a</c>: not done yet. Linux only.</summary>
    public static int EAI_INPROGRESS => Of(-100, Absent, Absent);

    /// <summary><c>getaddrinfo_a</c>: was cancelled. Linux only.</summary>
    public static int EAI_CANCELED => Of(-101, Absent, Absent);

    /// <summary><c>getaddrinfo_a</c>: it was too late to cancel the request. Linux only.</summary>
    public static int EAI_NOTCANCELED => Of(-102, Absent, Absent);

    /// <summary><c>getaddrinfo_a</c>: all are done. Linux only.</summary>
    public static int EAI_ALLDONE => Of(-103, Absent, Absent);

    /// <summary><c>getaddrinfo_a</c>: a signal interrupted the wait. Linux only.</summary>
    public static int EAI_INTR => Of(-104, Absent, Absent);

    /// <summary>An international name could not be encoded. Linux only.</summary>
    public static int EAI_IDN_ENCODE => Of(-105, Absent, Absent);
}
