using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The fields of a SACK chunk after the chunk header (RFC 9260 section 3.3.4). The gaps and the duplicates follow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SctpSackFields
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 12;

    uint cumulativeTsnAck;
    uint advertisedReceiverWindowCredit;
    ushort gapAckBlocks;
    ushort duplicateTsns;

    /// <summary>Gets or sets the last transmission sequence number before the first gap.</summary>
    public uint CumulativeTsnAck
    {
        readonly get => Wire.Order(cumulativeTsnAck);
        set => cumulativeTsnAck = Wire.Order(value);
    }

    /// <summary>Gets or sets the sender's buffer space in bytes.</summary>
    public uint AdvertisedReceiverWindowCredit
    {
        readonly get => Wire.Order(advertisedReceiverWindowCredit);
        set => advertisedReceiverWindowCredit = Wire.Order(value);
    }

    /// <summary>Gets or sets the number of gap blocks that follow.</summary>
    public ushort NumberOfGapAckBlocks
    {
        readonly get => Wire.Order(gapAckBlocks);
        set => gapAckBlocks = Wire.Order(value);
    }

    /// <summary>Gets or sets the number of duplicates that follow.</summary>
    public ushort NumberOfDuplicateTsns
    {
        readonly get => Wire.Order(duplicateTsns);
        set => duplicateTsns = Wire.Order(value);
    }

    /// <summary>Returns the numbers.</summary>
    public override readonly string ToString() =>
        $"tsn {CumulativeTsnAck}, rwnd {AdvertisedReceiverWindowCredit}, {NumberOfGapAckBlocks} gaps, {NumberOfDuplicateTsns} duplicates";
}
