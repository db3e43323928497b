using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The fields of an INIT or INIT ACK chunk after the chunk header (RFC 9260 section 3.3.2). Parameters follow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SctpInitFields
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 16;

    uint initiateTag;
    uint advertisedReceiverWindowCredit;
    ushort outboundStreams;
    ushort inboundStreams;
    uint initialTsn;

    /// <summary>Gets or sets the verification tag that the receiver must use.</summary>
    public uint InitiateTag
    {
        readonly get => Wire.Order(initiateTag);
        set => initiateTag = Wire.Order(value);
    }

    /// <summary>Gets or sets the sender's buffer space in bytes.</summary>
    public uint AdvertisedReceiverWindowCredit
    {
        readonly get => Wire.Order(advertisedReceiverWindowCredit);
        set => advertisedReceiverWindowCredit = Wire.Order(value);
    }

    /// <summary>Gets or sets the number of streams that the sender wants to send on.</summary>
    public ushort NumberOfOutboundStreams
    {
        readonly get => Wire.Order(outboundStreams);
        set => outboundStreams = Wire.Order(value);
    }

    /// <summary>Gets or sets the number of streams that the sender accepts.</summary>
    public ushort NumberOfInboundStreams
    {
        readonly get => Wire.Order(inboundStreams);
        set => inboundStreams = Wire.Order(value);
    }

    /// <summary>Gets or sets the first transmission sequence number.</summary>
    public uint InitialTsn
    {
        readonly get => Wire.Order(initialTsn);
        set => initialTsn = Wire.Order(value);
    }

    /// <summary>Returns the tag and the numbers.</summary>
    public override readonly string ToString() =>
        $"tag 0x{InitiateTag:x8}, rwnd {AdvertisedReceiverWindowCredit}, "
        + $"streams {NumberOfOutboundStreams}/{NumberOfInboundStreams}, tsn {InitialTsn}";
}
