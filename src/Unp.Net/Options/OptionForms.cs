using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The forms of the options.</summary>
static class OptionForms
{
    /// <summary>Any number but 0 is true, because the BSDs do not always read back 1.</summary>
    public static OptionForm<bool> Flag { get; } =
        new OptionForm<int, bool>("int as boolean", static raw => raw != 0, static (value, _) => value ? 1 : 0);

    /// <summary>For options that must be a byte on a BSD. The other systems accept a byte too.</summary>
    public static OptionForm<bool> ByteFlag { get; } =
        new OptionForm<byte, bool>("byte as boolean", static raw => raw != 0, static (value, _) => value ? (byte)1 : (byte)0);

    public static OptionForm<int> Byte { get; } = new OptionForm<byte, int>("byte", static raw => raw, static (value, option) =>
        value is >= 0 and <= byte.MaxValue ? (byte)value : throw OutOfRange(option, value, "0 to 255"));

    public static OptionForm<int> Int { get; } = new OptionForm<int, int>("int", static raw => raw, static (value, _) => value);

    public static OptionForm<int> Bytes { get; } = new OptionForm<int, int>("int, bytes", static raw => raw, static (value, option) =>
        value >= 0 ? value : throw OutOfRange(option, value, "0 or more bytes"));

    public static OptionForm<uint> UInt { get; } =
        new OptionForm<uint, uint>("unsigned int", static raw => raw, static (value, _) => value);

    public static OptionForm<ulong> ULong { get; } = new OptionForm<ulong, ulong>("64 bits", static raw => raw, static (value, _) => value);

    public static OptionForm<Errno> Error { get; } =
        new OptionForm<int, Errno>("int, an errno", static raw => new Errno(raw), static (value, _) => value.Value);

    /// <summary>The index of an interface, in network order; other options have it in host order.</summary>
    public static OptionForm<uint> IndexInNetworkOrder { get; } = new OptionForm<uint, uint>(
        "int, network order",
        static raw => BinaryPrimitives.ReverseEndianness(raw),
        static (value, _) => BinaryPrimitives.ReverseEndianness(value));

    public static OptionForm<PortRange> Ports { get; } = new OptionForm<uint, PortRange>(
        "unsigned int, two ports",
        static raw => new((ushort)raw, (ushort)(raw >> 16)),
        static (value, _) => value.Low | ((uint)value.High << 16));

    /// <summary>Bytes per second. FreeBSD has 32 bits; all ones (no limit) are converted to all ones of 64 bits.</summary>
    public static OptionForm<ulong> Rate { get; } = Target.IsLinux
        ? new OptionForm<ulong, ulong>("bytes per second", static raw => raw, static (value, _) => value)
        : new OptionForm<uint, ulong>(
            "bytes per second",
            static raw => raw == uint.MaxValue ? ulong.MaxValue : raw,
            static (value, option) => value switch
            {
                ulong.MaxValue => uint.MaxValue,
                <= uint.MaxValue => (uint)value,
                _ => throw OutOfRange(option, value, $"0 to {uint.MaxValue} bytes per second"),
            });

    public static OptionForm<IPAddress> Ipv4 { get; } = new OptionForm<uint, IPAddress>(
        "in_addr", static raw => new IPAddress(raw), static (value, option) => InNetworkOrder(value, option));

    /// <summary>The next hop. Can only be set.</summary>
    public static OptionForm<SockAddr> SocketAddress { get; } = new OptionForm<sockaddr_in6, SockAddr>(
        "sockaddr_in6", static _ => throw new UnreachableException(), static (value, option) =>
            value.Family == AF_INET6 && value.HasPort ? MemoryMarshal.Read<sockaddr_in6>(value.Bytes)
            : throw new ArgumentException($"{option.Name} takes an IPv6 address, not {value}.", nameof(value)));

    public static OptionForm<int> PathMtu { get; } = new OptionForm<ip6_mtuinfo, int>(
        "ip6_mtuinfo", static raw => (int)raw.ip6m_mtu, static (_, _) => throw new UnreachableException());

    public static OptionForm<Icmp6Filter> Icmp6Types { get; } = new OptionForm<Icmp6Filter, Icmp6Filter>(
        "icmp6_filter", static raw => raw, static (value, _) => value);

    public static OptionForm<TcpInfo> Info { get; } = new TcpInfoForm();

    public static OptionForm<MptcpInfo> MptcpCounters { get; } = new MptcpInfoForm();

    public static OptionForm<PeerCredentials> PeerCredentials { get; } = new OptionForm<Abi.Linux.ucred, PeerCredentials>(
        "ucred", static raw => new(raw.pid == 0 ? null : raw.pid, raw.uid, raw.gid), static (_, _) => throw new UnreachableException());

    public static OptionForm<PeerCredentials> PeerOfBsd { get; } = new XucredForm();

    public static OptionForm<SockTxTime> TxTime { get; } = new OptionForm<Abi.Linux.sock_txtime, SockTxTime>(
        "sock_txtime",
        static raw => new(raw.clockid, (int)raw.flags),
        static (value, _) => new() { clockid = value.ClockId, flags = (uint)value.Flags });

    /// <summary>IFNAMSIZ.</summary>
    public static OptionForm<string> InterfaceName { get; } = new TextForm(16);

    /// <summary>The name of a congestion control algorithm (TCP_CA_NAME_MAX) or of a protocol on top of TCP.</summary>
    public static OptionForm<string> AlgorithmName { get; } = new TextForm(16);

    /// <summary>40 bytes are the space for options in an IPv4 header.</summary>
    public static OptionForm<byte[]> IpOptionBytes { get; } = new BytesForm(40);

    /// <summary>The longest extension header of IPv6 that its length byte can express.</summary>
    public static OptionForm<byte[]> ExtensionHeader { get; } = new BytesForm(8 * 256);

    /// <summary>The headers of the link layer, IP and TCP, with all their options.</summary>
    public static OptionForm<byte[]> PacketHeaders { get; } = new BytesForm(512);

    /// <summary>Two keys of 16 bytes.</summary>
    public static OptionForm<byte[]> FastOpenKey { get; } = new BytesForm(32);

    internal static ArgumentOutOfRangeException OutOfRange(SocketOption option, object value, string range) =>
        new(nameof(value), value, $"{option.Name} takes {range}.");

    internal static uint InNetworkOrder(IPAddress value, SocketOption option)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.AddressFamily != AddressFamily.InterNetwork)
            throw new ArgumentException($"{option.Name} takes an IPv4 address, not {value}.", nameof(value));
        uint raw = 0;
        value.TryWriteBytes(MemoryMarshal.AsBytes(new Span<uint>(ref raw)), out _);
        return raw;
    }
}
