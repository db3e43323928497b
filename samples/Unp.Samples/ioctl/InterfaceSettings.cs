using System.Net;
using System.Net.NetworkInformation;
using Unp.Net.Netlink;
using static Unp.Samples.ioctl.InterfaceArguments;

namespace Unp.Samples.ioctl;

/// <summary>A change of an interface.</summary>
/// <param name="Apply">Changes the interface of a name by a socket.</param>
sealed record InterfaceSetting(Action<Fd, string> Apply)
{
    /// <summary>Returns a change by one request.</summary>
    public static InterfaceSetting Of(uint request, Func<ifreq, ifreq> fill) => new((sockfd, name) =>
    {
        ifreq ifr = fill(new ifreq { ifr_name = name });
        Ioctl(sockfd, request, ref ifr);
    });

    /// <summary>Returns a change of a flag. The kernel replaces all flags, so it reads them first.</summary>
    public static InterfaceSetting OfFlag(int flag, bool isOn) => new((sockfd, name) =>
    {
        var ifr = new ifreq { ifr_name = name };
        Ioctl(sockfd, SIOCGIFFLAGS, ref ifr);
        ifr.ifr_flags = isOn ? ifr.ifr_flags | flag : ifr.ifr_flags & ~flag;
        Ioctl(sockfd, SIOCSIFFLAGS, ref ifr);
    });

    /// <summary>Returns the change that adds or deletes an IPv6 address. Linux takes it by netlink.</summary>
    public static InterfaceSetting OfAddress6(IPAddress address, int length, bool isAdded) => new((_, name) =>
    {
        var changed = new LinkAddress { Index = (int)If_nametoindex(name), Address = address, PrefixLength = length };
        using var routing = new RtnetlinkSocket();
        if (isAdded)
            routing.Add(changed);
        else
            routing.Delete(changed);
    });
}

/// <summary>The settings of <see cref="ifconfig"/>'s command line. All are parsed before the first is applied.</summary>
static class InterfaceSettings
{
    /// <summary>Returns false if a word is unknown or lacks its value.</summary>
    public static bool TryParse(string[] words, out List<InterfaceSetting> settings)
    {
        settings = [];
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            string? value = i + 1 < words.Length ? words[i + 1] : null;
            if (word == "inet6" && value is "add" or "del")
            {
                continue; // both take only IPv6 addresses
            }
            if (FlagOf(word.TrimStart('-')) is { } flag)
            {
                settings.Add(InterfaceSetting.OfFlag(flag.Bit, flag.IsOn != word.StartsWith('-')));
            }
            else if (IsAddress(word))
            {
                AddAddress(word, settings);
            }
            else if (value is not null && Valued(word, value) is { } setting)
            {
                settings.Add(setting);
                i++;
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Returns the flag of a word, and whether the word without a hyphen sets it.</summary>
    static (int Bit, bool IsOn)? FlagOf(string word) => word switch
    {
        "up" => (IFF_UP, true),
        "down" => (IFF_UP, false),
        "arp" => (IFF_NOARP, false),
        "promisc" => (IFF_PROMISC, true),
        "allmulti" => (IFF_ALLMULTI, true),
        "multicast" => (IFF_MULTICAST, true),
        _ => null,
    };

    static bool IsAddress(string word) => SockAddr.TryParse(word.Split('/')[0], out SockAddr address) && address.Family == AF_INET;

    /// <summary>Adds an address. As in ifconfig(8), the interface also becomes up.</summary>
    static void AddAddress(string word, List<InterfaceSetting> settings)
    {
        string[] parts = word.Split('/', 2);
        SockAddr address = SockAddr.Inet(parts[0], 0);
        settings.Add(InterfaceSetting.Of(SIOCSIFADDR, ifr => ifr with { ifr_addr = address }));
        if (parts.Length == 2)
        {
            int length = ProgramOptions.Number(parts[1]);
            if (length > 32)
                err_quit($"{word}: the prefix must have at most 32 bits");
            SockAddr mask = new(PrefixMask.Of(length, 32), 0);
            settings.Add(InterfaceSetting.Of(SIOCSIFNETMASK, ifr => ifr with { ifr_netmask = mask }));
        }
        settings.Add(InterfaceSetting.OfFlag(IFF_UP, isOn: true));
    }

    static InterfaceSetting? Valued(string word, string value) => word switch
    {
        "netmask" => Address(SIOCSIFNETMASK, value),
        "broadcast" => Address(SIOCSIFBRDADDR, value),
        "dstaddr" or "pointopoint" => Address(SIOCSIFDSTADDR, value),
        "mtu" => Number(SIOCSIFMTU, value, (ifr, number) => ifr with { ifr_mtu = number }),
        "metric" => Number(SIOCSIFMETRIC, value, (ifr, number) => ifr with { ifr_metric = number }),
        "txqueuelen" => Number(SIOCSIFTXQLEN, value, (ifr, number) => ifr with { ifr_qlen = number }),
        "add" => Address6(value, isAdded: true),
        "del" => Address6(value, isAdded: false),
        "hw" => Hardware(value),
        "name" => Rename(value),
        _ => null,
    };

    static InterfaceSetting Address(uint request, string value)
    {
        SockAddr address = Inet(value);
        return InterfaceSetting.Of(request, ifr => ifr with { ifr_addr = address });
    }

    /// <summary>Returns the change of an IPv6 address, whose prefix is the whole address if no length is given.</summary>
    static InterfaceSetting Address6(string value, bool isAdded)
    {
        string[] parts = value.Split('/', 2);
        SockAddr address = SockAddr.Inet(parts[0], 0);
        if (address.Family != AF_INET6)
            err_quit($"{value} is not an IPv6 address");
        int length = parts.Length == 2 ? ProgramOptions.Number(parts[1]) : 128;
        if (length > 128)
            err_quit($"{value}: the prefix must have at most 128 bits");
        return InterfaceSetting.OfAddress6(address.Address, length, isAdded);
    }

    static InterfaceSetting Number(uint request, string value, Func<ifreq, int, ifreq> fill)
    {
        int number = ProgramOptions.Number(value);
        return InterfaceSetting.Of(request, ifr => fill(ifr, number));
    }

    static InterfaceSetting Hardware(string value)
    {
        PhysicalAddress address = Ethernet(value);
        return InterfaceSetting.Of(OperatingSystem.IsLinux() ? SIOCSIFHWADDR : SIOCSIFLLADDR, ifr => ifr with { ifr_hwaddr = address });
    }

    static InterfaceSetting Rename(string value)
    {
        string name = Interface(value);
        return InterfaceSetting.Of(SIOCSIFNAME, ifr => ifr with { ifr_newname = name });
    }
}
