using System.Runtime.Versioning;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Packets;

/// <summary>The socket of a <see cref="PacketCapture"/> or a <see cref="PacketSocket"/>.</summary>
/// <remarks>
/// The socket is created for no protocol, so nothing arrives before everything is set and the socket is bound. A member of a fanout group
/// joins after that, and until then its filter accepts nothing, because it would receive the packets of the others.
/// </remarks>
[SupportedOSPlatform("linux")]
sealed class CaptureSocket
{
    readonly uint interfaceIndex;
    readonly CaptureFilter filter;
    CaptureStatistics total;

    /// <summary>Creates the socket without binding it, and sets the options.</summary>
    internal CaptureSocket(string? interfaceName, CaptureOptions options)
    {
        options.Validate();
        if (options.IsPromiscuous && interfaceName is null)
            throw new ArgumentException("Promiscuous mode needs an interface.", nameof(options));
        InterfaceName = interfaceName;
        Options = options;
        interfaceIndex = interfaceName is null ? 0 : If_nametoindex(interfaceName);
        LinkType = interfaceName is null ? LinkType.LinuxSll2 : LinkTypeOf(interfaceName);
        IsCooked = LinkType == LinkType.LinuxSll2;
        filter = CaptureFilter.Create(options.Filter, options.SnapLength, IsCooked);
        Descriptor = Create(IsCooked ? SOCK_DGRAM : SOCK_RAW);
    }

    internal Fd Descriptor { get; }

    internal string? InterfaceName { get; }

    internal CaptureOptions Options { get; }

    internal LinkType LinkType { get; }

    /// <summary>Gets whether the kernel removes the link-layer header, and the capture writes another one.</summary>
    internal bool IsCooked { get; }

