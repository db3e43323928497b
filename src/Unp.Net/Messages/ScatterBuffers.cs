namespace Unp.Net;

/// <summary>Up to eight buffers that are filled one after the other: C's array of <c>iovec</c> (section 14.4).</summary>
/// <remarks>For more of them there are the overloads that take a span of memories.</remarks>
public readonly ref struct ScatterBuffers
{
    /// <summary>The same bytes: to the kernel it is one array.</summary>
    internal readonly GatherBuffers AsGather;

    /// <summary>The buffers in their order. Those left out are empty.</summary>
    public ScatterBuffers(
        Span<byte> first, Span<byte> second, Span<byte> third = default, Span<byte> fourth = default,
        Span<byte> fifth = default, Span<byte> sixth = default, Span<byte> seventh = default, Span<byte> eighth = default) =>
        AsGather = new GatherBuffers(first, second, third, fourth, fifth, sixth, seventh, eighth);
}
