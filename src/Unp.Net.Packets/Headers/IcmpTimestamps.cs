using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The three times of an ICMP timestamp message, in milliseconds since midnight UT (RFC 792).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IcmpTimestamps
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 12;

    uint originate;
    uint receive;
    uint transmit;

    /// <summary>Gets or sets the time at which the sender last touched the request.</summary>
    public uint OriginateTimestamp
    {
        readonly get => Wire.Order(originate);
        set => originate = Wire.Order(value);
    }

    /// <summary>Gets or sets the time at which the echoer first touched the request.</summary>
    public uint ReceiveTimestamp
    {
        readonly get => Wire.Order(receive);
        set => receive = Wire.Order(value);
    }

    /// <summary>Gets or sets the time at which the echoer last touched the reply.</summary>
    public uint TransmitTimestamp
    {
        readonly get => Wire.Order(transmit);
        set => transmit = Wire.Order(value);
    }

    /// <summary>Returns the times.</summary>
    public override readonly string ToString() => $"{OriginateTimestamp} {ReceiveTimestamp} {TransmitTimestamp}";
}