    /// <summary>Starts the capture.</summary>
    internal void Start()
    {
        if (Options.IsPromiscuous)
        {
            var membership = new packet_mreq { mr_ifindex = (int)interfaceIndex, mr_type = (ushort)PACKET_MR_PROMISC };
            Set(PACKET_ADD_MEMBERSHIP, nameof(PACKET_ADD_MEMBERSHIP), membership);
        }

        // Kernels before 4.20 do not have the option. IsWanted ignores the packets anyway.
        if (Options.Direction == CaptureDirection.Received)
            setsockopt(Descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
        (Options.Fanout is null ? filter.InKernel : CaptureFilter.Nothing).AttachTo(Descriptor);
        Bind(Descriptor, SockAddr.Packet(interfaceIndex, ETH_P_ALL));
        if (Options.Fanout is { } fanout)
        {
            Set(PACKET_FANOUT, $"{nameof(PACKET_FANOUT)}, group {fanout.Group}", fanout.Group | (Flags(fanout) << 16));
            filter.InKernel.AttachTo(Descriptor);
        }
        CheckInterface();
    }

    internal void Set<T>(int option, string subject, in T value)
        where T : unmanaged
    {
        unsafe
        {
            fixed (T* first = &value)
            {
                if (setsockopt(Descriptor, SOL_PACKET, option, first, (uint)sizeof(T)) < 0)
                    throw new UnpException(Errno.Last, "setsockopt", subject);
            }
        }
    }

    /// <summary>Returns whether a packet has the direction of the capture.</summary>
    internal bool IsWanted(in SockAddr address)
    {
        bool isSent = address.PacketType == PACKET_OUTGOING;
        return Options.Direction switch
        {
            CaptureDirection.Received => !isSent,
            CaptureDirection.Sent => isSent,
            _ => !isSent || address.HardwareType != ARPHRD_LOOPBACK, // the loopback also delivers what it sends
        };
    }

    /// <summary>Completes a packet: adds what the kernel keeps beside it, and applies the rest of the filter.</summary>
    /// <param name="room">The packet after its headroom.</param>
    /// <param name="start">The start of the packet in the room.</param>
    /// <param name="wireLength">The number of bytes that the packet had.</param>
    /// <param name="tag">The protocol of the VLAN tag in the upper half, the tag in the lower; 0: none.</param>
    /// <param name="address">The address of the packet.</param>
    /// <param name="data">The captured bytes.</param>
    /// <returns>Whether the filter accepts the packet.</returns>
    internal bool TryComplete(
        Span<byte> room, int start, scoped ref int wireLength, uint tag, scoped in SockAddr address, out ReadOnlySpan<byte> data)
    {
        int first = start;
        if (IsCooked)
            FrameHeader.WriteCooked(room, ref start, address, tag);
        else if (tag != 0)
            FrameHeader.InsertTag(room, ref start, tag);
        wireLength += first - start;
        data = room[start..];
        uint accepted = filter.InProcess is null ? uint.MaxValue : filter.InProcess.Run(data, wireLength);
        data = data[..(int)Math.Min((uint)Math.Min(data.Length, Options.SnapLength), accepted)];
        return accepted != 0;
    }

    /// <summary>Returns the VLAN tag that the kernel has removed, with its protocol in the upper half; 0: none.</summary>
    internal static uint TagOf(uint status, uint tci, uint protocol)
    {
        const uint CustomerTag = 0x8100;
        return (status & (uint)TP_STATUS_VLAN_VALID) == 0 ? 0
            : ((status & (uint)TP_STATUS_VLAN_TPID_VALID) == 0 ? CustomerTag : protocol) << 16 | (ushort)tci;
    }

    /// <summary>Reports an interface that is down or gone. The kernel reports that once, so a wait does not return at once again.</summary>
    internal void CheckInterface()
    {
        var error = new Errno(Getsockopt<int>(Descriptor, SOL_SOCKET, SO_ERROR));
        if (error.Value != 0)
            Report(error);
    }

    /// <summary>Throws an exception for an error of the socket, unless the capture continues while the interface is down.</summary>
    internal void Report(Errno error)
    {
        bool isDown = error == Errno.ENETDOWN;
        bool isGone = isDown && (int)Getsockname(Descriptor).InterfaceIndex < 0;
        if (isGone || !isDown || !Options.ContinuesWhileDown)
        {
            string subject = InterfaceName is null ? "all interfaces" : $"interface {InterfaceName}";
            throw new UnpException(isGone ? Errno.ENODEV : error, "capture", subject);
        }
    }

    /// <summary>Returns the sum of the counters, which the kernel resets with each call.</summary>
    internal CaptureStatistics Count()
    {
        var added = Getsockopt<tpacket_stats_v3>(Descriptor, SOL_PACKET, PACKET_STATISTICS);
        total = new(total.Received + added.tp_packets, total.Dropped + added.tp_drops, total.Freezes + added.tp_freeze_q_cnt);
        return total;
    }

    static Fd Create(int type)
    {
        try
        {
            return Socket(AF_PACKET, type, 0);
        }
        catch (UnpException e) when (e.Errno == Errno.EPERM)
        {
            throw new UnpException(Errno.EPERM, "socket", "AF_PACKET, which requires CAP_NET_RAW");
        }
    }

    static LinkType LinkTypeOf(string interfaceName)
    {
        using Fd socket = Socket(AF_INET, SOCK_DGRAM, 0);
        var request = new ifreq { ifr_name = interfaceName };
        Ioctl(socket, SIOCGIFHWADDR, ref request);
        int type = request.HardwareType;
        return type == ARPHRD_ETHER || type == ARPHRD_LOOPBACK ? LinkType.Ethernet
            : type == ARPHRD_NONE || type == ARPHRD_TUNNEL || type == ARPHRD_TUNNEL6 || type == ARPHRD_SIT ? LinkType.Raw
            : LinkType.LinuxSll2;
    }

    static int Flags(CaptureFanout fanout) =>
        fanout.Mode switch
        {
            FanoutMode.Flow => PACKET_FANOUT_HASH,
            FanoutMode.RoundRobin => PACKET_FANOUT_LB,
            FanoutMode.Processor => PACKET_FANOUT_CPU,
            FanoutMode.Rollover => PACKET_FANOUT_ROLLOVER,
            FanoutMode.Random => PACKET_FANOUT_RND,
            _ => PACKET_FANOUT_QM,
        }
        | (fanout.RollsOver ? PACKET_FANOUT_FLAG_ROLLOVER : 0) | (fanout.Defragments ? PACKET_FANOUT_FLAG_DEFRAG : 0);
}
