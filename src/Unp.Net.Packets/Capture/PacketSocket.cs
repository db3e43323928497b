using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Packets;

/// <summary>
/// A capture that receives each packet with a call of <c>recvmsg(2)</c>, without a ring. It delivers a packet at once, needs little memory,
/// and suits few packets. <see cref="PacketCapture"/> suits many. Linux only.
/// </summary>
/// <remarks>
/// The packets are those of <see cref="PacketCapture"/>. The options of the ring have no effect. One thread reads at a time.
/// </remarks>
/// <example>
/// <code>
/// using var socket = new PacketSocket("eth0", new CaptureOptions { Filter = BpfProgram.Compile("arp") });
/// if (socket.Wait(TimeSpan.FromSeconds(5)) &amp;&amp; socket.TryRead(out CapturedPacket packet))
///     Console.WriteLine(packet.Decode().Arp.ToString());
/// </code>
/// </example>
/// <seealso href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</seealso>
[SupportedOSPlatform("linux")]
public sealed class PacketSocket : IDisposable
{
    readonly CaptureSocket socket;
    readonly byte[] buffer;
    readonly byte[] control;
    readonly byte[] address = new byte[SockAddr.Capacity];

    /// <summary>Opens a capture in the network namespace of the calling thread, and starts it.</summary>
    /// <param name="interfaceName">The name of the interface; null: all interfaces.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="UnpException">
    /// EPERM: the process lacks CAP_NET_RAW; ENODEV: no such interface; ENETDOWN: it is down; EINVAL: the members of the fanout group have
    /// another mode, or another protocol; EMFILE, ENFILE.
    /// </exception>
    /// <exception cref="ArgumentException">An option is wrong, see <see cref="CaptureOptions.Validate"/>.</exception>
    public PacketSocket(string? interfaceName, CaptureOptions? options = null)
    {
        options ??= CaptureOptions.Default;
        socket = new CaptureSocket(interfaceName, options);
        try
        {
            socket.Set(PACKET_AUXDATA, nameof(PACKET_AUXDATA), 1);
            Setsockopt(socket.Descriptor, SocketOptions.TimestampNs, true);
            if (options.Clock == CaptureClock.Device)
                Setsockopt(socket.Descriptor, SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_RAW_HARDWARE);
            buffer = new byte[FrameHeader.Headroom + options.SnapLength];
            control = new byte[
                ControlSpace.Of(Unsafe.SizeOf<tpacket_auxdata>()) + ControlSpace.Timestamp + ControlSpace.Timestamping];
            socket.Start();
        }
        catch
        {
            Dispose();
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
    public CaptureStatistics Statistics => socket.Count();

    /// <summary>Receives the next packet if one is there. It replaces the previous one.</summary>
    /// <param name="packet">The packet, which is valid until the next call.</param>
    /// <returns>False if no packet is there. <see cref="Wait"/> or a <see cref="Poller"/> waits for the next one.</returns>
    /// <exception cref="UnpException">
    /// ENETDOWN: the interface went down; the capture can be used on, and receives again when the interface is up. ENODEV: the interface is
    /// gone. The message has its name.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public bool TryRead(out CapturedPacket packet)
    {
        while (true)
        {
            if (TryReceive(out int length, out int addressLength, out int controlLength))
            {
                var facts = new ControlMessages(control.AsSpan(0, controlLength));
                if (TryOpen(length, address.AsSpan(0, addressLength), facts, out packet))
                    return true;
                continue;
            }
            packet = default;
            Errno error = Errno.Last;
            if (error == Errno.EAGAIN)
                return false;
            if (error != Errno.EINTR)
                socket.Report(error);
        }
    }

    /// <summary>Waits until a packet is there, or the interface went down.</summary>
    /// <param name="timeout">The longest wait, rounded up to milliseconds; zero checks once; null waits indefinitely.</param>
    /// <returns>False if the time is over. True does not guarantee a packet, because it may have another direction.</returns>
    /// <remarks>Dispose does not end the wait. A <see cref="Poller"/> has <see cref="Poller.Wake"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public bool Wait(TimeSpan? timeout = null) => CaptureWait.For(Descriptor, timeout);

    /// <summary>Ends the capture.</summary>
    public void Dispose() => socket.Descriptor.Dispose();

    /// <summary>Returns the interface and the link type.</summary>
    public override string ToString() => $"packet socket of {InterfaceName ?? "all interfaces"}, {LinkType}";

    /// <summary>Calls <c>recvmsg(2)</c>, without the flag MSG_CMSG_CLOEXEC of Libunp, which packet sockets refuse (EINVAL).</summary>
    unsafe bool TryReceive(out int length, out int addressLength, out int controlLength)
    {
        fixed (byte* name = address, data = &buffer[FrameHeader.Headroom], facts = control)
        {
            var piece = new iovec(data, buffer.Length - FrameHeader.Headroom);
            var message = new msghdr
            {
                msg_name = name,
                msg_namelen = (uint)address.Length,
                msg_iov = &piece,
                msg_iovlen = 1,
                msg_control = facts,
                msg_controllen = (nuint)control.Length,
            };
            length = (int)recvmsg(Descriptor, &message, MSG_DONTWAIT);
            (addressLength, controlLength) = ((int)message.msg_namelen, (int)message.msg_controllen);
            return length >= 0;
        }
    }

    /// <summary>Returns the packet of a message, unless its direction or the filter excludes it.</summary>
    bool TryOpen(int length, ReadOnlySpan<byte> sender, ControlMessages control, out CapturedPacket packet)
    {
        packet = default;
        var from = new SockAddr(sender);
        if (!socket.IsWanted(from))
            return false;
        tpacket_auxdata facts = FactsIn(control);
        int wireLength = (int)facts.tp_len;
        uint status = facts.tp_status;
        PacketTime time = TimeOf(control, ref status);
        uint tag = CaptureSocket.TagOf(status, facts.tp_vlan_tci, facts.tp_vlan_tpid);
        Span<byte> room = buffer.AsSpan(0, FrameHeader.Headroom + length);
        if (!socket.TryComplete(room, FrameHeader.Headroom, ref wireLength, tag, from, out ReadOnlySpan<byte> data))
            return false;
        packet = new CapturedPacket(data, wireLength, time, LinkType, status, sender);
        return true;
    }

    static tpacket_auxdata FactsIn(ControlMessages control)
    {
        foreach (ControlMessage message in control)
        {
            if (message.Level == SOL_PACKET && message.Type == PACKET_AUXDATA)
                return MemoryMarshal.Read<tpacket_auxdata>(message.Data);
        }
        throw new InvalidOperationException($"The kernel sent no {nameof(PACKET_AUXDATA)}.");
    }

    /// <summary>Returns the time of the network card if it took one, else of the kernel.</summary>
    PacketTime TimeOf(ControlMessages control, ref uint status)
    {
        status &= ~TP_STATUS_TS_RAW_HARDWARE;
        if (socket.Options.Clock == CaptureClock.Device && control.TryGetTimestamps(out SocketTimestamps times) && IsSet(times.Hardware))
        {
            status |= TP_STATUS_TS_RAW_HARDWARE;
            return ToPacketTime(times.Hardware);
        }
        return control.TryGetTimestamp(out timespec time) ? ToPacketTime(time) : default;
    }

    static bool IsSet(in timespec time) => time.tv_sec != 0 || time.tv_nsec != 0;

    static PacketTime ToPacketTime(in timespec time) => PacketTime.FromUnixTime(time.tv_sec, time.tv_nsec);
}
