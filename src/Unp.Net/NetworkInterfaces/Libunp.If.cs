using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Returns the index of a network interface (UNP 18.6, <c>if_nametoindex(3)</c>).</summary>
    /// <exception cref="UnpException">ENODEV, ENXIO: no such interface. The message contains the name.</exception>
    /// <exception cref="ArgumentException">The name is empty or contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/if_nametoindex.3.html">if_nametoindex(3)</seealso>
    public static uint If_nametoindex(string ifname)
    {
        ArgumentException.ThrowIfNullOrEmpty(ifname);
        uint index = if_nametoindex(ifname);
        return index != 0 ? index : throw Failed("if_nametoindex", ifname);
    }

    /// <summary>Returns the name of a network interface (UNP 18.6, <c>if_indextoname(3)</c>).</summary>
    /// <exception cref="UnpException">ENXIO: no such interface. The message contains the index.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/if_indextoname.3.html">if_indextoname(3)</seealso>
    public static string If_indextoname(uint ifindex) => if_indextoname(ifindex) ?? throw Failed("if_indextoname", $"index {ifindex}");

    /// <summary>Returns the indexes and names of all network interfaces (UNP 18.6, <c>if_nameindex(3)</c>).</summary>
    /// <exception cref="UnpException">ENOBUFS, EMFILE.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/if_nameindex.3.html">if_nameindex(3)</seealso>
    public static (uint Index, string Name)[] If_nameindex() => if_nameindex() ?? throw Failed("if_nameindex");
}
