using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>
/// A packet of a capture. It is valid until the next read or the end of the capture. Its memory stays readable afterwards.
/// </summary>
public readonly ref struct CapturedPacket
{
    readonly ReadOnlySpan<byte> address;
    readonly uint status;

    internal CapturedPacket(
        ReadOnlySpan<byte> data, int wireLength, PacketTime time, LinkType linkType, uint status = 0, ReadOnlySpan<byte> address = default)
    {
        Data = data;
        WireLength = wireLength;
        Time = time;
        LinkType = linkType;
        this.status = status;
        this.address = address;
    }

    /// <summary>Gets the captured bytes, from the link-layer header on. VLAN tags are in their place.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Gets the number of bytes that the packet had. It is more than <see cref="Data"/> has if the packet was cut.</summary>
    public int WireLength { get; }

    /// <summary>Gets the time, with nanoseconds. The BSDs report microseconds.</summary>
    public PacketTime Time { get; }

    /// <summary>Gets the header that <see cref="Data"/> begins with.</summary>
    public LinkType LinkType { get; }

    /// <summary>Gets whether the network card took the time, see <see cref="CaptureClock.Device"/>.</summary>
    public bool HasDeviceTime => OperatingSystem.IsLinux() && (status & TP_STATUS_TS_RAW_HARDWARE) != 0;

    /// <summary>
    /// Gets whether the transport checksum is not computed yet, because the network card of this host will do that.
    /// </summary>
    public bool LacksChecksum => Has(TP_STATUS_CSUMNOTREADY);

    /// <summary>Gets whether the kernel or the network card has verified the transport checksum.</summary>
    public bool HasVerifiedChecksum => Has(TP_STATUS_CSUM_VALID);

    /// <summary>
    /// Gets the interface, the type of the packet and the sender's hardware address. The BSDs do not report it, so it is empty there.
    /// </summary>
    public SockAddr Address => address.IsEmpty ? default : new SockAddr(address);

    /// <summary>Gets the index of the interface; 0: unknown.</summary>
    public uint InterfaceIndex => address.IsEmpty ? 0 : Address.InterfaceIndex;

    /// <summary>Gets whether this host sends the packet. On the BSDs it is always false.</summary>
    public bool IsSent => !address.IsEmpty && Address.PacketType == PACKET_OUTGOING;

    /// <summary>Returns views of the headers.</summary>
    public Packet Decode() => Packet.Decode(Data, LinkType, WireLength);

    /// <summary>Returns the time and the lengths.</summary>
    public override string ToString() => $"{Time}: {Data.Length} of {WireLength} bytes";

    bool Has(int flag) => OperatingSystem.IsLinux() && (status & (uint)flag) != 0;
}
