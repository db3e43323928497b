namespace Unp.Net;

/// <summary>Up to eight pieces of data that are sent as one, without being copied together: C's array of <c>iovec</c> (section 14.4).</summary>
/// <remarks>For more of them there are the overloads that take a span of memories.</remarks>
public readonly ref struct GatherBuffers
{
    internal readonly ReadOnlySpan<byte> B0, B1, B2, B3, B4, B5, B6, B7;

    /// <summary>The pieces in their order. Those left out are empty.</summary>
    public GatherBuffers(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default, ReadOnlySpan<byte> fourth = default,
        ReadOnlySpan<byte> fifth = default, ReadOnlySpan<byte> sixth = default, ReadOnlySpan<byte> seventh = default, ReadOnlySpan<byte> eighth = default)
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
}
