using static Unp.Net.Libc;

namespace Unp.Net.Packets;

// Primitives: "tcp", "src host 192.0.2.1", "less 64", "vlan 5".
sealed partial class FilterParser
{
    static readonly byte[] BroadcastMac = [255, 255, 255, 255, 255, 255];

    FilterCondition ReadPrimitive()
    {
        FilterToken token = Current;
        switch (token.Kind)
        {
            case FilterTokenKind.Number when !tokens[at + 1].IsOperator && !tokens[at + 1].IsRelation:
            case FilterTokenKind.Name or FilterTokenKind.Ipv4 or FilterTokenKind.Ipv6 or FilterTokenKind.Mac:
                return ReadName(qualifier ?? throw Expected("a word such as \"host\", \"net\" or \"port\" must precede it"));

            case FilterTokenKind.Number:
            case FilterTokenKind.Symbol when token.Text is "(" or "-":
            case FilterTokenKind.Keyword when token.Text is "len" or "length" || tokens[at + 1].Is("["):
                return ReadRelation();

            case FilterTokenKind.Keyword when FilterWords.Unsupported.Contains(token.Text):
                throw Expected("this keyword of tcpdump is not supported");

            case FilterTokenKind.Keyword when token.Text is not ("and" or "or" or "mask"):
                return ReadQualified(token);

            default:
                throw Expected("a condition such as \"tcp\", \"port 80\" or \"host 192.0.2.1\" was expected");
        }
    }

    FilterCondition ReadQualified(FilterToken token)
    {
        at++;
        qualifier = null;
        if (token.Text is "less" or "greater")
            return ReadLength(token.Text == "less");
        if (token.Text == "vlan")
            return ReadVlan(token);
        if (!FilterProtocol.ByName.TryGetValue(token.Text, out FilterProtocol? protocol))
            at--; // another qualifier

        FilterDirection? direction = ReadDirection();
        FilterKind? kind = ReadKind(direction is null);
        if (direction is not null || kind is not null)
        {
            qualifier = new(protocol, direction ?? FilterDirection.Any, kind ?? FilterKind.Host);
            return ReadNames(qualifier);
        }
        if (TrySkip("broadcast"))
            return Broadcast(protocol, token);
        if (TrySkip("multicast"))
            return Multicast(protocol, token);
        if (protocol is null || protocol == FilterProtocol.Link)
            throw Expected("\"host\", \"proto\", \"broadcast\" or \"multicast\" was expected");
        return primitives.Belongs(protocol);
    }

    FilterDirection? ReadDirection()
    {
        bool isSource = Current.Is("src");
        if (!isSource && !Current.Is("dst"))
            return null;
        at++;
        if ((Current.IsAnd || Current.IsOr) && tokens[at + 1].Is(isSource ? "dst" : "src"))
        {
            bool isAnd = Current.IsAnd;
            at += 2;
            return isAnd ? FilterDirection.Both : FilterDirection.Any;
        }
        return isSource ? FilterDirection.Source : FilterDirection.Destination;
    }

    FilterKind? ReadKind(bool allowsProtocol) =>
        TrySkip("host") ? FilterKind.Host
        : TrySkip("net") ? FilterKind.Net
        : TrySkip("port") ? FilterKind.Port
        : TrySkip("portrange") ? FilterKind.PortRange
        : allowsProtocol && TrySkip("proto") ? FilterKind.Protocol
        : null;

    FilterCondition ReadLength(bool isLess)
    {
        FilterLoad length = new(FilterCode.Of(BPF_LD | BPF_W | BPF_LEN));
        uint bytes = ReadPlainNumber("a number of bytes was expected");
        return isLess
            ? FilterCondition.Not(new FilterCondition.Test(length, BPF_JGT, bytes))
            : new FilterCondition.Test(length, BPF_JGE, bytes);
    }

    FilterCondition ReadVlan(FilterToken token)
    {
        if (!link.IsEthernet)
            throw Failed(token, $"\"vlan\" is not supported for the link type {link.Name}");
        if (Current.Kind != FilterTokenKind.Number)
            return link.EnterVlan(null);
        return Current.Value <= 4095
            ? link.EnterVlan(ReadPlainNumber("")) : throw Expected("the id of a VLAN is at most 4095");
    }

    uint ReadPlainNumber(string reason)
    {
        if (Current.Kind != FilterTokenKind.Number)
            throw Expected(reason);
        return tokens[at++].Value;
    }

    FilterCondition Broadcast(FilterProtocol? protocol, FilterToken token)
    {
        if (protocol is null || protocol == FilterProtocol.Link)
        {
            RequireEthernet(token);
            return FilterPrimitives.HasMac(BroadcastMac, FilterDirection.Destination);
        }
        if (protocol != FilterProtocol.Ip)
            throw Failed(token, $"\"{protocol.Name}\" has no broadcast");
        if (options.Netmask is not { } netmask)
            throw Failed(token, "the netmask is unknown, so the option Netmask must be set");
        return primitives.IsIpv4Broadcast(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(netmask.GetAddressBytes()));
    }

    FilterCondition Multicast(FilterProtocol? protocol, FilterToken token)
    {
        if (protocol is null || protocol == FilterProtocol.Link)
        {
            RequireEthernet(token);
            return FilterPrimitives.IsMacMulticast();
        }
        return protocol == FilterProtocol.Ip ? primitives.IsIpv4Multicast()
            : protocol == FilterProtocol.Ip6 ? primitives.IsIpv6Multicast()
            : throw Failed(token, $"\"{protocol.Name}\" has no multicast");
    }

    void RequireEthernet(FilterToken token)
    {
        if (!link.IsEthernet)
            Fail(token, $"packets of the link type {link.Name} have no Ethernet addresses");
    }
}
