namespace Unp.Net.Packets;

/// <summary>
/// The facts beside the bytes of a packet that a filter may load on Linux (<see cref="BpfAncillary"/>). The default value has zeros, and no
/// headers.
/// </summary>
public readonly record struct BpfContext
{
    /// <summary>Gets the protocol in host byte order, such as ETH_P_IP.</summary>
    public ushort Protocol { get; init; }

    /// <summary>Gets the type of the packet: PACKET_HOST, PACKET_OUTGOING...</summary>
    public byte PacketType { get; init; }

    /// <summary>Gets the index of the interface.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>Gets the mark.</summary>
    public uint Mark { get; init; }

    /// <summary>Gets the receive queue of the device.</summary>
    public ushort Queue { get; init; }

    /// <summary>Gets the hardware type of the device, such as ARPHRD_ETHER.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>Gets the hash of the flow.</summary>
    public uint ReceiveHash { get; init; }

    /// <summary>Gets the processor that runs the filter.</summary>
    public uint Cpu { get; init; }

    /// <summary>Gets the VLAN tag that was removed from the packet, or null.</summary>
    public ushort? VlanTag { get; init; }

    /// <summary>Gets the protocol of <see cref="VlanTag"/>, such as ETH_P_8021Q.</summary>
    public ushort VlanProtocol { get; init; }

    /// <summary>Gets the offset of the payload behind the transport header.</summary>
    public uint PayloadOffset { get; init; }

    /// <summary>Gets the offset of the network header in the packet; null: there is none, so a load from it ends the program.</summary>
    public uint? NetworkHeaderOffset { get; init; }

    /// <summary>Gets the offset of the link-layer header in the packet; null: there is none, so a load from it ends the program.</summary>
    public uint? LinkHeaderOffset { get; init; }
}
