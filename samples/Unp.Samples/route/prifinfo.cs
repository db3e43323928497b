namespace Unp.Samples.route;

/// <summary>Prints the interfaces that are up. Its get_ifi_info is the one of chapter 18 (figure 18.16).</summary>
static class prifinfo
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<inet4|inet6> <doaliases>");
        int family = AF_INET;
        if (args[0] == "inet6")
            family = AF_INET6;
        else if (args[0] != "inet4")
            err_quit("invalid <address-family>");
        bool doaliases = ProgramOptions.Number(args[1]) != 0;

        foreach (var (ifi, address) in get_ifi_info(family, doaliases))
        {
            Console.WriteLine($"{ifi.Name}: <{InterfaceText.Flags(ifi.Flags)}>");
            if (ifi.HardwareAddress is { } hardware)
                Console.WriteLine($"  {InterfaceText.Hardware(hardware)}");

            if (address is null)
                continue;
            Console.WriteLine($"  IP addr: {Sock_ntop(address.Address)}");
            if ((ifi.Flags & IFF_BROADCAST) != 0 && address.BroadcastAddress is { } broadcast)
                Console.WriteLine($"  broadcast addr: {Sock_ntop(broadcast)}");
            if (address.DestinationAddress is { } destination)
                Console.WriteLine($"  destination addr: {Sock_ntop(destination)}");
        }
    }

    /// <summary>Lists each interface with its first address, or with none; and once more with each other address if asked.</summary>
    static IEnumerable<(InterfaceEntry, InterfaceEntryAddress?)> get_ifi_info(int family, bool doaliases)
    {
        foreach (InterfaceEntry ifm in Net_rt_iflist(family))
        {
            if ((ifm.Flags & IFF_UP) == 0)
                continue; // ignore if interface not up
            yield return (ifm, ifm.Addresses.Count > 0 ? ifm.Addresses[0] : null);
            if (!doaliases)
                continue;
            foreach (InterfaceEntryAddress alias in ifm.Addresses.Skip(1))
                yield return (ifm, alias);
        }
    }
}
