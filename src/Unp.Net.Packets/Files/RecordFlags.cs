using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The direction of a packet at its interface.</summary>
public enum RecordDirection
{
    /// <summary>The file does not state it.</summary>
    Unknown,

    /// <summary>The interface received the packet.</summary>
    Inbound,

    /// <summary>The interface sent the packet.</summary>
    Outbound,
}

/// <summary>The address that a packet was received for.</summary>
public enum RecordReception
{
    /// <summary>The file does not state it.</summary>
    Unspecified,

    /// <summary>The packet was for this interface.</summary>
    Unicast,

    /// <summary>The packet was for a group.</summary>
    Multicast,

    /// <summary>The packet was for all.</summary>
    Broadcast,

    /// <summary>The packet was for another host.</summary>
    Promiscuous,
}

/// <summary>The facts of the link layer about a packet, which pcapng keeps in a word (epb_flags).</summary>
/// <param name="Value">The word: the direction in bits 0 and 1, the reception in bits 2 to 4, the FCS length in bits 5 to 8, errors from
/// bit 16.</param>
[SuppressMessage("Naming", "CA1711", Justification = "The name of the option in pcapng.")]
public readonly record struct RecordFlags(uint Value)
{
    /// <summary>Creates flags of a direction and a reception.</summary>
    /// <param name="direction">The direction.</param>
    /// <param name="reception">The reception.</param>
    public RecordFlags(RecordDirection direction, RecordReception reception = RecordReception.Unspecified)
        : this(((uint)direction & 3) | (((uint)reception & 7) << 2))
    {
    }

    /// <summary>Gets the direction.</summary>
    public RecordDirection Direction => (RecordDirection)(Value & 3);

    /// <summary>Gets the reception.</summary>
    public RecordReception Reception => (RecordReception)((Value >> 2) & 7);

    /// <summary>Gets the length of the frame check sequence at the end of the packet in bytes; 0: the interface states it.</summary>
    public int FcsLength => (int)((Value >> 5) & 15);

    /// <summary>Gets the errors of the link layer, which depend on its type; bit 8 is a wrong check sequence of Ethernet.</summary>
    public int Errors => (int)(Value >> 16);

    /// <summary>Returns the direction and the reception.</summary>
    public override string ToString() => $"{Direction}, {Reception}";
}
