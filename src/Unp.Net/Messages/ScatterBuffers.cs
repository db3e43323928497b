namespace Unp.Net;

/// <summary>Up to eight buffers that are filled one after the other: C's array of <c>iovec</c> (section 14.4).</summary>
/// <remarks>For more of them there are the overloads that take a span of memories.</remarks>
public readonly ref struct ScatterBuffers
{
    internal readonly Span<byte> B0, B1, B2, B3, B4, B5, B6, B7;

    /// <summary>The buffers in their order. Those left out are empty.</summary>
    public ScatterBuffers(
        Span<byte> first, Span<byte> second, Span<byte> third = default, Span<byte> fourth = default,
        Span<byte> fifth = default, Span<byte> sixth = default, Span<byte> seventh = default, Span<byte> eighth = default)
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
