using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>What <see cref="Libunp.Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> received, beside the data.</summary>
public readonly ref struct ReceivedMessage
{
    readonly MessageFacts facts;
    readonly ReadOnlySpan<byte> control;

    internal ReceivedMessage(scoped in MessageFacts facts, ReadOnlySpan<byte> control)
    {
        this.facts = facts;
        this.control = control[..facts.ControlLength];
    }

    /// <summary>
    /// How many bytes of data there are; 0 is the end of a stream or an empty datagram. With MSG_TRUNC among the flags of the call (Linux, datagrams) it
    /// is how many there were, in and beyond the buffer.
    /// </summary>
    public int Length => facts.Length;

    /// <summary>What the kernel said: MSG_TRUNC, MSG_CTRUNC, MSG_EOR, MSG_OOB, MSG_ERRQUEUE... ored.</summary>
    public int Flags => facts.Flags;

    /// <summary>The sender; no family at all of a connected stream.</summary>
    public SockAddr Address => facts.Sender;

    /// <summary>Whether the datagram was longer than the buffer; the rest is lost.</summary>
    public bool IsTruncated => (Flags & MSG_TRUNC) != 0;

    /// <summary>
    /// Whether there was more control data than room; the rest is lost. It is also so when descriptors came that this process had no more room for
    /// (EMFILE).
    /// </summary>
    public bool IsControlTruncated => (Flags & MSG_CTRUNC) != 0;

    /// <summary>How many descriptors came and are the caller's now: the first ones of the span it gave.</summary>
    public int DescriptorCount => facts.DescriptorCount;

    /// <summary>How many more came, and were closed because the span was full.</summary>
    public int DescriptorsClosed => facts.DescriptorsClosed;

    /// <summary>The sender's process, of a socket with SO_PASSPIDFD; null otherwise. The caller's to dispose. Linux 6.5.</summary>
    public Fd? Pidfd => facts.Pidfd;

    /// <summary>The control messages, descriptors left out.</summary>
    public ControlMessages Control => new(control);

    /// <summary>Where the datagram was sent to, and by which interface it came.</summary>
    /// <remarks>Of sockets with <see cref="SocketOptions.IpPktInfo"/> or <see cref="SocketOptions.Ipv6RecvPktInfo"/>; on FreeBSD IP_RECVDSTADDR, IP_RECVIF.</remarks>
    /// <returns>Whether the kernel told at least one of the two.</returns>
    public bool TryGetPacketInfo(out PacketInfo info)
    {
        info = default;
        bool found = false;
        foreach (ControlMessage message in Control)
        {
            if (message.Level == IPPROTO_IPV6 && message.Type == IPV6_PKTINFO && message.TryRead(out in6_pktinfo six))
            {
                ReadOnlySpan<byte> address = MemoryMarshal.AsBytes(new ReadOnlySpan<in6_addr>(in six.ipi6_addr));
                info = new PacketInfo(AF_INET6, address, address, (int)six.ipi6_ifindex);
                return true;
            }
            if (message.Level != IPPROTO_IP)
                continue;
            if (Target.IsLinux || Target.IsMacOS)
            {
                if (message.Type != IP_PKTINFO || !message.TryRead(out in_pktinfo four))
                    continue;
                uint destination = four.ipi_addr, local = four.ipi_spec_dst;
                info = new PacketInfo(AF_INET, Bytes(in destination), Bytes(in local), four.ipi_ifindex);
                return true;
            }

            // FreeBSD tells in two messages.
            if (message.Type == IP_RECVDSTADDR && message.TryRead(out uint address4))
            {
                info = new PacketInfo(AF_INET, Bytes(in address4), Bytes(in address4), info.InterfaceIndex);
                found = true;
            }
            else if (message.Type == IP_RECVIF && message.TryRead(out sockaddr_dl link))
            {
                SockAddr known = info.Destination;
                info = new PacketInfo(info.Family, known.AddressBytes, known.AddressBytes, link.sdl_index);
                found = true;
            }
        }
        return found;
    }

    static ReadOnlySpan<byte> Bytes(in uint address) => MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in address));
}

/// <summary>What the kernel tells of a message, but for the control data.</summary>
struct MessageFacts
{
    public SockAddr Sender;
    public int Length;
    public int Flags;
    public int ControlLength;
    public int DescriptorCount;
    public int DescriptorsClosed;
    public Fd? Pidfd;
}
