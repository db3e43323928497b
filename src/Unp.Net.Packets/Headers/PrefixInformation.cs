using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The data of the prefix information option of neighbor discovery (RFC 4861 section 4.6.2).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct PrefixInformation
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 30;

    byte prefixLength;
    byte flags;
    uint validLifetime;
    uint preferredLifetime;
    uint reserved2;
    Ipv6Address prefix;

    /// <summary>Gets or sets the number of leading bits of <see cref="Prefix"/> that are valid.</summary>
    public byte PrefixLength
    {
        readonly get => prefixLength;
        set => prefixLength = value;
    }

    /// <summary>Gets or sets whether hosts with the prefix are on this link.</summary>
    public bool OnLink
    {
        readonly get => (flags & 0x80) != 0;
        set => flags = (byte)Wire.WithBits(flags, 7, 1, value ? 1u : 0);
    }

    /// <summary>Gets or sets whether hosts may form addresses with the prefix.</summary>
    public bool AutonomousAddressConfiguration
    {
        readonly get => (flags & 0x40) != 0;
        set => flags = (byte)Wire.WithBits(flags, 6, 1, value ? 1u : 0);
    }

    /// <summary>Gets or sets the time in seconds for which the prefix is valid. The maximum means infinity.</summary>
    public uint ValidLifetime
    {
        readonly get => Wire.Order(validLifetime);
        set => validLifetime = Wire.Order(value);
    }

    /// <summary>Gets or sets the time in seconds for which addresses of the prefix are preferred.</summary>
    public uint PreferredLifetime
    {
        readonly get => Wire.Order(preferredLifetime);
        set => preferredLifetime = Wire.Order(value);
    }

    /// <summary>Gets or sets the reserved field, 0.</summary>
    public uint Reserved2
    {
        readonly get => Wire.Order(reserved2);
        set => reserved2 = Wire.Order(value);
    }

    /// <summary>Gets or sets the prefix.</summary>
    public Ipv6Address Prefix
    {
        readonly get => prefix;
        set => prefix = value;
    }

    /// <summary>Returns the prefix and the lifetimes.</summary>
    public override readonly string ToString() =>
        $"{Prefix}/{PrefixLength}, valid {ValidLifetime} s, preferred {PreferredLifetime} s";
}
