namespace Unp.Net.Packets;

/// <summary>
/// The numbers of the facts about a packet that Linux offers to a filter: <c>SKF_AD_*</c> of linux/filter.h. A filter loads a fact from
/// <see cref="Offset"/> plus its number.
/// </summary>
public static class BpfAncillary
{
    /// <summary>The start of the offsets of facts: SKF_AD_OFF.</summary>
    public const uint Offset = unchecked((uint)-0x1000);

    /// <summary>The protocol, such as ETH_P_IP.</summary>
    public const uint Protocol = 0;

    /// <summary>The type of the packet: PACKET_HOST, PACKET_OUTGOING...</summary>
    public const uint PacketType = 4;

    /// <summary>The index of the interface.</summary>
    public const uint InterfaceIndex = 8;

    /// <summary>
    /// The offset of the netlink attribute whose type is in the index register. The search begins at the offset in the accumulator.
    /// </summary>
    public const uint NetlinkAttribute = 12;

    /// <summary>Like <see cref="NetlinkAttribute"/>, inside the attribute at the offset in the accumulator.</summary>
    public const uint NestedNetlinkAttribute = 16;

    /// <summary>The mark.</summary>
    public const uint Mark = 20;

    /// <summary>The receive queue of the device.</summary>
    public const uint Queue = 24;

    /// <summary>The hardware type of the device, such as ARPHRD_ETHER.</summary>
    public const uint HardwareType = 28;

    /// <summary>The hash of the flow.</summary>
    public const uint ReceiveHash = 32;

    /// <summary>The processor that runs the filter.</summary>
    public const uint Cpu = 36;

    /// <summary>The exclusive or of the accumulator and the index register, a calculation in place of a fact.</summary>
    public const uint XorWithX = 40;

    /// <summary>The VLAN tag that the kernel has removed from the packet.</summary>
    public const uint VlanTag = 44;

    /// <summary>1 if the kernel has removed a VLAN tag, else 0.</summary>
    public const uint VlanTagPresent = 48;

    /// <summary>The offset of the payload behind the transport header.</summary>
    public const uint PayloadOffset = 52;

    /// <summary>A random number.</summary>
    public const uint Random = 56;

    /// <summary>The protocol of the VLAN tag that the kernel has removed, such as ETH_P_8021Q.</summary>
    public const uint VlanProtocol = 60;

    /// <summary>The start of the offsets that count from the network header: SKF_NET_OFF.</summary>
    public const uint NetworkOffset = unchecked((uint)-0x100000);

    /// <summary>The start of the offsets that count from the link-layer header: SKF_LL_OFF.</summary>
    public const uint LinkOffset = unchecked((uint)-0x200000);

    internal static bool IsKnown(uint fact) => fact <= VlanProtocol && fact % 4 == 0;
}
