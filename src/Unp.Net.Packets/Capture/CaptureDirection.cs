namespace Unp.Net.Packets;

/// <summary>The packets that a capture receives.</summary>
public enum CaptureDirection
{
    /// <summary>Packets that this host receives or sends. A packet of the loopback, which is both, is captured once.</summary>
    Both,

    /// <summary>Packets that this host receives.</summary>
    Received,

    /// <summary>Packets that this host sends. <see cref="BpfDevice"/> does not support it.</summary>
    Sent,
}
