using System.Net.NetworkInformation;

namespace Unp.Samples.route;

/// <summary>The texts of an interface that the programs of this chapter share.</summary>
static class InterfaceText
{
    /// <summary>Returns the flags as the book's programs print them, each followed by a space.</summary>
    public static string Flags(int flags)
    {
        string text = "";
        if ((flags & IFF_UP) != 0)
            text += "UP ";
        if ((flags & IFF_BROADCAST) != 0)
            text += "BCAST ";
        if ((flags & IFF_MULTICAST) != 0)
            text += "MCAST ";
        if ((flags & IFF_LOOPBACK) != 0)
            text += "LOOP ";
        if ((flags & IFF_POINTOPOINT) != 0)
            text += "P2P ";
        return text;
    }

    /// <summary>Returns the bytes in hexadecimal without leading zeros, as C's <c>%x</c> prints them.</summary>
    public static string Hardware(PhysicalAddress address) => string.Join(':', address.GetAddressBytes().Select(b => $"{b:x}"));
}
