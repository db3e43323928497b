using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A view of one record of a multicast listener report of version 2 (RFC 3810 section 5.2.4).</summary>
/// <remarks>It is valid as long as the bytes of the packet below it. <c>default</c> is an empty record of zeros.</remarks>
public readonly ref struct MulticastRecord
{
    const int FixedSize = 4 + Ipv6Address.Size;

    readonly ReadOnlySpan<byte> bytes;

    MulticastRecord(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Gets the type: 1 includes and 2 excludes sources; 3 and 4 change to it; 5 allows and 6 blocks sources.</summary>
    public int RecordType => bytes.IsEmpty ? 0 : bytes[0];

    /// <summary>Gets the group.</summary>
    public Ipv6Address MulticastAddress => bytes.IsEmpty ? default : new Ipv6Address(bytes[4..FixedSize]);

    /// <summary>Gets the sources.</summary>
    public ReadOnlySpan<Ipv6Address> SourceAddresses =>
        bytes.IsEmpty ? default : MemoryMarshal.Cast<byte, Ipv6Address>(bytes.Slice(FixedSize, SourcesSize(bytes)));

    /// <summary>Returns the type, the group and the number of sources.</summary>
    public override string ToString() => $"record {RecordType}, {MulticastAddress}, {SourceAddresses.Length} sources";

    internal static bool TryRead(scoped ref ReadOnlySpan<byte> rest, out MulticastRecord record)
    {
        record = default;
        if (rest.Length < FixedSize)
            return false;
        int auxiliary = rest[1] * 4;
        int length = FixedSize + SourcesSize(rest) + auxiliary;
        if (rest.Length < length)
            return false;
        record = new MulticastRecord(rest[..length]);
        rest = rest[length..];
        return true;
    }

    static int SourcesSize(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16BigEndian(record[2..]) * Ipv6Address.Size;
}
