using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary><c>if_nametoindex(3)</c>: the index of a network interface (section 18.6).</summary>
    /// <exception cref="UnpException">ENODEV, ENXIO: there is no such interface; the message has the name.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a NUL in it.</exception>
    public static uint If_nametoindex(string ifname)
    {
        ArgumentException.ThrowIfNullOrEmpty(ifname);
        uint index = if_nametoindex(ifname);
        return index != 0 ? index : throw Failed("if_nametoindex", ifname);
    }

    /// <summary><c>if_indextoname(3)</c>: the name of a network interface (section 18.6).</summary>
    /// <exception cref="UnpException">ENXIO: there is no such interface; the message has the index.</exception>
    public static string If_indextoname(uint ifindex) => if_indextoname(ifindex) ?? throw Failed("if_indextoname", $"index {ifindex}");

    /// <summary><c>if_nameindex(3)</c>: index and name of all network interfaces (section 18.6).</summary>
    /// <exception cref="UnpException">ENOBUFS, EMFILE.</exception>
    public static (uint Index, string Name)[] If_nameindex() => if_nameindex() ?? throw Failed("if_nameindex");
}
