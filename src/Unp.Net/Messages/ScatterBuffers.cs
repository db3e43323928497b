namespace Unp.Net;

/// <summary>Up to eight buffers that a receive fills one after the other: C's array of <c>iovec</c> (UNP 14.4).</summary>
/// <remarks>For more than eight buffers use the overloads that take a span of memories.</remarks>
public readonly ref struct ScatterBuffers
{
    /// <summary>The same buffers as <see cref="GatherBuffers"/>, because the kernel takes the same array for both directions.</summary>
    internal readonly GatherBuffers AsGather;

    /// <summary>Creates a list of buffers in the given order. Omitted buffers are empty.</summary>
    public ScatterBuffers(
        Span<byte> first, Span<byte> second, Span<byte> third = default, Span<byte> fourth = default,
        Span<byte> fifth = default, Span<byte> sixth = default, Span<byte> seventh = default, Span<byte> eighth = default) =>
        AsGather = new GatherBuffers(first, second, third, fourth, fifth, sixth, seventh, eighth);

    /// <inheritdoc cref="GatherBuffers.ToString"/>
    public override string ToString() => AsGather.ToString();
}
