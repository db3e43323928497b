using System.Net.NetworkInformation;
using System.Text;

namespace Unp.Samples.ioctl;

/// <summary>The arguments of <see cref="arp"/> and <see cref="ifconfig"/>. A wrong one ends the program.</summary>
static class InterfaceArguments
{
    public static SockAddr Inet(string text)
    {
        SockAddr address = SockAddr.Inet(text, 0);
        if (address.Family != AF_INET)
            err_quit($"{text} is not an IPv4 address");
        return address;
    }

    /// <summary>Returns a name that fits into a request. The kernel reports whether there is such an interface.</summary>
    public static string Interface(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) >= IFNAMSIZ)
            err_quit($"{name}: the name of an interface must have at most {IFNAMSIZ - 1} bytes");
        return name;
    }

    public static PhysicalAddress Ethernet(string text)
    {
        if (!PhysicalAddress.TryParse(text, out PhysicalAddress? address) || address.GetAddressBytes().Length != 6)
            err_quit($"{text} is not an Ethernet address");
        return address!;
    }

    /// <summary>Returns a hardware address with two digits per byte: <c>02:00:00:00:00:01</c>.</summary>
    public static string Text(PhysicalAddress address) => string.Join(':', address.GetAddressBytes().Select(part => $"{part:x2}"));
}
