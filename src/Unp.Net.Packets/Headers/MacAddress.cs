using System.Diagnostics.CodeAnalysis;
using System.Net.NetworkInformation;
using System.Runtime.CompilerServices;

namespace Unp.Net.Packets;

/// <summary>An Ethernet address: 6 bytes in the order of transmission.</summary>
[InlineArray(Size)]
public struct MacAddress : IEquatable<MacAddress>
{
    /// <summary>The number of bytes of an address.</summary>
    public const int Size = 6;

    byte first;

    /// <summary>Creates an address from its bytes.</summary>
    /// <param name="bytes">6 bytes in the order of transmission.</param>
    /// <exception cref="ArgumentException">There are not 6 bytes.</exception>
    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"An Ethernet address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(this);
    }

    /// <summary>Gets the address of all hosts of a link, ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast => new([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

    /// <summary>Gets the bytes in the order of transmission.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => this;

    /// <summary>Gets whether the address is one of a group of hosts, or <see cref="Broadcast"/>.</summary>
    public readonly bool IsGroup => (first & 1) != 0;

    /// <summary>Reads an address from text: six hexadecimal numbers with colons or hyphens, such as <c>02:00:5e:10:00:01</c>.</summary>
    /// <exception cref="FormatException">The text is not an Ethernet address.</exception>
    public static MacAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PhysicalAddress.TryParse(text, out PhysicalAddress? address) && address.GetAddressBytes() is { Length: Size } bytes
            ? new MacAddress(bytes)
            : throw new FormatException($"'{text}' is not an Ethernet address. Write it as 02:00:5e:10:00:01.");
    }

    /// <summary>Returns whether two addresses are equal.</summary>
    public readonly bool Equals(MacAddress other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => Wire.Hash(Bytes);

    /// <summary>Returns six hexadecimal numbers with colons.</summary>
    public override readonly string ToString() =>
        $"{this[0]:x2}:{this[1]:x2}:{this[2]:x2}:{this[3]:x2}:{this[4]:x2}:{this[5]:x2}";

    /// <summary>Returns whether two addresses are equal.</summary>
    public static bool operator ==(MacAddress left, MacAddress right) => left.Equals(right);

    /// <summary>Returns whether two addresses differ.</summary>
    public static bool operator !=(MacAddress left, MacAddress right) => !left.Equals(right);
}
