namespace Unp.Net;

/// <summary>
/// Up to eight pieces of data that are sent in one call without being copied together: C's array of <c>iovec</c> (UNP 14.4).
/// </summary>
/// <remarks>For more than eight pieces use the overloads that take a span of memories.</remarks>
public readonly ref struct GatherBuffers
{
    internal const int Max = 8;

    internal readonly ReadOnlySpan<byte> B0, B1, B2, B3, B4, B5, B6, B7;

    /// <summary>Creates a list of pieces in the given order. Omitted pieces are empty.</summary>
    public GatherBuffers(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default, ReadOnlySpan<byte> fourth = default,
        ReadOnlySpan<byte> fifth = default, ReadOnlySpan<byte> sixth = default, ReadOnlySpan<byte> seventh = default,
        ReadOnlySpan<byte> eighth = default)
    {
        B0 = first;
        B1 = second;
        B2 = third;
        B3 = fourth;
        B4 = fifth;
        B5 = sixth;
        B6 = seventh;
        B7 = eighth;
    }

    /// <summary>Returns the sizes of the pieces in bytes: <c>"4 + 100 bytes"</c>.</summary>
    public override string ToString()
    {
        int[] sizes = [B0.Length, B1.Length, B2.Length, B3.Length, B4.Length, B5.Length, B6.Length, B7.Length];
        int count = Array.FindLastIndex(sizes, size => size > 0) + 1;
        return $"{(count == 0 ? "0" : string.Join(" + ", sizes.Take(count)))} bytes";
    }

    /// <summary>
    /// Fills <paramref name="room"/> with the <c>iovec</c> structures of the pinned pieces. Returns it without the empty pieces at the end.
    /// </summary>
    internal unsafe Span<iovec> Pieces(Span<iovec> room, byte* p0, byte* p1, byte* p2, byte* p3, byte* p4, byte* p5, byte* p6, byte* p7)
    {
        room[0] = new iovec(p0, B0.Length);
        room[1] = new iovec(p1, B1.Length);
        room[2] = new iovec(p2, B2.Length);
        room[3] = new iovec(p3, B3.Length);
        room[4] = new iovec(p4, B4.Length);
        room[5] = new iovec(p5, B5.Length);
        room[6] = new iovec(p6, B6.Length);
        room[7] = new iovec(p7, B7.Length);
        int count = Max;
        while (count > 1 && room[count - 1].iov_len == 0)
            count--;
        return room[..count];
    }
}
