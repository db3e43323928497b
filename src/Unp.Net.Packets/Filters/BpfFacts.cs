using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The loads of Linux that are not from the bytes of a packet.</summary>
static class BpfFacts
{
    const int AttributeHeader = 4;
    const int AttributeTypeMask = 0x3fff;

    internal static uint Load(uint fact, uint a, uint x, ReadOnlySpan<byte> packet, in BpfContext context) => fact switch
    {
        BpfAncillary.Protocol => context.Protocol,
        BpfAncillary.PacketType => context.PacketType,
        BpfAncillary.InterfaceIndex => context.InterfaceIndex,
        BpfAncillary.NetlinkAttribute => FindAttribute(packet, a, x),
        BpfAncillary.NestedNetlinkAttribute => FindNestedAttribute(packet, a, x),
        BpfAncillary.Mark => context.Mark,
        BpfAncillary.Queue => context.Queue,
        BpfAncillary.HardwareType => context.HardwareType,
        BpfAncillary.ReceiveHash => context.ReceiveHash,
        BpfAncillary.Cpu => context.Cpu,
        BpfAncillary.XorWithX => a ^ x,
        BpfAncillary.VlanTag => context.VlanTag ?? 0u,
        BpfAncillary.VlanTagPresent => context.VlanTag is null ? 0u : 1,
        BpfAncillary.PayloadOffset => context.PayloadOffset,
        BpfAncillary.Random => (uint)Random.Shared.NextInt64(1L << 32),
        _ => context.VlanProtocol, // the verifier has refused every other number
    };

    /// <summary>Returns the offset of the first attribute of a type from <paramref name="start"/> on, or 0.</summary>
    static uint FindAttribute(ReadOnlySpan<byte> packet, uint start, uint type)
    {
        if (packet.Length < AttributeHeader || start > packet.Length - AttributeHeader)
            return 0;
        return Find(packet, (int)start, packet.Length, type);
    }

    /// <summary>Returns the offset of the first attribute of a type inside the attribute at <paramref name="start"/>, or 0.</summary>
    static uint FindNestedAttribute(ReadOnlySpan<byte> packet, uint start, uint type)
    {
        if (packet.Length < AttributeHeader || start > packet.Length - AttributeHeader)
            return 0;
        int end = (int)start + MemoryMarshal.Read<ushort>(packet[(int)start..]);
        return end > packet.Length ? 0 : Find(packet, (int)start + AttributeHeader, end, type);
    }

    static uint Find(ReadOnlySpan<byte> packet, int at, int end, uint type)
    {
        while (end - at >= AttributeHeader)
        {
            int length = MemoryMarshal.Read<ushort>(packet[at..]);
            if (length < AttributeHeader || length > end - at)
                return 0;
            if ((MemoryMarshal.Read<ushort>(packet[(at + 2)..]) & AttributeTypeMask) == type)
                return (uint)at;
            at += (length + 3) & ~3;
        }
        return 0;
    }
}
