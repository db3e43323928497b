namespace Unp.Samples.ioctl;

/// <summary>Lists the interfaces and their IPv4 addresses from SIOCGIFCONF (UNP 17.5).</summary>
static class lsif01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        ReadOnlySpan<byte> ptr = Ifconf.Read(sockfd);
        while (ifreq.TryReadNext(ref ptr, out ifreq ifr, out SockAddr address))
        {
            if (address.Family == AF_INET)
                Console.WriteLine($"{ifr.ifr_name}\t{Sock_ntop_host(address)}");
            else
                Console.WriteLine(ifr.ifr_name);
        }
    }
}
