using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>gethostname(3)</c>: this host's name.</summary>
    /// <exception cref="UnpException">ENAMETOOLONG.</exception>
    public static string Gethostname()
    {
        // POSIX allows 255 bytes; one more stays 0 for a name that has no NUL.
        byte* name = stackalloc byte[257];
        return gethostname(name, 256) == 0 ? Text(name) : throw Failed("gethostname");
    }

    /// <summary>The addresses that the name service has for this host's name (the library's <c>my_addrs</c>).</summary>
    /// <param name="addressFamily">The family of all the addresses.</param>
    /// <exception cref="HostException">The name service does not know this host's own name.</exception>
    public static IPAddress[] My_addrs(out int addressFamily) =>
        my_addrs(out addressFamily, out int h_errno) ?? throw new HostException(h_errno, "my_addrs", Gethostname());

    /// <summary>As <see cref="My_addrs"/>, but returns null and tells <paramref name="h_errno"/> where that throws.</summary>
    /// <param name="addressFamily">The family of all the addresses; 0 when there are none.</param>
    /// <param name="h_errno">0, or HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA.</param>
    public static IPAddress[]? my_addrs(out int addressFamily, out int h_errno)
    {
        HostEnt? host = gethostbyname(Gethostname(), out h_errno);
        addressFamily = host?.AddressFamily ?? AF_UNSPEC;
        return host?.Addresses;
    }
}
