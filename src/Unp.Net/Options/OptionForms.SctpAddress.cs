using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// SCTP's structures that contain an address.
static partial class SctpForms
{
    public static OptionForm<SctpPrimaryAddr> PrimaryAddr { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_setprim, SctpPrimaryAddr>(
            "sctp_setprim",
            static raw => Value(raw.Neutral),
            static (value, option) => new(Raw(value, option)),
            ask: static (question, option) => new(Raw(question, option)))
        : new OptionForm<sctp_setprim, SctpPrimaryAddr>("sctp_setprim", Value, Raw, ask: Raw);

    /// <summary>Can only be set.</summary>
    public static OptionForm<SctpPrimaryAddr> PeerPrimaryAddr { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_setpeerprim, SctpPrimaryAddr>(
            "sctp_setpeerprim", static _ => throw new UnreachableException(), static (value, option) => new(RawOfPeer(value, option)))
        : new OptionForm<sctp_setpeerprim, SctpPrimaryAddr>("sctp_setpeerprim", static _ => throw new UnreachableException(), RawOfPeer);

    public static OptionForm<SctpPeerAddrParams> PeerAddrParams { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_paddrparams, SctpPeerAddrParams>(
            "sctp_paddrparams",
            static raw => Value(raw.Neutral) with
            {
                DelayedSack = OnOrOff(raw.spp_flags, SPP_SACKDELAY_ENABLE, SPP_SACKDELAY_DISABLE),
                SackDelay = Time(raw.spp_sackdelay),
            },
            static (value, option) =>
            {
                uint delay = Milliseconds(value.SackDelay, option);
                return new(Raw(value, option) with
                {
                    spp_flags = Flags(value)
                        | Switch(value.DelayedSack ?? (delay != 0 ? true : null), SPP_SACKDELAY_ENABLE, SPP_SACKDELAY_DISABLE),
                })
                {
                    spp_sackdelay = delay,
                };
            },
            ask: static (question, option) => new(Question(question, option)))
        : new OptionForm<sctp_paddrparams, SctpPeerAddrParams>("sctp_paddrparams", Value, Raw, ask: Question);

    /// <summary>Can only be read.</summary>
    public static OptionForm<SctpPeerAddrInfo> PeerAddrInfo { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_paddrinfo, SctpPeerAddrInfo>(
            "sctp_paddrinfo",
            static raw => Value(raw.Neutral),
            static (_, _) => throw new UnreachableException(),
            ask: static (question, option) => new(Raw(question, option)))
        : new OptionForm<sctp_paddrinfo, SctpPeerAddrInfo>(
            "sctp_paddrinfo", Value, static (_, _) => throw new UnreachableException(), ask: Raw);

    /// <summary>Can only be read.</summary>
    public static OptionForm<SctpStatus> Status { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_status, SctpStatus>(
            "sctp_status",
            static raw => Value(raw.Neutral),
            static (_, _) => throw new UnreachableException(),
            ask: static (question, _) => new() { sstat_assoc_id = question.AssociationId })
        : new OptionForm<sctp_status, SctpStatus>(
            "sctp_status",
            Value,
            static (_, _) => throw new UnreachableException(),
            ask: static (question, _) => new() { sstat_assoc_id = question.AssociationId });

    static SctpPrimaryAddr Value(sctp_setprim raw) => new(Address(raw.ssp_addr), raw.ssp_assoc_id);

    static sctp_setprim Raw(SctpPrimaryAddr value, SocketOption option) =>
        new() { ssp_addr = Storage(value.Address, option), ssp_assoc_id = value.AssociationId };

    static sctp_setpeerprim RawOfPeer(SctpPrimaryAddr value, SocketOption option) =>
        new() { sspp_addr = Storage(value.Address, option), sspp_assoc_id = value.AssociationId };

    static SctpPeerAddrParams Value(sctp_paddrparams raw) => new(Address(raw.spp_address), raw.spp_assoc_id)
    {
        Heartbeat = OnOrOff(raw.spp_flags, SPP_HB_ENABLE, SPP_HB_DISABLE),
        HeartbeatInterval = Time(raw.spp_hbinterval),
        PathMaxRetransmits = raw.spp_pathmaxrxt,
        PathMtuDiscovery = OnOrOff(raw.spp_flags, SPP_PMTUD_ENABLE, SPP_PMTUD_DISABLE),
        PathMtu = raw.spp_pathmtu,
        Ipv6FlowLabel = (raw.spp_flags & SPP_IPV6_FLOWLABEL) != 0 ? raw.spp_ipv6_flowlabel : null,
        Dscp = (raw.spp_flags & SPP_DSCP) != 0 ? raw.spp_dscp : null,
    };

    static sctp_paddrparams Raw(SctpPeerAddrParams value, SocketOption option) => Question(value, option) with
    {
        spp_hbinterval = Milliseconds(value.HeartbeatInterval ?? default, option),
        spp_pathmtu = value.PathMtu,
        spp_flags = Flags(value),
        spp_ipv6_flowlabel = value.Ipv6FlowLabel ?? 0,
        spp_pathmaxrxt = value.PathMaxRetransmits,
        spp_dscp = value.Dscp ?? 0,
    };

    /// <summary>An empty address selects all addresses on Linux; FreeBSD needs the wildcard address for that.</summary>
    static sctp_paddrparams Question(SctpPeerAddrParams question, SocketOption option)
    {
        SockAddr address = question.Address.Length == 0 && !Target.IsLinux ? SockAddr.Any(AF_INET) : question.Address;
        return new() { spp_address = Storage(address, option), spp_assoc_id = question.AssociationId };
    }

    /// <summary>
    /// Returns the flags that both systems have. The kernel ignores a number without its flag, so a number without an explicit switch sets
    /// it.
    /// </summary>
    static uint Flags(SctpPeerAddrParams value)
    {
        bool? heartbeat = value.Heartbeat ?? (value.HeartbeatInterval is not null ? true : null);
        return Switch(heartbeat, SPP_HB_ENABLE, SPP_HB_DISABLE)
            | Switch(value.PathMtuDiscovery ?? (value.PathMtu != 0 ? false : null), SPP_PMTUD_ENABLE, SPP_PMTUD_DISABLE)
            | Flag(value.HeartbeatNow, SPP_HB_DEMAND)
            | Flag(heartbeat == true && value.HeartbeatInterval == TimeSpan.Zero, SPP_HB_TIME_IS_ZERO)
            | Flag(value.Ipv6FlowLabel is not null, SPP_IPV6_FLOWLABEL)
            | Flag(value.Dscp is not null, SPP_DSCP);
    }

    static uint Flag(bool isSet, int flag) => isSet ? (uint)flag : 0;

    static uint Switch(bool? state, int on, int off) => state is { } isOn ? (uint)(isOn ? on : off) : 0;

    static bool? OnOrOff(uint flags, int on, int off) => (flags & on) != 0 ? true : (flags & off) != 0 ? false : null;

    static SctpPeerAddrInfo Value(sctp_paddrinfo raw) => new(Address(raw.spinfo_address), raw.spinfo_assoc_id)
    {
        State = SctpStates.OfPath(raw.spinfo_state),
        CongestionWindow = raw.spinfo_cwnd,
        SmoothedRtt = Time(raw.spinfo_srtt),
        RetransmissionTimeout = Time(raw.spinfo_rto),
        PathMtu = raw.spinfo_mtu,
    };

    static sctp_paddrinfo Raw(SctpPeerAddrInfo question, SocketOption option) =>
        new() { spinfo_address = Storage(question.Address, option), spinfo_assoc_id = question.AssociationId };

    static SctpStatus Value(sctp_status raw) => new()
    {
        AssociationId = raw.sstat_assoc_id,
        State = SctpStates.Of(raw.sstat_state),
        PeerWindow = raw.sstat_rwnd,
        UnacknowledgedData = raw.sstat_unackdata,
        PendingData = raw.sstat_penddata,
        InStreams = raw.sstat_instrms,
        OutStreams = raw.sstat_outstrms,
        FragmentationPoint = raw.sstat_fragmentation_point,
        Primary = Value(raw.sstat_primary),
    };

    static SockAddr Address(in sockaddr_storage storage)
    {
        int family = storage.head.Family;
        int length = family == AF_INET ? Unsafe.SizeOf<sockaddr_in>() : family == AF_INET6 ? Unsafe.SizeOf<sockaddr_in6>() : 0;
        return new(MemoryMarshal.AsBytes(new ReadOnlySpan<sockaddr_storage>(in storage))[..length]);
    }

    static sockaddr_storage Storage(in SockAddr value, SocketOption option)
    {
        if (value.Length != 0 && !value.HasPort)
            throw new ArgumentException($"{option.Name} takes an IPv4 or IPv6 address, not {value}.", nameof(value));
        sockaddr_storage storage = default;
        value.Bytes.CopyTo(MemoryMarshal.AsBytes(new Span<sockaddr_storage>(ref storage)));
        return storage;
    }
}
