using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A block of user data that arrived after a gap (RFC 9260 section 3.3.4).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SctpGapBlock
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 4;

    ushort start;
    ushort end;

    /// <summary>Gets or sets the first number of the block, as an offset from the cumulative TSN.</summary>
    public ushort Start
    {
        readonly get => Wire.Order(start);
        set => start = Wire.Order(value);
    }

    /// <summary>Gets or sets the last number of the block, as an offset from the cumulative TSN.</summary>
    public ushort End
    {
        readonly get => Wire.Order(end);
        set => end = Wire.Order(value);
    }

    /// <summary>Returns the offsets.</summary>
    public override readonly string ToString() => $"{Start}-{End}";
}
