using System.Runtime.CompilerServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The types of ICMPv6 messages that a raw socket gets (UNP 28.4, RFC 3542), with C's <c>ICMP6_FILTER_*</c> macros as methods.
/// </summary>
[InlineArray(8)]
public struct Icmp6Filter
{
    // One bit per type. A set bit blocks the type on Linux and passes it on the BSDs.
    uint types;

    /// <summary>Gets a filter that passes all types, as on a new socket.</summary>
    public static Icmp6Filter PassAll => Of(Target.IsLinux ? 0 : uint.MaxValue);

    /// <summary>Gets a filter that blocks all types.</summary>
    public static Icmp6Filter BlockAll => Of(Target.IsLinux ? uint.MaxValue : 0);

    /// <summary>Returns whether messages of this type pass.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is not 0 to 255.</exception>
    public readonly bool WillPass(int type) => ((this[Word(type)] & Bit(type)) != 0) != Target.IsLinux;

    /// <summary>Passes messages of this type.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is not 0 to 255.</exception>
    public void Pass(int type) => Set(type, !Target.IsLinux);

    /// <summary>Blocks messages of this type.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is not 0 to 255.</exception>
    public void Block(int type) => Set(type, Target.IsLinux);

    /// <summary>
    /// Returns the types that pass: <c>"passes all"</c>, <c>"passes 128 129"</c>; or the blocked ones: <c>"blocks 135"</c>.
    /// </summary>
    public override readonly string ToString()
    {
        Icmp6Filter all = this;
        ILookup<bool, int> types = Enumerable.Range(0, byte.MaxValue + 1).ToLookup(type => all.WillPass(type));
        bool isMost = types[true].Count() > types[false].Count();
        string[] named = [.. types[!isMost].Select(type => $"{type}")];
        return (named.Length, isMost) switch
        {
            (0, true) => "passes all",
            (0, false) => "blocks all",
            _ => $"{(isMost ? "blocks" : "passes")} {string.Join(' ', named)}",
        };
    }

    static Icmp6Filter Of(uint types)
    {
        Icmp6Filter filter = default;
        ((Span<uint>)filter).Fill(types);
        return filter;
    }

    void Set(int type, bool bit)
    {
        if (bit)
            this[Word(type)] |= Bit(type);
        else
            this[Word(type)] &= ~Bit(type);
    }

    static int Word(int type)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(type);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(type, byte.MaxValue);
        return type >> 5;
    }

    static uint Bit(int type) => 1u << (type & 31);
}
