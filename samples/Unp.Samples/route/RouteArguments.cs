using System.Net;
using Unp.Net.Netlink;

namespace Unp.Samples.route;

/// <summary>
/// The words of <see cref="route"/> that describe a route, in the forms of net-tools and of the BSDs. A wrong word ends the program.
/// </summary>
sealed class RouteArguments
{
    const int HeadersBytes = 40; // IPv4 and TCP: the kernel of Linux subtracts them from the value of mss

    string? target;
    bool? isNet;
    int family;
    IPAddress? gateway;
    string? mask, prefixLength, device;
    uint? metric, mss, window;
    int kind = RTN_UNICAST;

    RouteArguments(int family) => this.family = family;

    /// <summary>Returns the route that the words describe.</summary>
    /// <param name="words">The words.</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC if the addresses tell it.</param>
    /// <param name="isAdded">
    /// Whether the route is to be added. A route to be deleted may lack the next hop, and its kind and origin do not matter.
    /// </param>
    public static Route Parse(string[] words, int family, bool isAdded)
    {
        var arguments = new RouteArguments(family);
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out string? word))
            arguments.Take(word, rest);
        return arguments.Build(isAdded);
    }

    /// <summary>Returns an address of a family. Another text ends the program.</summary>
    public static IPAddress Address(string text, int family)
    {
        IPAddress? address = Find(text);
        if (address is null)
            err_quit($"{text} is not an IP address");
        if (family != AF_UNSPEC && FamilyOf(address) != family)
            err_quit($"{text} is not an {(family == AF_INET ? "IPv4" : "IPv6")} address");
        return address;
    }

    void Take(string word, Queue<string> rest)
    {
        switch (word)
        {
            case "-net" or "-host":
                isNet = word == "-net";
                break;
            case "-inet" or "-inet6":
                family = word == "-inet" ? AF_INET : AF_INET6;
                break;
            case "netmask" or "-netmask":
                mask = Value();
                break;
            case "-prefixlen":
                prefixLength = Value();
                break;
            case "gw":
                gateway = Address(Value(), AF_UNSPEC);
                break;
            case "metric":
                metric = Number();
                break;
            case "mss" or "-mtu":
                mss = Number();
                break;
            case "window":
                window = Number();
                break;
            case "reject" or "-reject":
                kind = RTN_UNREACHABLE;
                break;
            case "blackhole" or "-blackhole":
                kind = RTN_BLACKHOLE;
                break;
            case "dev" or "-ifp":
                device = Value();
                break;
            case ['-', ..]:
                err_quit($"{word} is not an option of route");
                break;
            default:
                TakePosition(word);
                break;
        }

        string Value()
        {
            if (!rest.TryDequeue(out string? value))
                err_quit($"{word} needs a value");
            return value!;
        }

        uint Number() => (uint)ProgramOptions.Number(Value());
    }

    /// <summary>Takes the target, the router of the BSDs, or the interface of net-tools.</summary>
    void TakePosition(string word)
    {
        if (target is null)
            target = word;
        else if (gateway is null && Find(word) is { } router)
            gateway = router;
        else if (device is null)
            device = word;
        else
            err_quit($"{word} is one word too many");
    }

    Route Build(bool isAdded)
    {
        if (target is null)
            err_quit("route needs a target: default or an address");
        IPNetwork destination = Destination();
        if (gateway is not null && FamilyOf(destination.BaseAddress) == AF_INET6 && FamilyOf(gateway) != AF_INET6)
            err_quit($"{gateway} is not an IPv6 address");
        bool isReject = kind != RTN_UNICAST;
        if (isAdded && gateway is null && device is null && !isReject)
            err_quit($"{target}: name a router (gw) or an interface (dev)");
        if (mss is < HeadersBytes)
            err_quit($"mss {mss}: the value must be at least {HeadersBytes}");
        int? scope = gateway?.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && gateway.ScopeId != 0
            ? (int)gateway.ScopeId : null;
        return new Route
        {
            Destination = destination,
            Gateway = gateway,
            Index = device is null ? scope : (int)If_nametoindex(device),
            Metric = metric,
            Kind = isAdded || isReject ? kind : RTN_UNSPEC,
            Protocol = isAdded ? RTPROT_BOOT : RTPROT_UNSPEC,
            Metrics = new RouteMetrics { AdvertisedSegmentSize = mss - HeadersBytes, Window = window },
        };
    }

    IPNetwork Destination()
    {
        string[] parts = target!.Split('/', 2);
        string? lengthText = parts.Length == 2 ? parts[1] : prefixLength;
        if (target == "default")
        {
            bool is6 = (family == AF_UNSPEC && gateway is not null ? FamilyOf(gateway) : family) == AF_INET6;
            return new IPNetwork(is6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        }
        IPAddress address = Address(parts[0], family);
        int bits = address.GetAddressBytes().Length * 8;
        int length = lengthText is not null && mask is not null ? Refuse($"{target}: the netmask {mask} repeats the length")
            : lengthText is not null ? ProgramOptions.Number(lengthText)
            : mask is not null ? PrefixMask.LengthOf(Address(mask, FamilyOf(address))) ?? Refuse($"{mask} is not a netmask")
            : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? 0
            : isNet == true ? LengthOfClass(address)
            : bits;
        if (length > bits)
            err_quit($"{target}: the prefix must have at most {bits} bits");
        if (isNet == false && length != bits)
            err_quit($"{target}: a route to a host has no netmask");
        byte[] bytes = address.GetAddressBytes(), maskBytes = PrefixMask.Of(length, bits).GetAddressBytes();
        if (bytes.Zip(maskBytes, (part, kept) => part & ~kept).Any(behind => behind != 0))
            err_quit($"{address} has bits behind the {length} bits of its netmask");
        return new IPNetwork(new IPAddress(bytes), length); // without a scope
    }

    /// <summary>Returns the length of the network number in the classes before CIDR: A, B and C.</summary>
    static int LengthOfClass(IPAddress address) =>
        FamilyOf(address) == AF_INET6 ? Refuse($"{address}: a network needs a length, such as {address}/64")
        : address.GetAddressBytes()[0] switch
        {
            < 128 => 8,
            < 192 => 16,
            < 224 => 24,
            _ => Refuse($"{address}: name the netmask, because the address has no class"),
        };

    static int Refuse(string reason)
    {
        err_quit(reason);
        return 0;
    }

    /// <summary>Returns the address of a text, or null.</summary>
    static IPAddress? Find(string text) =>
        SockAddr.TryParse(text, out SockAddr address) && (address.Family == AF_INET || address.Family == AF_INET6) && address.Port == 0
            ? address.Address : null;

    static int FamilyOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? AF_INET : AF_INET6;
}
