using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The properties of a message that <see cref="Libunp.Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> has received, without
/// its data.
/// </summary>
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
    /// Gets the number of bytes of data; 0 means the end of a stream or an empty datagram. If the flags of the call contained MSG_TRUNC
    /// (Linux, datagrams), it is the full size of the datagram, which may exceed the buffer.
    /// </summary>
    public int Length => facts.Length;

    /// <summary>Gets the flags of the message: a combination of MSG_TRUNC, MSG_CTRUNC, MSG_EOR, MSG_OOB, MSG_ERRQUEUE...</summary>
    public int Flags => facts.Flags;

    /// <summary>Gets the address of the sender. It has no family on a connected stream.</summary>
    public SockAddr Address => facts.Sender;

    /// <summary>Gets whether the datagram was longer than the buffer; the rest is lost.</summary>
    public bool IsTruncated => (Flags & MSG_TRUNC) != 0;

    /// <summary>
    /// Gets whether the control data was longer than its buffer; the rest is lost. It is also true if descriptors were lost because the
    /// process has reached its limit (EMFILE).
    /// </summary>
    public bool IsControlTruncated => (Flags & MSG_CTRUNC) != 0;

    /// <summary>Gets the number of descriptors at the beginning of the caller's span. The caller owns them.</summary>
    public int DescriptorCount => facts.DescriptorCount;

    /// <summary>Gets the number of further descriptors, which were closed because the span was full.</summary>
    public int DescriptorsClosed => facts.DescriptorsClosed;

    /// <summary>
    /// Gets the pidfd of the sender's process, which the caller must dispose; null unless the socket has SO_PASSPIDFD. Linux 6.5.
    /// </summary>
    public Fd? Pidfd => facts.Pidfd;

    /// <summary>Gets the number of control bytes received, which <see cref="Control"/> enumerates.</summary>
    public int ControlLength => control.Length;

    /// <summary>Gets the control messages. The descriptor numbers in them are replaced by -1.</summary>
    public ControlMessages Control => new(control);

    /// <inheritdoc cref="ControlMessages.TryGetPacketInfo"/>
    public bool TryGetPacketInfo(out PacketInfo info) => Control.TryGetPacketInfo(out info);

    /// <summary>Returns a text such as <c>"5 bytes from 192.0.2.1:9877"</c>, with the number of descriptors if there are any.</summary>
    public override string ToString() =>
        $"{Length} bytes{(Address.Length == 0 ? "" : $" from {Address}")}"
        + (DescriptorCount == 0 ? "" : DescriptorCount == 1 ? ", 1 descriptor" : $", {DescriptorCount} descriptors")
        + (IsTruncated ? " (truncated)" : "");
}

/// <summary>The properties that the kernel reports for a message, without its control data.</summary>
struct MessageFacts
{
    public SockAddr Sender;
    public int Length;
    public int Flags;
    public int ControlLength;
    public int DescriptorCount;
    public int DescriptorsClosed;
    public Fd? Pidfd;

    /// <summary>
    /// Initializes the properties. The 128 bytes of the sender are not cleared, because that costs time and the kernel fills them.
    /// </summary>
    internal static void Begin(out MessageFacts facts)
    {
        Unsafe.SkipInit(out facts);
        facts.Sender.SetReceivedLength(0);
        facts.Length = facts.Flags = facts.ControlLength = facts.DescriptorCount = facts.DescriptorsClosed = 0;
        facts.Pidfd = null;
    }
}
