using System.Net;
using System.Net.NetworkInformation;
using static Unp.Samples.ioctl.InterfaceArguments;

namespace Unp.Samples.ioctl;

/// <summary>A change of an interface by one request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Fill">Sets the value of the request.</param>
/// <param name="Flag">The flag to change; 0: the request sets another value.</param>
/// <param name="IsOn">Whether the flag is set or cleared.</param>
sealed record InterfaceSetting(uint Request, Func<ifreq, ifreq> Fill, int Flag = 0, bool IsOn = false)
{
    public static InterfaceSetting OfFlag(int flag, bool isOn) => new(SIOCSIFFLAGS, ifr => ifr, flag, isOn);

    public void Apply(Fd sockfd, string name)
    {
        var ifr = new ifreq { ifr_name = name };
        if (Flag != 0)
        {
            // The kernel replaces all flags, so read them first.
            Ioctl(sockfd, SIOCGIFFLAGS, ref ifr);
            ifr.ifr_flags = IsOn ? ifr.ifr_flags | Flag : ifr.ifr_flags & ~Flag;
        }
        ifr = Fill(ifr);
        Ioctl(sockfd, Request, ref ifr);
    }
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
        settings.Add(new(SIOCSIFADDR, ifr => ifr with { ifr_addr = address }));
        if (parts.Length == 2)
        {
            int length = ProgramOptions.Number(parts[1]);
            if (length > 32)
                err_quit($"{word}: the prefix must have at most 32 bits");
            SockAddr mask = new(new IPAddress(MaskBytes(length)), 0);
            settings.Add(new(SIOCSIFNETMASK, ifr => ifr with { ifr_netmask = mask }));
        }
        settings.Add(InterfaceSetting.OfFlag(IFF_UP, isOn: true));
    }

    static byte[] MaskBytes(int length)
    {
        byte[] bytes = new byte[4];
        for (int bit = 0; bit < length; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return bytes;
    }

    static InterfaceSetting? Valued(string word, string value) => word switch
    {
        "netmask" => Address(SIOCSIFNETMASK, value),
        "broadcast" => Address(SIOCSIFBRDADDR, value),
        "dstaddr" or "pointopoint" => Address(SIOCSIFDSTADDR, value),
        "mtu" => Number(SIOCSIFMTU, value, (ifr, number) => ifr with { ifr_mtu = number }),
        "metric" => Number(SIOCSIFMETRIC, value, (ifr, number) => ifr with { ifr_metric = number }),
        "txqueuelen" => Number(SIOCSIFTXQLEN, value, (ifr, number) => ifr with { ifr_qlen = number }),
        "hw" => Hardware(value),
        "name" => Rename(value),
        _ => null,
    };

    static InterfaceSetting Address(uint request, string value)
    {
        SockAddr address = Inet(value);
        return new(request, ifr => ifr with { ifr_addr = address });
    }

    static InterfaceSetting Number(uint request, string value, Func<ifreq, int, ifreq> fill)
    {
        int number = ProgramOptions.Number(value);
        return new(request, ifr => fill(ifr, number));
    }

    static InterfaceSetting Hardware(string value)
    {
        PhysicalAddress address = Ethernet(value);
        return new(OperatingSystem.IsLinux() ? SIOCSIFHWADDR : SIOCSIFLLADDR, ifr => ifr with { ifr_hwaddr = address });
    }

    static InterfaceSetting Rename(string value)
    {
        string name = Interface(value);
        return new(SIOCSIFNAME, ifr => ifr with { ifr_newname = name });
    }
}
