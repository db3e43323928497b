using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The forms of multicast groups. These options can only be set.</summary>
static class MulticastForms
{
    /// <summary>A group_req on macOS, because macOS truncates an ip_mreqn to an ip_mreq, which has no index.</summary>
    public static OptionForm<MulticastGroup> Ipv4Group { get; } = Target.IsMacOS
        ? new OptionForm<Abi.Darwin.group_req, MulticastGroup>(
            "ip_mreqn",
            CannotBeRead<Abi.Darwin.group_req, MulticastGroup>,
            static (value, option) =>
            {
                _ = OptionForms.InNetworkOrder(value.Group, option);
                return new(Request(value));
            })
        : new OptionForm<ip_mreqn, MulticastGroup>(
            "ip_mreqn",
            CannotBeRead<ip_mreqn, MulticastGroup>,
            static (value, option) => new ip_mreqn
            {
                imr_multiaddr = OptionForms.InNetworkOrder(value.Group, option),
                imr_ifindex = value.Interface <= int.MaxValue ? (int)value.Interface
                    : throw OptionForms.OutOfRange(option, value, $"an interface index of 0 to {int.MaxValue}"),
            });

    public static OptionForm<MulticastGroup> Ipv6Group { get; } = new OptionForm<ipv6_mreq, MulticastGroup>(
        "ipv6_mreq",
        CannotBeRead<ipv6_mreq, MulticastGroup>,
        static (value, option) =>
        {
            ArgumentNullException.ThrowIfNull(value.Group, nameof(value));
            if (value.Group.AddressFamily != AddressFamily.InterNetworkV6)
                throw new ArgumentException($"{option.Name} takes an IPv6 address, not {value.Group}.", nameof(value));
            var request = new ipv6_mreq { ipv6mr_interface = value.Interface };
            value.Group.TryWriteBytes(request.ipv6mr_multiaddr, out _);
            return request;
        });

    public static OptionForm<IpMulticastSource> Ipv4Source { get; } = new OptionForm<ip_mreq_source, IpMulticastSource>(
        "ip_mreq_source",
        CannotBeRead<ip_mreq_source, IpMulticastSource>,
        static (value, option) => new ip_mreq_source(
            OptionForms.InNetworkOrder(value.Group, option),
            OptionForms.InNetworkOrder(value.Source, option),
            value.Interface is { } address ? OptionForms.InNetworkOrder(address, option) : 0));

    /// <summary>macOS packs the structure.</summary>
    public static OptionForm<MulticastGroup> Group { get; } = Target.IsMacOS
        ? new OptionForm<Abi.Darwin.group_req, MulticastGroup>(
            "group_req",
            CannotBeRead<Abi.Darwin.group_req, MulticastGroup>,
            static (value, _) => new(Request(value)),
            static value => LevelOf(value.Group))
        : new OptionForm<group_req, MulticastGroup>(
            "group_req",
            CannotBeRead<group_req, MulticastGroup>,
            static (value, _) => Request(value),
            static value => LevelOf(value.Group));

    /// <summary>macOS packs the structure.</summary>
    public static OptionForm<MulticastSource> Source { get; } = Target.IsMacOS
        ? new OptionForm<Abi.Darwin.group_source_req, MulticastSource>(
            "group_source_req",
            CannotBeRead<Abi.Darwin.group_source_req, MulticastSource>,
            static (value, option) => new(Request(value, option)),
            static value => LevelOf(value.Group))
        : new OptionForm<group_source_req, MulticastSource>(
            "group_source_req", CannotBeRead<group_source_req, MulticastSource>, Request, static value => LevelOf(value.Group));

    static int LevelOf(IPAddress group) => group.AddressFamily == AddressFamily.InterNetworkV6 ? IPPROTO_IPV6 : IPPROTO_IP;

    static group_req Request(MulticastGroup value)
    {
        ArgumentNullException.ThrowIfNull(value.Group, nameof(value));
        return new() { gr_interface = value.Interface, gr_group = Storage(value.Group) };
    }

    static group_source_req Request(MulticastSource value, SocketOption option)
    {
        ArgumentNullException.ThrowIfNull(value.Group, nameof(value));
        ArgumentNullException.ThrowIfNull(value.Source, nameof(value));
        if (value.Group.AddressFamily != value.Source.AddressFamily)
        {
            throw new ArgumentException(
                $"{option.Name} takes a group and a source of one family, not {value.Group} and {value.Source}.", nameof(value));
        }
        return new() { gsr_interface = value.Interface, gsr_group = Storage(value.Group), gsr_source = Storage(value.Source) };
    }

    static sockaddr_storage Storage(IPAddress address)
    {
        sockaddr_storage storage = default;
        new SockAddr(address, 0).Bytes.CopyTo(MemoryMarshal.AsBytes(new Span<sockaddr_storage>(ref storage)));
        return storage;
    }

    static T CannotBeRead<TRaw, T>(TRaw raw) => throw new UnreachableException();
}
