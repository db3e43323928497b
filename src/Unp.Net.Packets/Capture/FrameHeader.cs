using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>Writes the parts of a packet that the kernel keeps beside it: a VLAN tag, or the header of a cooked capture.</summary>
static class FrameHeader
{
    /// <summary>The number of bytes before a packet that must be free.</summary>
    internal const int Headroom = LinuxSll2Header.Size + VlanTag.Size;

    const int EthernetAddresses = 12;

    /// <summary>Inserts a VLAN tag behind the addresses of an Ethernet header.</summary>
    /// <param name="room">The packet after its headroom.</param>
    /// <param name="start">The start of the packet in the room; on return the new one.</param>
    /// <param name="tag">The protocol of the tag in the upper half, the tag in the lower.</param>
    /// <returns>Whether it was inserted, which needs both addresses.</returns>
    internal static bool InsertTag(Span<byte> room, ref int start, uint tag)
    {
        if (room.Length - start < EthernetAddresses)
            return false;
        room.Slice(start, EthernetAddresses).CopyTo(room[(start - VlanTag.Size)..]);
        start -= VlanTag.Size;
        BinaryPrimitives.WriteUInt32BigEndian(room[(start + EthernetAddresses)..], tag);
        return true;
    }

    /// <summary>Writes the header of LINKTYPE_LINUX_SLL2, with a VLAN tag if the packet had one.</summary>
    /// <param name="room">The packet after its headroom.</param>
    /// <param name="start">The start of the packet in the room; on return that of the header.</param>
    /// <param name="address">The address of the packet.</param>
    /// <param name="tag">The protocol of the tag in the upper half, the tag in the lower; 0: none.</param>
    internal static void WriteCooked(Span<byte> room, ref int start, in SockAddr address, uint tag)
    {
        ushort protocol = (ushort)address.PacketProtocol;
        if (tag != 0)
        {
            start -= VlanTag.Size;
            BinaryPrimitives.WriteUInt32BigEndian(room[start..], (tag << 16) | protocol);
            protocol = (ushort)(tag >> 16);
        }
        start -= LinuxSll2Header.Size;
        ReadOnlySpan<byte> sender = address.HardwareAddress;
        Span<byte> header = room.Slice(start, LinuxSll2Header.Size);
        MemoryMarshal.Write(header, new LinuxSll2Header
        {
            Protocol = (EtherType)protocol,
            InterfaceIndex = address.InterfaceIndex,
            ArphrdType = (ushort)address.HardwareType,
            PacketType = (byte)address.PacketType,
            AddressLength = (byte)sender.Length,
        });
        const int AddressSize = 8;
        sender[..Math.Min(sender.Length, AddressSize)].CopyTo(header[^AddressSize..]);
    }
}
