using System.Globalization;
using System.Net;

namespace Unp.Net.Packets;

// Names, addresses and numbers behind qualifiers.
sealed partial class FilterParser
{
    /// <summary>Reads one name, or several in parentheses.</summary>
    FilterCondition ReadNames(FilterQualifier of)
    {
        bool isNegated = SkipNegations();
        FilterCondition condition = Current.Is("(") ? ReadGroup(() => ReadNameList(of)) : ReadName(of);
        return isNegated ? FilterCondition.Not(condition) : condition;
    }

    FilterCondition ReadNameList(FilterQualifier of)
    {
        FilterCondition left = ReadNames(of);
        while (true)
        {
            bool isAnd = Current.IsAnd;
            if (!isAnd && !Current.IsOr)
                return left;
            at++;
            FilterCondition right = ReadNames(of);
            left = isAnd ? FilterCondition.And(left, right) : FilterCondition.Or(left, right);
        }
    }

    FilterCondition ReadName(FilterQualifier of)
    {
        FilterToken token = Current;
        at++;
        switch (token.Kind)
        {
            case FilterTokenKind.Ipv4:
            case FilterTokenKind.Number when of.Kind == FilterKind.Net && (Current.Is("/") || Current.Is("mask")):
                return ReadIpv4(token, of);
            case FilterTokenKind.Number:
                return Number(token, of);
            case FilterTokenKind.Ipv6:
                return ReadIpv6(token, of);
            case FilterTokenKind.Mac when of is { Kind: FilterKind.Host } && of.Protocol == FilterProtocol.Link:
                RequireEthernet(token);
                return FilterPrimitives.HasMac(MacBytes(token.Text), of.Direction);
            case FilterTokenKind.Mac:
                throw Failed(token, "an Ethernet address must follow \"ether host\", \"ether src\" or \"ether dst\"");
            case FilterTokenKind.Name:
                return Name(token, of);
            case FilterTokenKind.Keyword when of.Kind == FilterKind.Protocol: // tcpdump wants a backslash before it
                return Name(token, of);
            default:
                throw Failed(token, "a name, an address or a number was expected");
        }
    }

    FilterCondition Number(FilterToken token, FilterQualifier of)
    {
        switch (of.Kind)
        {
            case FilterKind.Port or FilterKind.PortRange:
                return Ports(token.Value, token.Value, of.Protocol, token, of);
            case FilterKind.Protocol:
                return Protocol(token.Value, token, of);
            case FilterKind.Net:
                return Network(token.Value, token, of);
            default:
                return Ipv4(token.Value, uint.MaxValue, token, of);
        }
    }

    /// <summary>Returns the condition of a network without its last bytes: 10 is 10.0.0.0/8.</summary>
    FilterCondition Network(uint address, FilterToken token, FilterQualifier of)
    {
        uint mask = uint.MaxValue;
        for (; address is > 0 and <= 0xffffff; address <<= 8)
            mask <<= 8;
        return Ipv4(address, mask, token, of);
    }

    FilterCondition ReadIpv4(FilterToken token, FilterQualifier of)
    {
        (uint address, uint mask) = Octets(token);
        bool hasMask = TrySkip("mask");
        if (hasMask || TrySkip("/"))
        {
            if (of.Kind != FilterKind.Net)
                Fail(token, "only \"net\" can have a mask or a prefix length");
            mask = hasMask ? ReadMask() : FilterPrimitives.Mask(ReadPrefixLength(32));
            if ((address & ~mask) != 0)
                Fail(token, "the address has bits that the mask lacks");
        }
        return Ipv4(address, mask, token, of);
    }

    uint ReadMask()
    {
        FilterToken token = Current;
        if (token.Kind is not (FilterTokenKind.Ipv4 or FilterTokenKind.Number))
            throw Expected("a mask such as 255.255.0.0 was expected");
        at++;
        return Octets(token).Address;
    }

    int ReadPrefixLength(int maximum)
    {
        FilterToken token = Current;
        uint length = ReadPlainNumber("a prefix length was expected");
        return length <= maximum ? (int)length : throw Failed(token, $"the prefix length is more than {maximum}");
    }

