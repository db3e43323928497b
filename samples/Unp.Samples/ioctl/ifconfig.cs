using System.Net;
using Unp.Net.Netlink;
using static Unp.Samples.ioctl.InterfaceArguments;

namespace Unp.Samples.ioctl;

/// <summary>Shows and configures interfaces, as <c>ifconfig(8)</c> does (UNP 17.7).</summary>
static class ifconfig
{
    const string Arguments = """
        [ -a ]
               ifconfig <interface>
               ifconfig <interface> <setting> ...
          settings: <IPaddress>[/<length>], netmask, broadcast, dstaddr <IPaddress>, mtu, metric, txqueuelen <number>,
                    [inet6] add | del <IPv6address>[/<length>],
                    hw <hardware-address>, name <name>, up, down, [-]arp, [-]promisc, [-]allmulti, [-]multicast
        """;

    public static void Main(string[] args, ProgramOptions options)
    {
        bool isList = args is [] or ["-a"];
        if (!isList && args[0].StartsWith('-'))
            options.Usage(Arguments);
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        if (args.Length > 1)
        {
            if (!InterfaceSettings.TryParse(args[1..], out List<InterfaceSetting> settings))
                options.Usage(Arguments);
            foreach (InterfaceSetting setting in settings)
                setting.Apply(sockfd, Interface(args[0]));
            return;
        }

        InterfaceAddress[] addresses = Getifaddrs();
        foreach (string name in isList ? If_nameindex().Select(one => one.Name) : [Interface(args[0])])
        {
            var ifr = new ifreq { ifr_name = name };
            Ioctl(sockfd, SIOCGIFFLAGS, ref ifr);
            int flags = ifr.ifr_flags;
            if (args is [] && (flags & IFF_UP) == 0)
                continue;
            Ioctl(sockfd, SIOCGIFMTU, ref ifr);
            Console.WriteLine($"{name}: flags={flags}<{Names(flags)}>  mtu {ifr.ifr_mtu}");
            foreach (InterfaceAddress one in addresses)
            {
                if (one.Name == name || one.Name.StartsWith($"{name}:", StringComparison.Ordinal)) // the label of an alias
                    Print(sockfd, one, flags);
            }
            if (OperatingSystem.IsLinux())
            {
                PrintLink(sockfd, ifr);
                PrintCounters(name);
            }
            Console.WriteLine();
        }
    }

    static void Print(Fd sockfd, InterfaceAddress one, int flags)
    {
        if (one is not { Address: { } address, Netmask: { } netmask })
            return;
        if (address.Family == AF_INET6)
        {
            string scope = OperatingSystem.IsLinux() ? $"  scopeid {Scope(address.Address)}"
                : address.ScopeId != 0 ? $"  scopeid 0x{address.ScopeId:x}" : "";
            string peer = one.Destination is { } other && other != address ? $"  destination {other.Address}" : "";
            address.ScopeId = 0;
            int length = netmask.Address.GetAddressBytes().Sum(part => int.PopCount(part));
            Console.WriteLine($"        inet6 {address.Address}  prefixlen {length}{scope}{peer}");
            return;
        }

        // The kernel answers for the alias whose address is given.
        bool isPeer = (flags & IFF_POINTOPOINT) != 0;
        var ifr = new ifreq { ifr_name = one.Name, ifr_addr = address };
        string last = "";
        if ((flags & (IFF_POINTOPOINT | IFF_BROADCAST)) != 0)
        {
            Ioctl(sockfd, isPeer ? SIOCGIFDSTADDR : SIOCGIFBRDADDR, ref ifr);
            last = $"  {(isPeer ? "destination" : "broadcast")} {ifr.ifr_addr.Address}";
        }
        Console.WriteLine($"        inet {address.Address}  netmask {netmask.Address}{last}");
    }

    /// <summary>Returns the number and the name that Linux and net-tools give to the scope of an address.</summary>
    static string Scope(IPAddress address) =>
        address.IsIPv6LinkLocal ? "0x20<link>"
        : IPAddress.IsLoopback(address) ? "0x10<host>"
        : address.IsIPv6SiteLocal ? "0x40<site>"
        : address.GetAddressBytes().AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 ? "0x80<compat>"
        : "0x0<global>";

    /// <summary>Prints the counters of a link. The label of an alias has none, and no request of ioctl returns them.</summary>
    static void PrintCounters(string name)
    {
        using var routing = new RtnetlinkSocket();
        if (!name.Contains(':') && routing.FindLink(name) is { } link)
            InterfaceCounters.Print(link.Statistics);
    }

    static void PrintLink(Fd sockfd, ifreq ifr)
    {
        Ioctl(sockfd, SIOCGIFTXQLEN, ref ifr);
        string queue = $"txqueuelen {ifr.ifr_qlen}";
        Ioctl(sockfd, SIOCGIFHWADDR, ref ifr);
        string link = ifr.HardwareType == ARPHRD_ETHER
            ? $"ether {Text(ifr.ifr_hwaddr)}  {queue}  (Ethernet)"
            : ifr.HardwareType == ARPHRD_LOOPBACK ? $"loop  {queue}  (Local Loopback)"
            : $"unspec  {queue}  (hardware type {ifr.HardwareType})";
        Console.WriteLine($"        {link}");
    }

    static string Names(int flags)
    {
        (int Flag, string Name)[] names =
        [
            (IFF_UP, "UP"), (IFF_BROADCAST, "BROADCAST"), (IFF_DEBUG, "DEBUG"), (IFF_LOOPBACK, "LOOPBACK"),
            (IFF_POINTOPOINT, "POINTOPOINT"), (IFF_RUNNING, "RUNNING"), (IFF_NOARP, "NOARP"), (IFF_PROMISC, "PROMISC"),
            (IFF_ALLMULTI, "ALLMULTI"), (IFF_MULTICAST, "MULTICAST"),
        ];
        return string.Join(',', names.Where(one => (flags & one.Flag) != 0).Select(one => one.Name));
    }
}
