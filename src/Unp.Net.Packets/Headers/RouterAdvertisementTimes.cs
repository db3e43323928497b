using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The times of a router advertisement in milliseconds (RFC 4861 section 4.2). 0 means unspecified.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct RouterAdvertisementTimes
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 8;

    uint reachableTime;
    uint retransTimer;

    /// <summary>Gets or sets the time for which a neighbor counts as reachable after a confirmation.</summary>
    public uint ReachableTime
    {
        readonly get => Wire.Order(reachableTime);
        set => reachableTime = Wire.Order(value);
    }

    /// <summary>Gets or sets the time between neighbor solicitations.</summary>
    public uint RetransTimer
    {
        readonly get => Wire.Order(retransTimer);
        set => retransTimer = Wire.Order(value);
    }

    /// <summary>Returns the times.</summary>
    public override readonly string ToString() => $"reachable {ReachableTime} ms, retrans {RetransTimer} ms";
}
