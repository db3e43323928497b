namespace Unp.Samples.route;

/// <summary>Prints the routing table and the interfaces, a little like netstat (UNP 18.5).</summary>
static class mynetstat
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<inet4|inet6|all>");
        int family = 0;
        if (args[0] == "inet4")
            family = AF_INET;
        else if (args[0] == "inet6")
            family = AF_INET6;
        else if (args[0] != "all")
            err_quit("invalid <address-family>");

        pr_rtable(family);

        pr_iflist(family);
    }

    static void pr_rtable(int family)
    {
        foreach (RouteEntry route in Net_rt_dump(family))
        {
            Console.Write($"dest: {Sock_ntop(route.Destination)}");
            if (route.Gateway is { } gateway)
                Console.Write($", gateway: {Sock_ntop(gateway)}");
            Console.WriteLine();
        }
    }

    static void pr_iflist(int family)
    {
        foreach (InterfaceEntry ifm in Net_rt_iflist(family))
        {
            if ((ifm.Flags & IFF_UP) == 0)
                continue;
            Console.WriteLine($"interface: {ifm.Name}: <{InterfaceText.Flags(ifm.Flags)}>");
            if (ifm.HardwareAddress is { } address)
                Console.WriteLine($"  {InterfaceText.Hardware(address)}");

            foreach (InterfaceEntryAddress ifam in ifm.Addresses)
            {
                Console.WriteLine($"  IP addr: {Sock_ntop(ifam.Address)}");
                if ((ifm.Flags & IFF_BROADCAST) != 0 && ifam.BroadcastAddress is { } broadcast)
                    Console.WriteLine($"  bcast addr: {Sock_ntop(broadcast)}");
            }
        }
    }
}
