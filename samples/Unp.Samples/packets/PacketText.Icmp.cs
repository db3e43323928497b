using System.Buffers.Binary;
using System.Globalization;
using Unp.Net.Packets;

namespace Unp.Samples.packets;

// ICMP and ICMPv6.
sealed partial class PacketText
{
    void AddIcmp(in IcmpMessage message, long length)
    {
        IcmpHeader header = message.Header;
        text.Append("ICMP ");
        switch (header.Type)
        {
            case IcmpType.Echo or IcmpType.EchoReply:
                string kind = header.Type == IcmpType.Echo ? "request" : "reply";
                text.Append(CultureInfo.InvariantCulture, $"echo {kind}, id {header.Identifier}, seq {header.SequenceNumber}");
                break;
            case IcmpType.DestinationUnreachable:
                AddUnreachable(message);
                break;
            case IcmpType.TimeExceeded:
                text.Append(header.Code == 0 ? "time exceeded in-transit" : "ip reassembly time exceeded");
                break;
            case IcmpType.Redirect when message.TryGetQuotedPacket(out Ipv4Packet quoted):
                string scope = header.Code is 0 or 2 ? "net" : "host";
                text.Append($"redirect {quoted.Header.DestinationAddress} to {scope} {header.GatewayInternetAddress}");
                break;
            case IcmpType.ParameterProblem:
                text.Append(CultureInfo.InvariantCulture, $"parameter problem - octet {header.Pointer}");
                break;
            case IcmpType.SourceQuench:
                text.Append("source quench");
                break;
            case IcmpType.RouterSolicitation:
                text.Append("router solicitation");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"type-#{(int)header.Type}");
                break;
        }
        text.Append(CultureInfo.InvariantCulture, $", length {length}");
    }

    void AddUnreachable(in IcmpMessage message)
    {
        if (!message.TryGetQuotedPacket(out Ipv4Packet quoted))
        {
            text.Append("unreachable [|icmp]");
            return;
        }
        Ipv4Address to = quoted.Header.DestinationAddress;
        int mtu = message.Header.NextHopMtu;
        text.Append(message.Header.Code switch
        {
            0 => $"net {to} unreachable",
            1 => $"host {to} unreachable",
            2 => $"{to} protocol {quoted.Header.Protocol} unreachable",
            3 => PortText($"{to}", quoted.Header.Protocol, quoted.Payload),
            4 => $"{to} unreachable - need to frag" + (mtu == 0 ? "" : $" (mtu {mtu})"),
            5 => $"{to} unreachable - source route failed",
            6 => $"net {to} unreachable - unknown",
            7 => $"host {to} unreachable - unknown",
            8 => $"{to} unreachable - source host isolated",
            9 => $"net {to} unreachable - admin prohibited",
            10 => $"host {to} unreachable - admin prohibited",
            11 => $"net {to} unreachable - tos prohibited",
            12 => $"host {to} unreachable - tos prohibited",
            13 => $"host {to} unreachable - admin prohibited filter",
            14 => $"host {to} unreachable - host precedence violation",
            15 => $"host {to} unreachable - precedence cutoff",
            _ => $"{to} unreachable - #{message.Header.Code}",
        });
    }

    /// <summary>Returns the text of a port without a listener.</summary>
    /// <param name="to">The host.</param>
    /// <param name="protocol">The protocol of the quoted packet.</param>
    /// <param name="quoted">The start of its transport header.</param>
    static string PortText(string to, int protocol, ReadOnlySpan<byte> quoted)
    {
        if (quoted.Length < 4)
            return $"{to} unreachable [|icmp]";
        int port = BinaryPrimitives.ReadUInt16BigEndian(quoted[2..]);
        return protocol switch
        {
            IPPROTO_TCP => $"{to} tcp port {port} unreachable",
            IPPROTO_UDP => $"{to} udp port {port} unreachable",
            _ => $"{to} protocol {protocol} port {port} unreachable",
        };
    }

    void AddIcmpv6(in Icmpv6Message message, long length)
    {
        Icmpv6Header header = message.Header;
        text.Append("ICMP6, ");
        switch (header.Type)
        {
            case Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply:
                string kind = header.Type == Icmpv6Type.EchoRequest ? "request" : "reply";
                text.Append(CultureInfo.InvariantCulture, $"echo {kind}, id {header.Identifier}, seq {header.SequenceNumber}");
                break;
            case Icmpv6Type.DestinationUnreachable:
                text.Append("destination unreachable, ").Append(UnreachableText(message));
                break;
            case Icmpv6Type.PacketTooBig:
                text.Append(CultureInfo.InvariantCulture, $"packet too big, mtu {header.RestOfHeader}");
                break;
            case Icmpv6Type.TimeExceeded:
                message.TryGetQuotedPacket(out Ipv6Packet late);
                text.Append(header.Code == 0 ? $"time exceeded in-transit for {late.Header.DestinationAddress}"
                    : "time exceeded in-transit (reassembly)");
                break;
            case Icmpv6Type.RouterSolicitation:
                text.Append("router solicitation");
                break;
            case Icmpv6Type.RouterAdvertisement:
                text.Append("router advertisement");
                break;
            case Icmpv6Type.NeighborSolicitation when message.TryGetTarget(out Ipv6Address target):
                text.Append("neighbor solicitation,").Append($" who has {target}");
                break;
            case Icmpv6Type.NeighborAdvertisement when message.TryGetTarget(out Ipv6Address target):
                text.Append($"neighbor advertisement, tgt is {target}");
                break;
            case Icmpv6Type.Redirect when message.TryGetTarget(out Ipv6Address target):
                message.TryGetRedirectDestination(out Ipv6Address destination);
                text.Append($"redirect, {destination} to {target}");
                break;
            case Icmpv6Type.MulticastListenerReportV2:
                text.Append(CultureInfo.InvariantCulture, $"multicast listener report v2, {header.RestOfHeader & 0xffff} group record(s)");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"type-#{(int)header.Type}");
                break;
        }
        text.Append(CultureInfo.InvariantCulture, $", length {length}");
    }

    static string UnreachableText(in Icmpv6Message message)
    {
        if (!message.TryGetQuotedPacket(out Ipv6Packet quoted))
            return "[|icmp6]";
        Ipv6Address to = quoted.Header.DestinationAddress;
        if (message.Header.Code != 4)
        {
            return message.Header.Code switch
            {
                0 => $"unreachable route {to}",
                1 => $"unreachable prohibited {to}",
                2 => $"beyond scope {to}",
                3 => $"unreachable address {to}",
                _ => $"code-#{message.Header.Code}",
            };
        }
        quoted.TryGetUpper(out int protocol, out ReadOnlySpan<byte> upper);
        int port = upper.Length < 4 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(upper[2..]);
        return protocol switch
        {
            IPPROTO_TCP => $"unreachable port, {to} tcp port {port}",
            IPPROTO_UDP => $"unreachable port, {to} udp port {port}",
            _ => $"unreachable port, {to} protocol {protocol} port {port}",
        };
    }
}
