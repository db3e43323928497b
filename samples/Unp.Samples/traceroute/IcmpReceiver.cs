using System.Diagnostics;
using Unp.Net.Packets;

namespace Unp.Samples.traceroute;

/// <summary>
/// Receives the answers from a raw socket, which gets the ICMP messages of the whole host (UNP 28.6). A message quotes the
/// datagram that has caused it, whose ports identify the probe.
/// </summary>
/// <param name="recvfd">The raw socket.</param>
/// <param name="sendfd">The socket of the probes, which is bound.</param>
/// <param name="verbose">Whether other messages are printed.</param>
sealed class IcmpReceiver(Fd recvfd, Fd sendfd, bool verbose) : IProbeReceiver
{
    readonly byte[] recvbuf = new byte[ushort.MaxValue];
    readonly byte[] controlbuf = new byte[ControlSpace.Timestamp];
    readonly SockAddr sabind = Getsockname(sendfd);

    /// <summary>Creates the raw socket, which needs rights.</summary>
    public static Fd Open(int family, bool verbose)
    {
        int protocol = family == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6;
        Fd recvfd = RawSocket.Open(family, SOCK_RAW, protocol, OperatingSystem.IsLinux() ? "; --recverr does not" : "");
        Setsockopt(recvfd, SocketOptions.Timestamp, true);
        if (family == AF_INET6 && !verbose)
        {
            Icmp6Filter myfilt = Icmp6Filter.BlockAll;
            myfilt.Pass((int)Icmpv6Type.DestinationUnreachable);
            myfilt.Pass((int)Icmpv6Type.PacketTooBig);
            myfilt.Pass((int)Icmpv6Type.TimeExceeded);
            myfilt.Pass((int)Icmpv6Type.ParameterProblem);
            Setsockopt(recvfd, SocketOptions.Icmp6Filter, myfilt);
        }
        return recvfd;
    }

    public void Send(ReadOnlySpan<byte> probe, in SockAddr to) => Sendto(sendfd, probe, 0, to);

    public ProbeAnswer? Receive(int port, TimeSpan timeout)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan left;
        while ((left = timeout - Stopwatch.GetElapsedTime(started)) > TimeSpan.Zero && Readable_timeo(recvfd, left) > 0)
        {
            ReceivedMessage msg = Recvmsg(recvfd, recvbuf, 0, controlbuf);
            SockAddr from = msg.Address;
            Span<byte> received = recvbuf.AsSpan(0, msg.Length);
            bool isIcmp = sabind.Family == AF_INET
                ? recv_v4(received, out int type, out int code, out int mtu, out (int Source, int Destination) ports)
                : recv_v6(received, out type, out code, out mtu, out ports);
            if (isIcmp && ports == (sabind.Port, port))
                return new ProbeAnswer(from, type, code, mtu, Arrival.TimeOf(msg));
            if (isIcmp && verbose)
                Console.Write($" (from {Sock_ntop_host(from)}: type = {type}, code = {code})\n");
        }
        return null;
    }

    /// <summary>Reads an ICMP message and the ports of the UDP datagram that it quotes; they are 0 if it quotes none.</summary>
    /// <returns>Whether it is a message.</returns>
    static bool recv_v4(Span<byte> received, out int type, out int code, out int mtu, out (int Source, int Destination) ports)
    {
        (type, code, mtu, ports) = (0, 0, 0, default);
        if (!RawSocket.TryReadIpv4(received, out Ipv4Packet packet) || !IcmpMessage.TryRead(packet.Payload, out IcmpMessage icmp))
            return false;
        (type, code, mtu) = ((int)icmp.Header.Type, icmp.Header.Code, icmp.Header.NextHopMtu);
        if (icmp.TryGetQuotedPacket(out Ipv4Packet quoted) && quoted.Header.Protocol == IPPROTO_UDP)
            ports = PortsOf(quoted.Payload);
        return true;
    }

    /// <inheritdoc cref="recv_v4"/>
    static bool recv_v6(Span<byte> received, out int type, out int code, out int mtu, out (int Source, int Destination) ports)
    {
        (type, code, mtu, ports) = (0, 0, 0, default);
        if (!Icmpv6Message.TryRead(received, out Icmpv6Message icmp6))
            return false;
        (type, code, mtu) = ((int)icmp6.Header.Type, icmp6.Header.Code, (int)icmp6.Header.RestOfHeader);
        if (icmp6.TryGetQuotedPacket(out Ipv6Packet quoted)
            && quoted.TryGetUpper(out int protocol, out ReadOnlySpan<byte> segment) && protocol == IPPROTO_UDP)
        {
            ports = PortsOf(segment);
        }
        return true;
    }

    static (int Source, int Destination) PortsOf(ReadOnlySpan<byte> segment) =>
        UdpDatagram.TryRead(segment, out UdpDatagram udp) ? (udp.Header.SourcePort, udp.Header.DestinationPort) : default;
}
