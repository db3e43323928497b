using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Netlink.Benchmarks;

// The structs of benchmarks/reference/netlink.c. They have no padding, so their bytes can be compared.

[InlineArray(4)]
struct Bytes4
{
    byte first;
}

[InlineArray(16)]
struct Bytes16
{
    byte first;
}

[InlineArray(32)]
struct Bytes32
{
    byte first;
}

[InlineArray(256)]
struct Bytes256
{
    byte first;
}

[StructLayout(LayoutKind.Sequential)]
struct LinkEntry
{
    internal int Index, Mtu, Master, Peer, PeerNamespace, QueueLength, Group, Promiscuity;
    internal uint Flags;
    internal ushort HardwareType;
    internal byte State, AddressLength;
    internal Bytes32 Address, Broadcast;
    internal Bytes16 Name, Kind, MasterKind, QueueDiscipline;
    internal Bytes256 Alias;
    internal rtnl_link_stats64 Statistics;
}

[StructLayout(LayoutKind.Sequential)]
struct AddressEntry
{
    internal int Index;
    internal uint Flags, Metric, Preferred, Valid;
    internal byte Family, PrefixLength, Scope, Unused;
    internal Bytes16 Local, Address;
    internal Bytes4 Broadcast;
    internal Bytes16 Label;
}

[StructLayout(LayoutKind.Sequential)]
struct RouteEntry
{
    internal uint Table, Metric, Flags, NextHopId, Expires;
    internal int Index;
    internal uint Lock, Mtu, Window, AdvertisedSegmentSize, HopLimit, CongestionWindow, ReceiveWindow, MinimumTimeout;
    internal byte Family, DestinationLength, SourceLength, TypeOfService, Protocol, Scope, Kind, Preference;
    internal Bytes16 Destination, Source, Gateway, PreferredSource;
}

[InlineArray(9)]
struct Numbers9
{
    uint first;
}

[StructLayout(LayoutKind.Sequential)]
struct SocketEntry
{
    internal inet_diag_msg Header;
    internal Numbers9 Memory;
    internal uint Mark;
    internal byte TypeOfService, TrafficClass, V6Only, Shutdown;
    internal Bytes16 CongestionControl;
    internal Bytes256 Info;
}
