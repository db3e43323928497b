using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A view of an Ethernet frame with its tags of IEEE 802.1Q, in any number (QinQ).</summary>
/// <remarks>It is valid as long as the bytes below it. <c>default</c> is an empty frame of zeros.</remarks>
public readonly ref struct EthernetFrame
{
    const int TypeOffset = 12;
    const int MinEtherType = 1536;

    readonly ReadOnlySpan<byte> bytes;
    readonly int payloadOffset;

    EthernetFrame(ReadOnlySpan<byte> bytes, int payloadOffset)
    {
        this.bytes = bytes;
        this.payloadOffset = payloadOffset;
    }

    /// <summary>Gets the first 14 bytes. The type there is that of the first tag, if the frame has tags.</summary>
    public ref readonly EthernetHeader Header => ref Wire.View<EthernetHeader>(bytes);

    /// <summary>Gets the tags, the outer one first.</summary>
    public ReadOnlySpan<VlanTag> Tags =>
        MemoryMarshal.Cast<byte, VlanTag>(payloadOffset == 0 ? default : bytes[TypeOffset..(payloadOffset - sizeof(EtherType))]);

    /// <summary>Gets the protocol of the payload, behind all tags. It is a length if it is less than 1536.</summary>
    public EtherType EtherType =>
        payloadOffset == 0 ? default : (EtherType)Wire.Order(MemoryMarshal.Read<ushort>(bytes[(payloadOffset - sizeof(EtherType))..]));

    /// <summary>Gets whether the frame has a length in place of a protocol (IEEE 802.3). An LLC header follows.</summary>
    public bool HasLength => (ushort)EtherType < MinEtherType && payloadOffset != 0;

    /// <summary>Gets the captured bytes after the header and the tags. They may end with padding to 60 bytes.</summary>
    public ReadOnlySpan<byte> Payload
    {
        get
        {
            ReadOnlySpan<byte> payload = bytes[payloadOffset..];
            return HasLength && (int)EtherType < payload.Length ? payload[..(int)EtherType] : payload;
        }
    }

    /// <summary>Gets the length of the header with its tags, in bytes.</summary>
    public int HeaderLength => payloadOffset;

    /// <summary>Reads a frame.</summary>
    /// <param name="bytes">The captured bytes of the frame.</param>
    /// <param name="frame">The frame; empty on failure.</param>
    /// <returns>Whether the header and its tags are complete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EthernetFrame frame)
    {
        frame = default;
        if (bytes.Length < EthernetHeader.Size)
            return false;
        ReadOnlySpan<byte> rest = bytes[TypeOffset..];
        if (!TrySkipTags(ref rest, out _))
            return false;
        frame = new EthernetFrame(bytes, bytes.Length - rest.Length);
        return true;
    }

    /// <summary>Returns the addresses and the protocol.</summary>
    public override string ToString() => $"{Header.Source} > {Header.Destination}, type 0x{(ushort)EtherType:x4}, {Payload.Length} bytes";

    /// <summary>Reads the tags and the protocol behind them.</summary>
    /// <param name="rest">Starts at the first tag or at the protocol; afterwards at the payload.</param>
    /// <param name="etherType">The protocol.</param>
    /// <returns>Whether the protocol is there.</returns>
    internal static bool TrySkipTags(ref ReadOnlySpan<byte> rest, out EtherType etherType)
    {
        etherType = default;
        while (rest.Length >= sizeof(EtherType))
        {
            etherType = (EtherType)Wire.Order(MemoryMarshal.Read<ushort>(rest));
            if (etherType is not (EtherType.Vlan or EtherType.ServiceVlan or EtherType.OldServiceVlan))
            {
                rest = rest[sizeof(EtherType)..];
                return true;
            }
            if (rest.Length < VlanTag.Size)
                return false;
            rest = rest[VlanTag.Size..];
        }
        return false;
    }
}
