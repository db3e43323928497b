using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>The blocks of a ring in turn. A block belongs to the kernel or to this process, as its status says.</summary>
/// <remarks>
/// The kernel fills the blocks in their order, and gives a full one, or one whose time is over, to this process. The read after the last
/// packet of a block gives the block back before it looks at the next one. So no packet is delivered twice, and at most one block is held.
/// </remarks>
sealed unsafe class PacketRing(byte* start, int blockSize, int blockCount)
{
    int current;
    bool isHeld;
    uint remaining;
    uint position;

    tpacket_block_desc* Block => (tpacket_block_desc*)(start + ((nint)current * blockSize));

    /// <summary>Returns the next packet, from its header to the end of the block; an empty span: no packet has arrived.</summary>
    internal Span<byte> Next()
    {
        while (remaining == 0)
        {
            if (isHeld)
                Release();

            // Acquires: the packets are read after the status.
            if ((Volatile.Read(ref Block->hdr.block_status) & TP_STATUS_USER) == 0)
                return default;
            isHeld = true;
            remaining = Block->hdr.num_pkts; // older kernels also deliver a block without packets when its time is over
            position = Block->hdr.offset_to_first_pkt;
        }
        Span<byte> packet = new Span<byte>(Block, blockSize)[(int)position..];
        remaining--;
        position += Unsafe.As<byte, tpacket3_hdr>(ref packet[0]).tp_next_offset;
        return packet;
    }

    /// <summary>Gives the block back. The packets are read before the status is written.</summary>
    void Release()
    {
        Volatile.Write(ref Block->hdr.block_status, (uint)TP_STATUS_KERNEL);
        isHeld = false;
        current = (current + 1) % blockCount;
    }
}
