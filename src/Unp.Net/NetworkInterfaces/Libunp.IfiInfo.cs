using System.Buffers.Binary;
using System.Net.NetworkInformation;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Returns the addresses of one family of all network interfaces that are up (UNP 17.6).</summary>
    /// <remarks>
    /// The interfaces come in the kernel's order. An interface that vanishes during the call is left out. The C original reads SIOCGIFCONF,
    /// which on Linux has no IPv6 addresses; this function reads <c>getifaddrs(3)</c> and the requests for single values.
    /// </remarks>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <param name="doaliases">Whether all addresses of an interface are returned, instead of its first one.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT: another family, or one that the kernel lacks; EMFILE, ENOBUFS.</exception>
    /// <example>
    /// <code>
    /// foreach (IfiInfo ifi in Get_ifi_info(AF_INET, doaliases: true))
    ///     Console.WriteLine($"{ifi.Name} {ifi.Address.Address} {ifi.BroadcastAddress?.Address}");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getifaddrs.3.html">getifaddrs(3)</seealso>
    public static IfiInfo[] Get_ifi_info(int family, bool doaliases = false)
    {
        if (family != AF_INET && family != AF_INET6)
            throw new UnpException(Errno.EAFNOSUPPORT, "get_ifi_info", ConstantNames.Family(family));
        using Fd sockfd = Socket(family, SOCK_DGRAM);
        InterfaceAddress[] all = Getifaddrs();
        var links = new Dictionary<string, (int Index, PhysicalAddress? HardwareAddress)>();
        foreach (InterfaceAddress link in all)
        {
            if (link.Address is { } address && address.Family == ifaddrs.LinkLayerFamily)
                links.TryAdd(link.Name, (ifaddrs.InterfaceIndex(address.Bytes), HardwareAddressOf(link)));
        }

        var found = new List<IfiInfo>();
        var seen = new HashSet<string>();
        foreach (InterfaceAddress one in all)
        {
            if (one.Address is not { } address || address.Family != family || (one.Flags & IFF_UP) == 0)
                continue;
            string name = WithoutLabel(one.Name);
            bool isAlias = seen.Contains(name);
            if (isAlias && !doaliases)
                continue;
            if (!links.TryGetValue(name, out var link))
                link.Index = (int)if_nametoindex(name);
            var request = new ifreq { ifr_name = name };
            if (link.Index == 0 || ioctl(sockfd, SIOCGIFMTU, &request) < 0)
                continue;
            seen.Add(name);
            SockAddr netmask = one.Netmask ?? default;
            (SockAddr? broadcast, SockAddr? destination) = BroadcastAndDestination(sockfd, one, address, netmask);
            found.Add(new IfiInfo
            {
                Name = name,
                Index = link.Index,
                Mtu = request.ifr_mtu,
                HardwareAddress = link.HardwareAddress,
                Flags = one.Flags,
                IsAlias = isAlias,
                Address = address,
                Netmask = netmask,
                BroadcastAddress = broadcast,
                DestinationAddress = destination,
            });
        }
        return [.. found];
    }

    /// <summary>Works like <see cref="Get_ifi_info"/>, but returns null and sets <see cref="Errno.Last"/> instead of throwing.</summary>
    public static IfiInfo[]? get_ifi_info(int family, bool doaliases = false)
    {
        try
        {
            return Get_ifi_info(family, doaliases);
        }
        catch (UnpException failure)
        {
            Errno.Last = failure.Errno;
            return null;
        }
    }

    /// <summary>
    /// Returns the addresses of all network interfaces, also of those that are down (<c>getifaddrs(3)</c>). An interface has several
    /// entries, one of them usually with its link-layer address.
    /// </summary>
    /// <exception cref="UnpException">EMFILE, ENOBUFS, ENOMEM.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getifaddrs.3.html">getifaddrs(3)</seealso>
    public static InterfaceAddress[] Getifaddrs() => getifaddrs() ?? throw Failed("getifaddrs");

    static PhysicalAddress? HardwareAddressOf(InterfaceAddress link)
    {
        ReadOnlySpan<byte> bytes = ifaddrs.HardwareAddress(link.Address.GetValueOrDefault().Bytes);
        bool isNone = bytes.IsEmpty || (link.Flags & IFF_LOOPBACK) != 0; // Linux gives a loopback six zeros
        return isNone ? null : new PhysicalAddress(bytes.ToArray());
    }

    /// <summary>Returns the name of the interface in the label of an IPv4 address: <c>eth0</c> for <c>eth0:1</c>.</summary>
    static string WithoutLabel(string name) => name.IndexOf(':') is > 0 and int colon ? name[..colon] : name;

    static (SockAddr? Broadcast, SockAddr? Destination) BroadcastAndDestination(
        Fd sockfd, InterfaceAddress one, in SockAddr address, in SockAddr netmask)
    {
        SockAddr? broadcast = null;
        SockAddr? destination = one.Destination;
        if (Target.IsLinux && address.Family == AF_INET)
        {
            // The C library returns both in one field, and the address itself if there is neither. The kernel answers for the alias whose
            // address is given.
            var request = new ifreq { ifr_name = one.Name, ifr_addr = address };
            destination = ioctl(sockfd, SIOCGIFDSTADDR, &request) == 0 ? request.ifr_dstaddr : address;
            request.ifr_addr = address;
            bool isConfigured = ioctl(sockfd, SIOCGIFBRDADDR, &request) == 0 && request.ifr_broadaddr != SockAddr.Any(AF_INET);
            broadcast = isConfigured ? request.ifr_broadaddr : Broadcast(destination.Value, netmask);
        }
        else if ((one.Flags & IFF_BROADCAST) != 0)
        {
            broadcast = address.Family == AF_INET ? destination ?? Broadcast(address, netmask) : null;
            destination = null;
        }
        return ((one.Flags & IFF_BROADCAST) != 0 ? broadcast : null, destination == address ? null : destination);
    }

    /// <summary>Sets all bits after the prefix (UNP 20.2). A prefix of 31 or 32 bits leaves no broadcast address.</summary>
    static SockAddr? Broadcast(in SockAddr address, in SockAddr netmask)
    {
        uint mask = netmask.Family == AF_INET ? BinaryPrimitives.ReadUInt32BigEndian(netmask.AddressBytesReadOnly) : uint.MaxValue;
        if (mask >= 0xFFFFFFFE)
            return null;
        SockAddr broadcast = address;
        BinaryPrimitives.WriteUInt32BigEndian(broadcast.AddressBytes, BinaryPrimitives.ReadUInt32BigEndian(broadcast.AddressBytes) | ~mask);
        return broadcast;
    }
}
