using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Returns the name of this host (<c>gethostname(2)</c>).</summary>
    /// <exception cref="UnpException">ENAMETOOLONG.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/gethostname.2.html">gethostname(2)</seealso>
    public static string Gethostname()
    {
        // POSIX allows 255 bytes. The last byte of the buffer stays 0, because a truncated name may have no NUL.
        byte* name = stackalloc byte[257];
        return gethostname(name, 256) == 0 ? Text(name) : throw Failed("gethostname");
    }

    /// <summary>
    /// Returns the addresses of this host's name, as the name service reports them (<c>my_addrs</c> of the book's library).
    /// </summary>
    /// <param name="addressFamily">The family of all addresses.</param>
    /// <exception cref="HostException">The name service does not know this host's own name.</exception>
    public static IPAddress[] My_addrs(out int addressFamily) =>
        my_addrs(out addressFamily, out int h_errno) ?? throw new HostException(h_errno, "my_addrs", Gethostname());

    /// <summary>Works like <see cref="My_addrs"/>, but returns null and sets <paramref name="h_errno"/> instead of throwing.</summary>
    /// <param name="addressFamily">The family of all addresses; 0 if there are none.</param>
    /// <param name="h_errno">0, or HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA.</param>
    public static IPAddress[]? my_addrs(out int addressFamily, out int h_errno)
    {
        HostEnt? host = gethostbyname(Gethostname(), out h_errno);
        addressFamily = host?.AddressFamily ?? AF_UNSPEC;
        return host?.Addresses;
    }
}
