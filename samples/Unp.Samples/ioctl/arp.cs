using System.Net.NetworkInformation;
using static Unp.Samples.ioctl.InterfaceArguments;

namespace Unp.Samples.ioctl;

/// <summary>Shows and changes the ARP cache, as <c>arp(8)</c> does (UNP 17.8).</summary>
static class arp
{
    const string Arguments = """
        [ -i <interface> ] [ -a ]
               arp [ -i <interface> ] <IPaddress>
               arp [ -i <interface> ] -s <IPaddress> <hardware-address> [ temp ] [ pub ]
               arp [ -i <interface> ] -d <IPaddress> [ pub ]
        """;

    const string Cache = "/proc/net/arp";

    public static void Main(string[] args, ProgramOptions options)
    {
        string? device = null;
        if (args is ["-i", var name, ..])
            (device, args) = (Interface(name), args[2..]);
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        switch (args)
        {
            case [] or ["-a"]:
                PrintAll(device);
                break;
            case ["-s", var address, var hardware, .. var words] when words.All(word => word is "temp" or "pub"):
                arpreq added = Entry(Inet(address), words, device);
                added.arp_ha = Ethernet(hardware);
                Ioctl(sockfd, SIOCSARP, ref added);
                break;
            case ["-d", var address, .. ([] or ["pub"]) and var words]:
                arpreq entry = Entry(Inet(address), words, device);
                Ioctl(sockfd, SIOCDARP, ref entry);
                break;
            case [var address] when address[0] != '-':
                Look(sockfd, Inet(address), device);
                break;
            default:
                options.Usage(Arguments);
                break;
        }
    }

    /// <summary>Returns a request. A published entry is apart from the others, and may be for a network.</summary>
    static arpreq Entry(SockAddr address, string[] words, string? device)
    {
        bool isPublished = words.Contains("pub");
        return new arpreq
        {
            arp_pa = address,
            arp_flags = ATF_COM | (words.Contains("temp") ? 0 : ATF_PERM) | (isPublished ? ATF_PUBL : 0),
            arp_netmask = isPublished ? SockAddr.Inet("255.255.255.255", 0) : default,
            arp_dev = device ?? "",
        };
    }

    /// <summary>Prints the entry of an address. The request needs an interface, so without one each is tried.</summary>
    static void Look(Fd sockfd, SockAddr address, string? device)
    {
        string[] devices = device is not null ? [device] : [.. If_nameindex().Select(one => one.Name)];
        bool isFound = false;
        foreach (string name in devices)
        {
            var entry = new arpreq { arp_pa = address, arp_dev = name };
            try
            {
                Ioctl(sockfd, SIOCGARP, ref entry);
            }
            catch (UnpException failure) when (failure.Errno == Errno.ENXIO)
            {
                continue;
            }
            Print(entry);
            isFound = true;
        }
        if (!isFound)
            err_quit($"{Sock_ntop_host(address)} -- no entry{(device is null ? "" : $" on {device}")}");
    }

    /// <summary>Prints the whole cache. No ioctl lists it, so Linux has a file and the BSDs have <c>sysctl</c>.</summary>
    static void PrintAll(string? device)
    {
        if (device is not null)
            If_nametoindex(device); // an unknown interface is an error
        if (!File.Exists(Cache))
            err_quit($"this system has no {Cache}; use arp(8)");
        foreach (string line in File.ReadLines(Cache).Skip(1))
        {
            // IP address, HW type, flags, HW address, mask, device
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 6 || (device is not null && fields[5] != device))
                continue;
            var entry = new arpreq
            {
                arp_pa = SockAddr.Inet(fields[0], 0),
                arp_flags = Convert.ToInt32(fields[2], 16),
                arp_dev = fields[5],
            };
            if (PhysicalAddress.TryParse(fields[3], out PhysicalAddress? hardware))
                entry.arp_ha = hardware;
            Print(entry);
        }
    }

    static void Print(arpreq entry)
    {
        bool isComplete = (entry.arp_flags & (ATF_COM | ATF_PUBL)) != 0;
        string hardware = (entry.arp_flags & ATF_PUBL) != 0 ? "*"
            : isComplete ? $"{Text(entry.arp_ha)} [ether]"
            : "<incomplete>";
        string permanent = (entry.arp_flags & ATF_PERM) != 0 ? " PERM" : "";
        string published = (entry.arp_flags & ATF_PUBL) != 0 ? " PUB" : "";
        Console.WriteLine($"? ({Sock_ntop_host(entry.arp_pa)}) at {hardware}{permanent}{published} on {entry.arp_dev}");
    }
}
