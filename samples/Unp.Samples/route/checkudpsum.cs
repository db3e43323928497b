using System.Runtime.InteropServices;

namespace Unp.Samples.route;

/// <summary>Prints whether UDP sends checksums (UNP 18.4).</summary>
static class checkudpsum
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 0)
            options.Usage();

        int val;
        if (OperatingSystem.IsLinux())
        {
            using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
            val = Getsockopt(sockfd, SocketOptions.NoCheck) ? 0 : 1;
            err_msg("Linux has no flag for all sockets: this is the default of a socket, which SO_NO_CHECK changes");
        }
        else
        {
            val = MemoryMarshal.Read<int>(Sysctl([CTL_NET, AF_INET, IPPROTO_UDP, UDPCTL_CHECKSUM]));
        }
        Console.WriteLine($"udp checksum flag: {val}");
    }
}
