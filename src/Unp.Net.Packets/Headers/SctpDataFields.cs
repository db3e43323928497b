using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The fields of a DATA chunk after the chunk header (RFC 9260 section 3.3.1). The user data follows.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SctpDataFields
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 12;

    uint tsn;
    ushort streamIdentifier;
    ushort streamSequenceNumber;
    uint payloadProtocolIdentifier;

    /// <summary>Gets or sets the transmission sequence number.</summary>
    public uint Tsn
    {
        readonly get => Wire.Order(tsn);
        set => tsn = Wire.Order(value);
    }

    /// <summary>Gets or sets the stream of the user data.</summary>
    public ushort StreamIdentifier
    {
        readonly get => Wire.Order(streamIdentifier);
        set => streamIdentifier = Wire.Order(value);
    }

    /// <summary>Gets or sets the number of the message in its stream.</summary>
    public ushort StreamSequenceNumber
    {
        readonly get => Wire.Order(streamSequenceNumber);
        set => streamSequenceNumber = Wire.Order(value);
    }

    /// <summary>Gets or sets the protocol of the user data, which SCTP does not interpret.</summary>
    public uint PayloadProtocolIdentifier
    {
        readonly get => Wire.Order(payloadProtocolIdentifier);
        set => payloadProtocolIdentifier = Wire.Order(value);
    }

    /// <summary>Returns the numbers.</summary>
    public override readonly string ToString() =>
        $"tsn {Tsn}, stream {StreamIdentifier}, sequence {StreamSequenceNumber}, ppid {PayloadProtocolIdentifier}";
}
