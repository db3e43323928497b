using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Unp.Net.Packets;

/// <summary>An IPv6 address in a header: 16 bytes in network byte order.</summary>
[InlineArray(Size)]
public struct Ipv6Address : IEquatable<Ipv6Address>
{
    /// <summary>The number of bytes of an address.</summary>
    public const int Size = 16;

    byte first;

    /// <summary>Creates an address from its bytes.</summary>
    /// <param name="bytes">16 bytes in network byte order.</param>
    /// <exception cref="ArgumentException">There are not 16 bytes.</exception>
    public Ipv6Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"An IPv6 address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(this);
    }

    /// <summary>Creates an address from an <see cref="IPAddress"/>.</summary>
    /// <exception cref="ArgumentException">The address is not an IPv6 address.</exception>
    public Ipv6Address(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || !address.TryWriteBytes(this, out _))
            throw new ArgumentException($"{address} is not an IPv6 address.", nameof(address));
    }

    /// <summary>Gets the bytes in network byte order.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => this;

    /// <summary>Reads an address from text, such as <c>2001:db8::1</c>.</summary>
    /// <exception cref="FormatException">The text is not an IPv6 address.</exception>
    public static Ipv6Address Parse(string text)
    {
        Ipv6Address address = default;
        Libunp.Inet_pton(Libc.AF_INET6, text, address);
        return address;
    }

    /// <summary>Returns the address as an <see cref="IPAddress"/>.</summary>
    public readonly IPAddress ToIPAddress() => new(Bytes);

    /// <summary>Returns whether two addresses are equal.</summary>
    public readonly bool Equals(Ipv6Address other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Ipv6Address other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => Wire.Hash(Bytes);

    /// <summary>Returns the address in its usual text form.</summary>
    public override readonly string ToString() => ToIPAddress().ToString();

    /// <summary>Returns whether two addresses are equal.</summary>
    public static bool operator ==(Ipv6Address left, Ipv6Address right) => left.Equals(right);

    /// <summary>Returns whether two addresses differ.</summary>
    public static bool operator !=(Ipv6Address left, Ipv6Address right) => !left.Equals(right);
}
