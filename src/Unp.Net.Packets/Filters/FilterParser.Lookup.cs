using System.Globalization;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

// Names that are looked up: hosts, networks, services and protocols.
sealed partial class FilterParser
{
    /// <summary>Names behind "ether proto".</summary>
    static readonly Dictionary<string, ushort> EtherTypes = new()
    {
        ["ip"] = 0x0800,
        ["arp"] = 0x0806,
        ["mopdl"] = 0x6001,
        ["moprc"] = 0x6002,
        ["decnet"] = 0x6003,
        ["lat"] = 0x6004,
        ["sca"] = 0x6007,
        ["rarp"] = 0x8035,
        ["ip6"] = 0x86dd,
        ["loopback"] = 0x9000,
        ["stp"] = 0x42,
        ["netbeui"] = 0xf0,
        ["iso"] = 0xfe,
    };

    FilterCondition Name(FilterToken token, FilterQualifier of)
    {
        switch (of.Kind)
        {
            case FilterKind.Port:
                (uint port, FilterProtocol? only) = Service(token.Text, token);
                return Ports(port, port, Common(only, token, of), token, of);
            case FilterKind.PortRange:
                return PortRange(token, of);
            case FilterKind.Protocol:
                uint? number = of.Protocol == FilterProtocol.Link
                    ? EtherTypes.TryGetValue(token.Text, out ushort type) ? type : null
                    : (uint?)getprotobyname(token.Text)?.Number;
                return Protocol(number ?? throw Failed(token, "there is no protocol with this name"), token, of);
            case FilterKind.Net:
                return Network(getnetbyname(token.Text)?.Network ?? throw Failed(token, "there is no network with this name"), token, of);
            default:
                return Host(token, of);
        }
    }

    FilterCondition Host(FilterToken token, FilterQualifier of)
    {
        if (of.Protocol is { } protocol && !HasIpv4(protocol) && protocol != FilterProtocol.Ip6)
            Fail(token, $"\"{protocol.Name}\" cannot have the name of a host");
        if (!options.ResolvesHosts)
            Fail(token, "names of hosts are not looked up, because the option ResolvesHosts is false");
        FilterCondition any = FilterCondition.False;
        bool hasAddress = false;
        foreach (SockAddr address in Addresses(token))
        {
            if (address.Family == AF_INET && of.Protocol != FilterProtocol.Ip6)
            {
                uint number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.Address.GetAddressBytes());
                any = FilterCondition.Or(any, primitives.HasIpv4(number, uint.MaxValue, of.Protocol, of.Direction));
                hasAddress = true;
            }
            else if (address.Family == AF_INET6 && (of.Protocol is null || of.Protocol == FilterProtocol.Ip6))
            {
                any = FilterCondition.Or(any, primitives.HasIpv6(address.Address.GetAddressBytes(), 128, of.Direction));
                hasAddress = true;
            }
        }
        return hasAddress ? any : throw Failed(token, "the host has no address of this protocol");
    }

    IEnumerable<SockAddr> Addresses(FilterToken token)
    {
        try
        {
            return Libunp.Getaddrinfo(token.Text, null, socktype: SOCK_STREAM).Select(found => found.Address).Distinct();
        }
        catch (GaiException e)
        {
            throw Failed(token, $"the host has no known address ({e.Message})");
        }
    }

    FilterCondition PortRange(FilterToken token, FilterQualifier of)
    {
        int dash = token.Text.IndexOf('-', StringComparison.Ordinal);
        (uint first, FilterProtocol? ofFirst) = Service(dash < 0 ? token.Text : token.Text[..dash], token);
        (uint last, FilterProtocol? ofLast) = Service(token.Text[(dash + 1)..], token);
        return Ports(first, last, Common(ofFirst == ofLast ? ofFirst : null, token, of), token, of);
    }

    /// <summary>Returns a port by its number or name, and the only protocol that has the name; null: TCP and UDP.</summary>
    (uint Port, FilterProtocol? Only) Service(string name, FilterToken token)
    {
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            return (number, null);
        int? tcp = getservbyname(name, "tcp")?.Port, udp = getservbyname(name, "udp")?.Port;
        return (tcp, udp) switch
        {
            (null, null) => throw Failed(token, $"there is no service \"{name}\""),
            (null, { } port) => ((uint)port, FilterProtocol.Udp),
            ({ } port, _) => ((uint)port, tcp == udp ? null : FilterProtocol.Tcp),
        };
    }

    /// <summary>Returns the protocol that has both the service and the qualifier; null: any.</summary>
    FilterProtocol? Common(FilterProtocol? ofService, FilterToken token, FilterQualifier of) =>
        of.Protocol is null ? ofService
        : ofService is null || ofService == of.Protocol || !of.Protocol.HasPorts ? of.Protocol
        : throw Failed(token, $"the service is one of {ofService.Name}, not of {of.Protocol.Name}");
}