    FilterCondition ReadIpv6(FilterToken token, FilterQualifier of)
    {
        byte[] address = IPAddress.Parse(token.Text).GetAddressBytes();
        int prefixLength = 128;
        if (TrySkip("/"))
        {
            prefixLength = ReadPrefixLength(128);
            if (prefixLength < 128 && of.Kind != FilterKind.Net)
                Fail(token, "only \"net\" can have a prefix length");
            if (new UInt128(ulong.MaxValue, ulong.MaxValue) >> prefixLength is var rest && prefixLength < 128
                && (System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(address) & rest) != 0)
            {
                Fail(token, "the address has bits behind the prefix");
            }
        }
        RequireAddress(token, of);
        return of.Protocol is null || of.Protocol == FilterProtocol.Ip6
            ? primitives.HasIpv6(address, prefixLength, of.Direction)
            : throw Failed(token, $"\"{of.Protocol.Name}\" has no addresses of IPv6");
    }

    FilterCondition Ipv4(uint address, uint mask, FilterToken token, FilterQualifier of)
    {
        RequireAddress(token, of);
        return of.Protocol is null || HasIpv4(of.Protocol)
            ? primitives.HasIpv4(address, mask, of.Protocol, of.Direction)
            : throw Failed(token, $"\"{of.Protocol.Name}\" has no addresses of IPv4");
    }

    static bool HasIpv4(FilterProtocol protocol) =>
        protocol == FilterProtocol.Ip || protocol == FilterProtocol.Arp || protocol == FilterProtocol.Rarp;

    void RequireAddress(FilterToken token, FilterQualifier of)
    {
        if (of.Kind is not (FilterKind.Host or FilterKind.Net))
            Fail(token, "an address must follow \"host\" or \"net\"");
    }

    /// <summary>Returns one to four bytes of an address, and the mask of these bytes.</summary>
    (uint Address, uint Mask) Octets(FilterToken token)
    {
        uint address = 0;
        string[] parts = token.Text.Split('.');
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte octet))
                Fail(token, "this is not an IPv4 address");
            address = (address << 8) | octet;
        }
        int missing = 32 - (8 * parts.Length);
        return (address << missing, uint.MaxValue << missing);
    }

    /// <summary>Returns the bytes of an address in one of four notations.</summary>
    static byte[] MacBytes(string text)
    {
        string[] parts = text.Split(':', '-', '.');
        return parts.Length == 6
            ? Array.ConvertAll(parts, part => byte.Parse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            : Convert.FromHexString(string.Concat(parts));
    }

    FilterCondition Protocol(uint number, FilterToken token, FilterQualifier of)
    {
        if (of.Protocol == FilterProtocol.Link)
        {
            return (number <= ushort.MaxValue ? link.Carries((ushort)number)
                    : throw Failed(token, $"the type is more than {ushort.MaxValue}"))
                ?? throw Failed(token, "this type has several encapsulations, so it is not supported");
        }
        if (number > byte.MaxValue)
            Fail(token, "the number of a protocol is at most 255");
        return of.Protocol is null
            ? FilterCondition.Or(primitives.OverIpv4((byte)number), primitives.OverIpv6((byte)number))
            : of.Protocol == FilterProtocol.Ip ? primitives.OverIpv4((byte)number)
            : of.Protocol == FilterProtocol.Ip6 ? primitives.OverIpv6((byte)number)
            : throw Failed(token, $"\"{of.Protocol.Name} proto\" has no meaning, only \"ip\", \"ip6\" and \"ether\" have protocols");
    }

    FilterCondition Ports(uint first, uint last, FilterProtocol? protocol, FilterToken token, FilterQualifier of)
    {
        if (of.Protocol is { HasPorts: false })
            Fail(token, $"\"{of.Protocol.Name}\" has no ports, only tcp, udp and sctp have");
        if (Math.Max(first, last) > ushort.MaxValue)
            Fail(token, $"a port is at most {ushort.MaxValue}");
        return primitives.HasPort(Math.Min(first, last), Math.Max(first, last), protocol, of.Direction);
    }
}
