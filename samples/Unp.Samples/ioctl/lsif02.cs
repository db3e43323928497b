namespace Unp.Samples.ioctl;

/// <summary>Lists the interfaces and their IPv4, IPv6 and link-layer addresses from SIOCGIFCONF (UNP 17.5).</summary>
static class lsif02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        ReadOnlySpan<byte> ptr = Ifconf.Read(sockfd);
        while (ifreq.TryReadNext(ref ptr, out ifreq ifr, out SockAddr address))
        {
            if (address.Family == AF_INET || address.Family == AF_INET6)
                Console.WriteLine($"{ifr.ifr_name}\t{Sock_ntop_host(address)}");
            else if (!OperatingSystem.IsLinux() && address.Family == AF_LINK)
                Console.WriteLine($"{ifr.ifr_name}{Link(address.Bytes)}");
            else
                Console.WriteLine(ifr.ifr_name);
        }
    }

    /// <summary>Returns the index and the Ethernet address of a <c>struct sockaddr_dl</c>.</summary>
    static string Link(ReadOnlySpan<byte> sdl)
    {
        const int IFT_ETHER = 6;
        int index = BitConverter.ToUInt16(sdl[2..]);
        (int type, int nameLength, int addressLength) = (sdl[4], sdl[5], sdl[6]);
        string text = index == 0 ? "" : $"\t<link {index}>";
        int start = 8 + nameLength;
        if (type != IFT_ETHER || addressLength == 0 || start + addressLength > sdl.Length)
            return text;
        return $"{text}\t{InterfaceArguments.Text(new(sdl.Slice(start, addressLength).ToArray()))}";
    }
}
