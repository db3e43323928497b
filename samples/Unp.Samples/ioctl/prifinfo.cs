using System.Globalization;
using System.Net.NetworkInformation;

namespace Unp.Samples.ioctl;

/// <summary>Prints the interfaces that are up and their addresses (figure 17.6).</summary>
static class prifinfo
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<inet4|inet6> <doaliases>");
        int family = args[0] switch
        {
            "inet4" => AF_INET,
            "inet6" => AF_INET6,
            _ => AF_UNSPEC,
        };
        if (family == AF_UNSPEC)
            err_quit("invalid <address-family>");
        bool doaliases = ProgramOptions.Number(args[1]) != 0;

        foreach (IfiInfo ifi in Get_ifi_info(family, doaliases))
        {
            Console.Write($"{ifi.Name}: ({ifi.Index}) <");
            if ((ifi.Flags & IFF_UP) != 0)
                Console.Write("UP ");
            if ((ifi.Flags & IFF_BROADCAST) != 0)
                Console.Write("BCAST ");
            if ((ifi.Flags & IFF_MULTICAST) != 0)
                Console.Write("MCAST ");
            if ((ifi.Flags & IFF_LOOPBACK) != 0)
                Console.Write("LOOP ");
            if ((ifi.Flags & IFF_POINTOPOINT) != 0)
                Console.Write("P2P ");
            Console.WriteLine(">");

            if (ifi.HardwareAddress is { } haddr)
                Console.WriteLine($"  {Ether_ntoa(haddr)}");
            if (ifi.Mtu != 0)
                Console.WriteLine($"  MTU: {ifi.Mtu}");

            Console.WriteLine($"  IP addr: {Sock_ntop_host(ifi.Address)}");
            if (ifi.BroadcastAddress is { } brdaddr)
                Console.WriteLine($"  broadcast addr: {Sock_ntop_host(brdaddr)}");
            if (ifi.DestinationAddress is { } dstaddr)
                Console.WriteLine($"  destination addr: {Sock_ntop_host(dstaddr)}");
        }
    }

    /// <summary>Returns a hardware address as the book prints it, without leading zeros: <c>0:a0:24:9c:43:34</c>.</summary>
    public static string Ether_ntoa(PhysicalAddress haddr) =>
        string.Join(':', haddr.GetAddressBytes().Select(part => part.ToString("x", CultureInfo.InvariantCulture)));
}
