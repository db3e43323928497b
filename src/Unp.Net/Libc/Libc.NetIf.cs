using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <net/if.h> and <ifaddrs.h>
public static unsafe partial class Libc
{
    /// <summary><c>if_nametoindex(3)</c>: returns the index of the network interface <paramref name="ifname"/> (UNP 18.6).</summary>
    /// <returns>The index, at least 1; or 0 if there is no such interface: ENODEV (Linux), ENXIO (the BSDs).</returns>
    /// <exception cref="ArgumentException">The name contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/if_nametoindex.3.html">if_nametoindex(3)</seealso>
    public static uint if_nametoindex(string ifname)
    {
        ArgumentNullException.ThrowIfNull(ifname);
        fixed (byte* name = CString(ifname))
            return if_nametoindex(name);
    }

    /// <summary><c>if_indextoname(3)</c>: returns the name of the network interface with an index (UNP 18.6).</summary>
    /// <returns>The name, or null if there is no such interface: ENXIO.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/if_indextoname.3.html">if_indextoname(3)</seealso>
    public static string? if_indextoname(uint ifindex)
    {
        byte* name = stackalloc byte[IF_NAMESIZE];
        return Marshal.PtrToStringUTF8((nint)if_indextoname(ifindex, name));
    }

    /// <summary><c>if_nameindex(3)</c>: returns all network interfaces (UNP 18.6).</summary>
    /// <returns>Index and name of each, or null: ENOBUFS, EMFILE.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/if_nameindex.3.html">if_nameindex(3)</seealso>
    public static (uint Index, string Name)[]? if_nameindex()
    {
        if_nameindex* all = if_nameindex_list();
        if (all == null)
            return null;
        var interfaces = new List<(uint, string)>();
        for (if_nameindex* one = all; one->if_index != 0; one++)
            interfaces.Add((one->if_index, Text(one->if_name)));
        if_freenameindex(all);
        return [.. interfaces];
    }

    /// <summary>
    /// <c>getifaddrs(3)</c>: returns the addresses of all network interfaces, also of those that are down. An interface has several
    /// entries, one of them usually with its link-layer address.
    /// </summary>
    /// <returns>The addresses, or null: EMFILE, ENOBUFS, ENOMEM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getifaddrs.3.html">getifaddrs(3)</seealso>
    public static InterfaceAddress[]? getifaddrs()
    {
        ifaddrs* all;
        if (getifaddrs(&all) < 0)
            return null;
        var addresses = new List<InterfaceAddress>();
        for (ifaddrs* one = all; one != null; one = one->ifa_next)
        {
            SockAddr? address = Address(one->ifa_addr);
            SockAddr? netmask = null;
            if (one->ifa_netmask != null && address is { HasPort: true } inet)
                netmask = Mask(one->ifa_netmask, inet.Family);
            addresses.Add(new(Text(one->ifa_name), (int)one->ifa_flags, address, netmask, Address(one->ifa_dstaddr)));
        }
        freeifaddrs(all);
        return [.. addresses];
    }

    static SockAddr? Address(byte* address)
    {
        ReadOnlySpan<byte> bytes = ifaddrs.AddressAt(address);
        if (bytes.Length < sizeof(sa_head))
            return null;
        var value = new SockAddr(bytes[..Math.Min(bytes.Length, SockAddr.Capacity)]);
        value.RecoverScope();
        return value;
    }

    static SockAddr Mask(byte* netmask, int family)
    {
        var value = new SockAddr(family);
        ifaddrs.ReadMask(ifaddrs.AddressAt(netmask), family, value.AddressBytes);
        return value;
    }

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial int getifaddrs(ifaddrs** ifap);

    [LibraryImport(LibraryName)]
    private static partial void freeifaddrs(ifaddrs* ifa);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial uint if_nametoindex(byte* ifname);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial byte* if_indextoname(uint ifindex, byte* ifname);

    [LibraryImport(LibraryName, EntryPoint = "if_nameindex", SetLastError = true)]
    private static partial if_nameindex* if_nameindex_list();

    [LibraryImport(LibraryName)]
    private static partial void if_freenameindex(if_nameindex* ptr);
}
