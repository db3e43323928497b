namespace Unp.Samples.route;

/// <summary>Prints the entry of the routing table for an address (figure 18.6).</summary>
static class getrt
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        // RTM_GET on a routing socket, and RTM_GETROUTE on a netlink socket of Linux.
        RouteEntry route = GetRoute(SockAddr.Inet(args[0], 0));

        Console.WriteLine($"dest: {Sock_ntop_host(route.Destination)}");
        if (route.Gateway is { } gateway)
            Console.WriteLine($"gateway: {Sock_ntop_host(gateway)}");
        if ((route.Flags & RTF_HOST) == 0)
            Console.WriteLine($"netmask: {Sock_masktop(route.Netmask)}");
        if (route.Genmask is { } genmask)
            Console.WriteLine($"genmask: {Sock_masktop(genmask)}");
    }
}
