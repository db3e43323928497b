using System.Net;
using Unp.Net.Netlink;

namespace Unp.Samples.route;

/// <summary>
/// Shows and changes the routing table, as <c>route(8)</c> of Linux and of the BSDs does (UNP 17.9). C's programs use SIOCADDRT or a
/// routing socket, and this one asks the kernel of Linux by netlink.
/// </summary>
static class route
{
    const string Arguments = """
        [ -n ] [ -A inet | -A inet6 ] [ show ]
               route [ -A inet | -A inet6 ] get <IPaddress>
               route [ -A inet | -A inet6 ] add | del [ -net | -host ] <target> [ <setting> ... ]
          target: default, <IPaddress>, <IPaddress>/<length>
          settings: netmask <mask>, gw <router>, metric <number>, mss <bytes>, window <bytes>, reject, blackhole, [ dev ] <interface>
        """;

    public static void Main(string[] args, ProgramOptions options)
    {
        int family = AF_UNSPEC;
        while (args is [['-', ..], ..])
        {
            (int? named, args) = args switch
            {
                ["-n", ..] => (family, args[1..]), // addresses are always numeric
                ["-4" or "-inet", ..] or ["-A", "inet", ..] => (AF_INET, args[(args[0] == "-A" ? 2 : 1)..]),
                ["-6" or "-inet6", ..] or ["-A", "inet6", ..] => (AF_INET6, args[(args[0] == "-A" ? 2 : 1)..]),
                _ => ((int?)null, args),
            };
            if (named is null)
                options.Usage(Arguments);
            family = named.Value;
        }

        using var routing = new RtnetlinkSocket();
        switch (args)
        {
            case [] or ["show"]:
                RouteTable.Print(routing, family == AF_INET6 ? AF_INET6 : AF_INET);
                break;
            case ["get", var address]:
                Get(routing, RouteArguments.Address(address, family));
                break;
            case ["add", .. var words] when words.Length > 0:
                routing.Add(RouteArguments.Parse(words, family, isAdded: true));
                break;
            case ["del" or "delete", .. var words] when words.Length > 0:
                routing.Delete(RouteArguments.Parse(words, family, isAdded: false));
                break;
            default:
                options.Usage(Arguments);
                break;
        }
    }

    /// <summary>Prints the entry of the table that the kernel chooses for an address, in the lines of the BSDs.</summary>
    static void Get(RtnetlinkSocket routing, IPAddress address)
    {
        Route entry = routing.Lookup(new RouteLookup { Destination = address, ReturnsTableEntry = true });
        Route chosen = routing.Lookup(address); // with one next hop and the source address
        int bits = entry.Destination.BaseAddress.GetAddressBytes().Length * 8, length = entry.Destination.PrefixLength;
        string[] flags =
        [
            "UP",
            .. chosen.Gateway is null ? [] : (string[])["GATEWAY"],
            .. length == bits ? (string[])["HOST"] : [],
            .. entry.Protocol == RTPROT_KERNEL ? [] : (string[])["STATIC"],
        ];
        Console.WriteLine($"   route to: {address}");
        Console.WriteLine($"destination: {(length == 0 ? "default" : entry.Destination.BaseAddress)}");
        if (length < bits)
            Console.WriteLine($"       mask: {(length == 0 ? "default" : PrefixMask.Of(length, bits))}");
        if (chosen.Gateway is { } gateway)
            Console.WriteLine($"    gateway: {gateway}");
        if (chosen.Index is { } index)
            Console.WriteLine($"  interface: {If_indextoname((uint)index)}");
        if (chosen.PreferredSource is { } source)
            Console.WriteLine($" if address: {source}");
        Console.WriteLine($"      flags: <{string.Join(',', flags)}>");
    }
}
