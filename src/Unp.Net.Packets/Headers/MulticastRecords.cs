namespace Unp.Net.Packets;

/// <summary>The records of a multicast listener report of version 2, for <c>foreach</c>. It allocates nothing.</summary>
/// <remarks>The enumeration ends before the first record that is not complete.</remarks>
public ref struct MulticastRecords
{
    ReadOnlySpan<byte> rest;
    int count;
    MulticastRecord current;

    internal MulticastRecords(ReadOnlySpan<byte> bytes, int count)
    {
        rest = bytes;
        this.count = count;
    }

    /// <summary>Gets the current record.</summary>
    public readonly MulticastRecord Current => current;

    /// <summary>Returns this enumerator.</summary>
    public readonly MulticastRecords GetEnumerator() => this;

    /// <summary>Moves to the next record.</summary>
    /// <returns>Whether a complete record follows.</returns>
    public bool MoveNext()
    {
        current = default;
        if (count == 0 || !MulticastRecord.TryRead(ref rest, out current))
            return false;
        count--;
        return true;
    }

    /// <summary>Returns the number of records that were not enumerated yet.</summary>
    public override readonly string ToString() => $"{count} records";
}
