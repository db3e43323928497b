namespace Unp.Net.Packets;

/// <summary>The result of the verification of a checksum.</summary>
public enum ChecksumStatus
{
    /// <summary>The checksum could not be verified: the packet is cut or a fragment, or its protocol is unknown.</summary>
    Unknown,

    /// <summary>The checksum is right.</summary>
    Valid,

    /// <summary>The checksum is wrong. Captures of the host's own packets have these if the network card computes checksums.</summary>
    Invalid,

    /// <summary>The sender computed no checksum: UDP over IPv4 with a checksum of 0.</summary>
    Absent,
}
