using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>What <see cref="Libunp.Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> received, beside the data.</summary>
public readonly ref partial struct ReceivedMessage
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

    /// <summary>How many bytes of the room for control data are filled: what <see cref="Control"/> goes through.</summary>
    public int ControlLength => control.Length;

    /// <summary>The control messages, descriptors left out.</summary>
    public ControlMessages Control => new(control);

    /// <summary>Where the datagram was sent to, and by which interface it came.</summary>
    /// <remarks>Of sockets with <see cref="SocketOptions.IpPktInfo"/> or <see cref="SocketOptions.Ipv6RecvPktInfo"/>; on FreeBSD IP_RECVDSTADDR, IP_RECVIF.</remarks>
    /// <returns>Whether the kernel told at least one of the two.</returns>
    public bool TryGetPacketInfo(out PacketInfo info) => PacketInfo.TryFind(control, out info);
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

    /// <summary>Nothing received. The 128 bytes of the sender, which the kernel fills, are not cleared before.</summary>
    internal static void Begin(out MessageFacts facts)
    {
        Unsafe.SkipInit(out facts);
        facts.Sender.SetReceivedLength(0);
        facts.Length = facts.Flags = facts.ControlLength = facts.DescriptorCount = facts.DescriptorsClosed = 0;
        facts.Pidfd = null;
    }
}
