namespace Unp.Samples.ioctl;

/// <summary>Prints the hardware address of each interface, which it looks up in the ARP cache (UNP 17.8).</summary>
static class prmac
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        foreach (IfiInfo ifi in Get_ifi_info(AF_INET))
        {
            Console.Write($"{Sock_ntop(ifi.Address)}: ");

            var arpreq = new arpreq { arp_pa = ifi.Address, arp_dev = ifi.Name };
            try
            {
                Ioctl(sockfd, SIOCGARP, ref arpreq);
            }
            catch (UnpException failure) when (failure.Errno == Errno.ENXIO && ifi.HardwareAddress is { } own)
            {
                arpreq.arp_ha = own; // the cache of Linux has no entries for its own addresses
            }
            catch (UnpException failure)
            {
                err_msg($"ioctl SIOCGARP: {failure.Errno.Message}");
                continue;
            }
            Console.WriteLine(prifinfo.Ether_ntoa(arpreq.arp_ha));
        }
    }
}
