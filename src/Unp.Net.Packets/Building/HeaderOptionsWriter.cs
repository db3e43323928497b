using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>Writes options of TCP, IPv4, IPv6 or neighbor discovery, or SCTP parameters, into a buffer of the caller.</summary>
/// <example><code>
/// HeaderOptionsWriter options = HeaderOptionsWriter.ForTcp(new byte[40]);
/// options.AddNumber((int)TcpOptionKind.MaximumSegmentSize, (ushort)1460);
/// options.Add((int)TcpOptionKind.SackPermitted);
/// var builder = new PacketBuilder(buffer);
/// builder.AddTcp(new TcpHeader { DestinationPort = 80, Flags = TcpFlags.Syn }, options.Written);
/// </code></example>
public ref struct HeaderOptionsWriter
{
    readonly Span<byte> buffer;
    readonly OptionFormat format;

    // The bytes of the options without and with the padding at their end. The next option replaces that padding.
    int used, length;

    HeaderOptionsWriter(Span<byte> buffer, OptionFormat format)
    {
        this.buffer = buffer;
        this.format = format;
    }

    /// <summary>Gets the options with their padding: TCP, IPv4 and SCTP to a multiple of 4 bytes, neighbor discovery to 8.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer[..length];

    /// <summary>Creates a writer of TCP options.</summary>
    /// <param name="buffer">Room for the options, which have at most 40 bytes.</param>
    public static HeaderOptionsWriter ForTcp(Span<byte> buffer) => new(buffer, OptionFormat.Ipv4AndTcp);

    /// <summary>Creates a writer of IPv4 options.</summary>
    /// <param name="buffer">Room for the options, which have at most 40 bytes.</param>
    public static HeaderOptionsWriter ForIpv4(Span<byte> buffer) => new(buffer, OptionFormat.Ipv4AndTcp);

    /// <summary>Creates a writer of options of a hop-by-hop or destination options header.</summary>
    /// <param name="buffer">Room for the options.</param>
    public static HeaderOptionsWriter ForIpv6(Span<byte> buffer) => new(buffer, OptionFormat.Ipv6);

    /// <summary>Creates a writer of neighbor discovery options.</summary>
    /// <param name="buffer">Room for the options.</param>
    public static HeaderOptionsWriter ForNeighborDiscovery(Span<byte> buffer) => new(buffer, OptionFormat.NeighborDiscovery);

    /// <summary>Creates a writer of SCTP parameters.</summary>
    /// <param name="buffer">Room for the parameters.</param>
    public static HeaderOptionsWriter ForSctp(Span<byte> buffer) => new(buffer, OptionFormat.Sctp);

    /// <summary>Adds an option.</summary>
    /// <param name="type">The type, for example a <see cref="TcpOptionKind"/>. Padding is added by <see cref="AddPadding"/>.</param>
    /// <param name="data">The bytes after the type and the length.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is too long for an option.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> does not fit, or it is a type of padding.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void Add(int type, scoped ReadOnlySpan<byte> data = default)
    {
        CheckType(type);
        int head = format == OptionFormat.Sctp ? 4 : 2, size = head + data.Length, unit = Unit;
        if (format == OptionFormat.NeighborDiscovery)
            size = Align(size, unit);
        if (size > MaxSize)
            throw new ArgumentException($"An option has {MaxSize - head} bytes of data at most, not {data.Length}.", nameof(data));
        Span<byte> option = Reserve(size);
        if (format == OptionFormat.Sctp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(option, (ushort)type);
            BinaryPrimitives.WriteUInt16BigEndian(option[2..], (ushort)size);
        }
        else
        {
            option[0] = (byte)type;
            option[1] = (byte)(format switch
            {
                OptionFormat.Ipv6 => data.Length,
                OptionFormat.NeighborDiscovery => size / unit,
                _ => size,
            });
        }
        data.CopyTo(option[head..]);

        // The padding belongs to an SCTP parameter, so the next parameter follows it.
        if (format == OptionFormat.Sctp)
            used = length;
    }

    /// <summary>Adds an option whose data is a number, in network byte order.</summary>
    /// <typeparam name="T">The type of the number, which has the size that the protocol requires.</typeparam>
    /// <param name="type">The type.</param>
    /// <param name="number">The number.</param>
    /// <inheritdoc cref="Add" path="/exception"/>
    public void AddNumber<T>(int type, T number)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<byte> data = stackalloc byte[Unsafe.SizeOf<T>()];

        // WriteBigEndian would box the number, because it is a default method of the interface.
        _ = number.TryWriteBigEndian(data, out _);
        Add(type, data);
    }

    /// <summary>Adds an option whose data is a structure, such as <see cref="PrefixInformation"/>.</summary>
    /// <typeparam name="T">The structure, whose fields are in network byte order.</typeparam>
    /// <param name="type">The type.</param>
    /// <param name="fields">The structure.</param>
    /// <inheritdoc cref="Add" path="/exception"/>
    public void AddFields<T>(int type, scoped in T fields)
        where T : unmanaged
        => Add(type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in fields)));

    /// <summary>Adds padding that aligns the next option: no-operations of TCP and IPv4, Pad1 or PadN of IPv6.</summary>
    /// <param name="count">The number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative, or more than 257.</exception>
    /// <exception cref="InvalidOperationException">
    /// The buffer is too short, or the format is neighbor discovery or SCTP, which have no such padding.
    /// </exception>
    public void AddPadding(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 2 + byte.MaxValue);
        if (format is OptionFormat.NeighborDiscovery or OptionFormat.Sctp)
            throw new InvalidOperationException("Neighbor discovery options and SCTP parameters have no padding of their own.");
        Span<byte> padding = Reserve(count);
        if (format == OptionFormat.Ipv6)
            PadIpv6(padding);
        else
            padding.Fill(1);
    }

    /// <summary>Returns the number of bytes.</summary>
    public override readonly string ToString() => $"{length} bytes of options";

    /// <summary>Fills bytes with one Pad1 or PadN option of IPv6.</summary>
    internal static void PadIpv6(Span<byte> padding)
    {
        padding.Clear();
        if (padding.Length < 2)
            return;
        padding[0] = (byte)Ipv6OptionType.PadN;
        padding[1] = (byte)(padding.Length - 2);
    }

    readonly int Unit => format switch
    {
        OptionFormat.Ipv6 => 1,
        OptionFormat.NeighborDiscovery => 8,
        _ => 4,
    };

    readonly int MaxSize => format switch
    {
        OptionFormat.Ipv6 => 2 + byte.MaxValue,
        OptionFormat.NeighborDiscovery => 8 * byte.MaxValue,
        OptionFormat.Sctp => ushort.MaxValue,
        _ => 40,
    };

    static int Align(int size, int unit) => (size + unit - 1) / unit * unit;

    readonly void CheckType(int type)
    {
        int min = format switch
        {
            OptionFormat.Ipv4AndTcp or OptionFormat.Ipv6 => 2,
            _ => 0,
        };
        int max = format == OptionFormat.Sctp ? ushort.MaxValue : byte.MaxValue;
        if (type < min || type > max)
            throw new ArgumentOutOfRangeException(nameof(type), type, $"The type must be {min} to {max}.");
    }

    /// <summary>Takes room for an option, and clears it with the padding behind it.</summary>
    Span<byte> Reserve(int size)
    {
        int end = Align(used + size, Unit);
        if (end > buffer.Length)
            throw new InvalidOperationException($"The buffer of {buffer.Length} bytes is too short for {end} bytes of options.");
        Span<byte> option = buffer[used..end];
        option.Clear();
        used += size;
        length = end;
        return option[..size];
    }
}
