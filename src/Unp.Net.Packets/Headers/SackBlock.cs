using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A block of data that arrived after a gap (RFC 2018).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SackBlock
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 8;

    uint leftEdge;
    uint rightEdge;

    /// <summary>Gets or sets the first sequence number of the block.</summary>
    public uint LeftEdge
    {
        readonly get => Wire.Order(leftEdge);
        set => leftEdge = Wire.Order(value);
    }

    /// <summary>Gets or sets the sequence number behind the block.</summary>
    public uint RightEdge
    {
        readonly get => Wire.Order(rightEdge);
        set => rightEdge = Wire.Order(value);
    }

    /// <summary>Returns the edges.</summary>
    public override readonly string ToString() => $"{LeftEdge}-{RightEdge}";
}
