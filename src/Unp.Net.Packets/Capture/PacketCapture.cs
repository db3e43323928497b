using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>
/// A capture of the packets of an interface, or of all, through a ring of memory that the kernel fills (AF_PACKET, TPACKET_V3). Linux only.
/// </summary>
/// <remarks>
/// <para>The kernel writes packets into blocks of the ring, and delivers a block when it is full or its time is over. Reading a packet
/// needs no system call and allocates nothing. The read after the last packet of a block gives the block back.</para>
/// <para>The interface determines the link type: <see cref="LinkType.Ethernet"/>, also for the loopback; <see cref="LinkType.Raw"/> for
/// tunnels; <see cref="LinkType.LinuxSll2"/> for all interfaces and for other types.</para>
/// <para>One thread reads at a time. Any thread may dispose the capture. Memory of a packet stays readable after that, but its contents
/// are lost.</para>
/// </remarks>
/// <example>
/// <code>
/// using var capture = new PacketCapture("eth0", new CaptureOptions { Filter = BpfProgram.Compile("tcp port 80") });
/// while (capture.Wait())
/// {
///     while (capture.TryRead(out CapturedPacket packet))
///         Console.WriteLine($"{packet.Time} {packet.Decode().Ipv4.Header.SourceAddress}: {packet.WireLength} bytes");
/// }
/// </code>
/// </example>
/// <seealso href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</seealso>
[SupportedOSPlatform("linux")]
public sealed class PacketCapture : IDisposable
{
    /// <summary>The length of a frame, which only divides the block, because a packet may use several.</summary>
    const int FrameSize = 2048;

    readonly Lock gate = new();
    readonly CaptureSocket socket;
    readonly RingMemory memory;
    readonly PacketRing ring;
    bool isDisposed;

    /// <summary>Opens a capture in the network namespace of the calling thread, and starts it.</summary>
    /// <param name="interfaceName">The name of the interface; null: all interfaces.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="UnpException">
    /// EPERM: the process lacks CAP_NET_RAW; ENODEV: no such interface; ENETDOWN: it is down; ENOMEM: the kernel lacks memory for the ring;
    /// EINVAL: the members of the fanout group have another mode, or another protocol; EMFILE, ENFILE.
    /// </exception>
    /// <exception cref="ArgumentException">An option is wrong, see <see cref="CaptureOptions.Validate"/>.</exception>
    public PacketCapture(string? interfaceName, CaptureOptions? options = null)
    {
        options ??= CaptureOptions.Default;
        socket = new CaptureSocket(interfaceName, options);
        try
        {
            memory = CreateRing(socket);
            unsafe
            {
                ring = new PacketRing(memory.Start, options.BlockSize, options.BlockCount);
            }
            socket.Start();
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Gets the descriptor, for a <see cref="Poller"/> and for socket options. Do not close it.</summary>
    public Fd Descriptor => socket.Descriptor;

    /// <summary>Gets the name of the interface; null: all interfaces.</summary>
    public string? InterfaceName => socket.InterfaceName;

    /// <summary>Gets the header that the packets begin with.</summary>
    public LinkType LinkType => socket.LinkType;

    /// <summary>Gets the counters since the capture was opened.</summary>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public CaptureStatistics Statistics
    {
        get
        {
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(isDisposed, this);
                return socket.Count();
            }
        }
    }

    /// <summary>Returns the next packet if one is there. The memory of the previous one may be used again.</summary>
    /// <param name="packet">The packet, which is valid until the next call.</param>
    /// <returns>False if no packet is there. <see cref="Wait"/> or a <see cref="Poller"/> waits for the next one.</returns>
    /// <exception cref="UnpException">
    /// ENETDOWN: the interface went down; the capture can be used on, and receives again when the interface is up. ENODEV: the interface is
    /// gone. The message has its name.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public bool TryRead(out CapturedPacket packet)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            while (true)
            {
                Span<byte> frame = ring.Next();
                if (frame.IsEmpty)
                    break;
                if (TryOpen(frame, out packet))
                    return true;
            }
            packet = default;
            socket.CheckInterface();
            return false;
        }
    }

    /// <summary>Waits until a packet is there, or the interface went down.</summary>
    /// <param name="timeout">The longest wait, rounded up to milliseconds; zero checks once; null waits indefinitely.</param>
    /// <returns>False if the time is over. True does not guarantee a packet, because another direction may be in the block.</returns>
    /// <remarks>Dispose does not end the wait. A <see cref="Poller"/> has <see cref="Poller.Wake"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public bool Wait(TimeSpan? timeout = null) => CaptureWait.For(Descriptor, timeout);

    /// <summary>Ends the capture.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            Close();
        }
    }

    /// <summary>Returns the interface and the link type.</summary>
    public override string ToString() => $"capture of {InterfaceName ?? "all interfaces"}, {LinkType}";

    void Close()
    {
        memory?.Dispose();
        socket.Descriptor.Dispose();
    }

    static RingMemory CreateRing(CaptureSocket socket)
    {
        CaptureOptions options = socket.Options;
        socket.Set(PACKET_VERSION, nameof(PACKET_VERSION), TPACKET_V3);
        socket.Set(PACKET_RESERVE, nameof(PACKET_RESERVE), FrameHeader.Headroom);
        if (options.Clock == CaptureClock.Device)
            socket.Set(PACKET_TIMESTAMP, nameof(PACKET_TIMESTAMP), SOF_TIMESTAMPING_RAW_HARDWARE);
        var request = new tpacket_req3
        {
            tp_block_size = (uint)options.BlockSize,
            tp_block_nr = (uint)options.BlockCount,
            tp_frame_size = FrameSize,
            tp_frame_nr = (uint)(options.RingSize / FrameSize),
            tp_retire_blk_tov = (uint)options.BlockTimeout.TotalMilliseconds,
        };
        socket.Set(PACKET_RX_RING, $"{nameof(PACKET_RX_RING)}, {options.BlockCount} blocks of {options.BlockSize} bytes", request);
        return new RingMemory(socket.Descriptor, options.RingSize);
    }

    /// <summary>Returns the packet of a frame, unless its direction or the filter excludes it.</summary>
    bool TryOpen(Span<byte> frame, out CapturedPacket packet)
    {
        ref tpacket3_hdr header = ref MemoryMarshal.AsRef<tpacket3_hdr>(frame);
        Span<byte> address = frame.Slice(Unsafe.SizeOf<tpacket3_hdr>(), AddressSize);
        var from = new SockAddr(address);
        int wireLength = (int)header.tp_len;
        uint tag = CaptureSocket.TagOf(header.tp_status, header.hv1.tp_vlan_tci, header.hv1.tp_vlan_tpid);
        Span<byte> room = frame[..(header.tp_mac + (int)header.tp_snaplen)];
        if (!socket.IsWanted(from) || !socket.TryComplete(room, header.tp_mac, ref wireLength, tag, from, out ReadOnlySpan<byte> data))
        {
            packet = default;
            return false;
        }
        var time = PacketTime.FromUnixTime(header.tp_sec, header.tp_nsec);
        packet = new CapturedPacket(data, wireLength, time, LinkType, header.tp_status, address);
        return true;
    }

    /// <summary>Gets the size of the <c>sockaddr_ll</c> behind the header.</summary>
    static int AddressSize { get; } = SockAddr.Packet(0).Length;
}
