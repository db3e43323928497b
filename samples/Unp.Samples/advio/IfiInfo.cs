using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Unp.Samples.advio;

/// <summary>An address of an interface: the part of the book's <c>struct ifi_info</c> that <see cref="udpserv03"/> uses.</summary>
/// <param name="ifi_addr">The unicast address, with port 0.</param>
/// <param name="ifi_brdaddr">The broadcast address, with port 0, or null if the interface has no IFF_BROADCAST.</param>
sealed record IfiInfo(SockAddr ifi_addr, SockAddr? ifi_brdaddr)
{
    /// <summary>Returns the addresses of one family of all interfaces.</summary>
    public static IEnumerable<IfiInfo> Get_ifi_info(int family) =>
        from one in NetworkInterface.GetAllNetworkInterfaces()
        from address in one.GetIPProperties().UnicastAddresses
        where address.Address.AddressFamily == (family == AF_INET ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6)
        select new IfiInfo(new SockAddr(address.Address, 0), family == AF_INET && IsBroadcast(one) ? Broadcast(address) : null);

    /// <summary>Replaces the flag IFF_BROADCAST, which .NET does not expose.</summary>
    static bool IsBroadcast(NetworkInterface one) =>
        one.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Ppp or NetworkInterfaceType.Tunnel);

    /// <summary>Sets all bits after the prefix (UNP 20.2). A prefix of 31 or 32 bits leaves no broadcast address.</summary>
    static SockAddr? Broadcast(UnicastIPAddressInformation address)
    {
        if (address.PrefixLength > 30)
            return null;
        byte[] bytes = address.Address.GetAddressBytes();
        for (int bit = address.PrefixLength; bit < 32; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new SockAddr(new IPAddress(bytes), 0);
    }
}
