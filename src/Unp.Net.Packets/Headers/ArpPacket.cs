namespace Unp.Net.Packets;

/// <summary>A view of an ARP packet (RFC 826).</summary>
/// <remarks>It is valid as long as the bytes below it. <c>default</c> is an empty packet of zeros.</remarks>
public readonly ref struct ArpPacket
{
    readonly ReadOnlySpan<byte> bytes;

    ArpPacket(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Gets the fixed part of the packet.</summary>
    public ref readonly ArpHeader Header => ref Wire.View<ArpHeader>(bytes);

    /// <summary>Gets the sender's hardware address.</summary>
    public ReadOnlySpan<byte> SenderHardwareAddress => Address(0);

    /// <summary>Gets the sender's protocol address.</summary>
    public ReadOnlySpan<byte> SenderProtocolAddress => Address(1);

    /// <summary>Gets the target's hardware address. A request has no meaningful one.</summary>
    public ReadOnlySpan<byte> TargetHardwareAddress => Address(2);

    /// <summary>Gets the target's protocol address.</summary>
    public ReadOnlySpan<byte> TargetProtocolAddress => Address(3);

    /// <summary>Gets whether the packet maps IPv4 addresses of 4 bytes to Ethernet addresses of 6.</summary>
    public bool IsIpv4OverEthernet =>
        Header is { HardwareAddressLength: MacAddress.Size, ProtocolAddressLength: Ipv4Address.Size, ProtocolType: EtherType.Ipv4 };

    /// <summary>Reads a packet.</summary>
    /// <param name="bytes">The bytes after the Ethernet header. Padding may follow the packet.</param>
    /// <param name="packet">The packet; empty on failure.</param>
    /// <returns>Whether the packet is complete with its addresses.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ArpPacket packet)
    {
        packet = default;
        if (bytes.Length < ArpHeader.Size)
            return false;
        ref readonly ArpHeader header = ref Wire.View<ArpHeader>(bytes);
        int length = ArpHeader.Size + 2 * (header.HardwareAddressLength + header.ProtocolAddressLength);
        if (bytes.Length < length)
            return false;
        packet = new ArpPacket(bytes[..length]);
        return true;
    }

    /// <summary>Returns the operation and the protocol addresses.</summary>
    public override string ToString() =>
        IsIpv4OverEthernet
            ? $"{Header}, {new Ipv4Address(SenderProtocolAddress)} to {new Ipv4Address(TargetProtocolAddress)}"
            : $"{Header}, {bytes.Length} bytes";

    ReadOnlySpan<byte> Address(int index)
    {
        int hardware = Header.HardwareAddressLength, protocol = Header.ProtocolAddressLength;
        int start = ArpHeader.Size + (index + 1) / 2 * hardware + index / 2 * protocol;
        return bytes.IsEmpty ? default : bytes.Slice(start, index % 2 == 0 ? hardware : protocol);
    }
}
