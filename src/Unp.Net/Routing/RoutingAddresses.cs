namespace Unp.Net;

/// <summary>The places of the addresses in a routing message.</summary>
unsafe ref struct RoutingAddresses(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;
    fixed ushort starts[8]; // RTAX_MAX
    fixed ushort lengths[8];
    int present;

    /// <summary>Returns whether the message has the address. It may be empty: the netmask of a default route.</summary>
    internal readonly bool Has(int index) => (present & 1 << index) != 0;

    internal ReadOnlySpan<byte> this[int index] => bytes.Slice(starts[index], lengths[index]);

    internal void Set(int index, int start, int length)
    {
        starts[index] = (ushort)start;
        lengths[index] = (ushort)length;
        present |= 1 << index;
    }
}
