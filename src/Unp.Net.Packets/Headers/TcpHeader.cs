using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 20 bytes of a TCP segment (RFC 9293). Options may follow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct TcpHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 20;

    ushort sourcePort;
    ushort destinationPort;
    uint sequenceNumber;
    uint acknowledgmentNumber;
    ushort offsetAndFlags;
    ushort window;
    ushort checksum;
    ushort urgentPointer;

    /// <summary>Creates a header without options.</summary>
    public TcpHeader()
    {
        DataOffset = 5;
    }

    /// <summary>Gets or sets the sender's port.</summary>
    public ushort SourcePort
    {
        readonly get => Wire.Order(sourcePort);
        set => sourcePort = Wire.Order(value);
    }

    /// <summary>Gets or sets the receiver's port.</summary>
    public ushort DestinationPort
    {
        readonly get => Wire.Order(destinationPort);
        set => destinationPort = Wire.Order(value);
    }

    /// <summary>Gets or sets the sequence number of the first byte of data.</summary>
    public uint SequenceNumber
    {
        readonly get => Wire.Order(sequenceNumber);
        set => sequenceNumber = Wire.Order(value);
    }

    /// <summary>Gets or sets the next sequence number that the sender expects.</summary>
    public uint AcknowledgmentNumber
    {
        readonly get => Wire.Order(acknowledgmentNumber);
        set => acknowledgmentNumber = Wire.Order(value);
    }

    /// <summary>Gets or sets the length of the header in words of 4 bytes, with options: 5 to 15.</summary>
    public int DataOffset
    {
        readonly get => Wire.Order(offsetAndFlags) >> 12;
        set => offsetAndFlags = Wire.Order((ushort)Wire.WithBits(Wire.Order(offsetAndFlags), 12, 4, (uint)value));
    }

    /// <summary>Gets or sets the control bits.</summary>
    public TcpFlags Flags
    {
        readonly get => (TcpFlags)(Wire.Order(offsetAndFlags) & 0xfff);
        set => offsetAndFlags = Wire.Order((ushort)Wire.WithBits(Wire.Order(offsetAndFlags), 0, 12, (uint)value));
    }

    /// <summary>Gets or sets the receive window, before scaling.</summary>
    public ushort Window
    {
        readonly get => Wire.Order(window);
        set => window = Wire.Order(value);
    }

    /// <summary>Gets or sets the checksum.</summary>
    public ushort Checksum
    {
        readonly get => Wire.Order(checksum);
        set => checksum = Wire.Order(value);
    }

    /// <summary>Gets or sets the offset of the end of urgent data.</summary>
    public ushort UrgentPointer
    {
        readonly get => Wire.Order(urgentPointer);
        set => urgentPointer = Wire.Order(value);
    }

    /// <summary>Gets the length of the header with its options, in bytes.</summary>
    public readonly int HeaderLength => DataOffset * 4;

    /// <summary>Returns the ports, the flags and the numbers.</summary>
    public override readonly string ToString() =>
        $"{SourcePort} > {DestinationPort}, {Flags}, seq {SequenceNumber}, ack {AcknowledgmentNumber}, win {Window}";
}
