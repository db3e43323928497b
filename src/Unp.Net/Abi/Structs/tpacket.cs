namespace Unp.Net;

// The receive ring of a packet socket, version 3: blocks of packets. (packet(7), linux/if_packet.h)

/// <summary>The size of a ring, the value of <c>PACKET_RX_RING</c>. Linux only.</summary>
public struct tpacket_req3
{
    /// <summary>The number of bytes of a block, a multiple of the page size.</summary>
    public uint tp_block_size;

    /// <summary>The number of blocks.</summary>
    public uint tp_block_nr;

    /// <summary>The number of bytes of a frame, a divisor of the block size. Packets of version 3 need not fit into one.</summary>
    public uint tp_frame_size;

    /// <summary>The number of frames of all blocks.</summary>
    public uint tp_frame_nr;

    /// <summary>The time after which a block is closed that is not full, in milliseconds; 0: the kernel chooses it.</summary>
    public uint tp_retire_blk_tov;

    /// <summary>The number of bytes at the start of a block that the program uses for itself.</summary>
    public uint tp_sizeof_priv;

    /// <summary>0 or <c>TP_FT_REQ_FILL_RXHASH</c>.</summary>
    public uint tp_feature_req_word;

    /// <summary>Returns the blocks and the time.</summary>
    public override readonly string ToString() =>
        $"{{tp_block_size={tp_block_size}, tp_block_nr={tp_block_nr}, tp_retire_blk_tov={tp_retire_blk_tov}}}";
}

/// <summary>A time in the header of a block. Linux only.</summary>
public struct tpacket_bd_ts
{
    /// <summary>Seconds since 1970.</summary>
    public uint ts_sec;

    /// <summary>Nanoseconds of the second.</summary>
    public uint ts_nsec;

    /// <summary>Returns the seconds with their fraction.</summary>
    public override readonly string ToString() => $"{ts_sec}.{ts_nsec:d9}";
}

/// <summary>The state of a block and the place of its packets. Linux only.</summary>
public struct tpacket_hdr_v1
{
    /// <summary>
    /// <c>TP_STATUS_USER</c> while the block belongs to the program. It is read and written with a memory barrier.
    /// </summary>
    public uint block_status;

    /// <summary>The number of packets, which may be 0 after the time was over.</summary>
    public uint num_pkts;

    /// <summary>The distance of the first packet from the start of the block.</summary>
    public uint offset_to_first_pkt;

    /// <summary>The number of bytes of the block that are used.</summary>
    public uint blk_len;

    /// <summary>The number of the block, which counts the blocks of the capture from 1.</summary>
    public ulong seq_num;

    /// <summary>The time at which the block was opened, or of the first packet.</summary>
    public tpacket_bd_ts ts_first_pkt;

    /// <summary>The time of the last packet.</summary>
    public tpacket_bd_ts ts_last_pkt;

    /// <summary>Returns the state, the number of packets and the number of the block.</summary>
    public override readonly string ToString() => $"{{block_status=0x{block_status:x}, num_pkts={num_pkts}, seq_num={seq_num}}}";
}

/// <summary>The start of a block. Linux only.</summary>
public struct tpacket_block_desc
{
    /// <summary>The version of the block's header.</summary>
    public uint version;

    /// <summary>The distance of the program's own bytes from the start of the block.</summary>
    public uint offset_to_priv;

    /// <summary>The state and the packets.</summary>
    public tpacket_hdr_v1 hdr;

    /// <summary>Returns the state.</summary>
    public override readonly string ToString() => $"{{version={version}, hdr={hdr}}}";
}

/// <summary>The hash and the VLAN tag of a packet. Linux only.</summary>
public struct tpacket_hdr_variant1
{
    /// <summary>The hash of the flow, if <c>TP_FT_REQ_FILL_RXHASH</c> was requested.</summary>
    public uint tp_rxhash;

    /// <summary>The tag that the kernel removed, if <c>TP_STATUS_VLAN_VALID</c> is set.</summary>
    public uint tp_vlan_tci;

    /// <summary>The protocol of the tag, if <c>TP_STATUS_VLAN_TPID_VALID</c> is set.</summary>
    public ushort tp_vlan_tpid;

    readonly ushort __padding;

    /// <summary>Returns the hash and the tag.</summary>
    public override readonly string ToString() => $"{{tp_rxhash=0x{tp_rxhash:x}, tp_vlan_tci=0x{tp_vlan_tci:x}}}";
}

/// <summary>The header of a packet in a block. A <c>sockaddr_ll</c> follows it. Linux only.</summary>
public unsafe struct tpacket3_hdr
{
    /// <summary>The distance of the next packet, 0 in the last one.</summary>
    public uint tp_next_offset;

    /// <summary>The time in seconds since 1970.</summary>
    public uint tp_sec;

    /// <summary>The nanoseconds of the second.</summary>
    public uint tp_nsec;

    /// <summary>The number of captured bytes.</summary>
    public uint tp_snaplen;

    /// <summary>The number of bytes that the packet had.</summary>
    public uint tp_len;

    /// <summary>TP_STATUS_* combined.</summary>
    public uint tp_status;

    /// <summary>The distance of the link-layer header from the start of this header.</summary>
    public ushort tp_mac;

    /// <summary>The distance of the network header from the start of this header.</summary>
    public ushort tp_net;

    /// <summary>The hash and the VLAN tag.</summary>
    public tpacket_hdr_variant1 hv1;

    fixed byte __padding[8];

    /// <summary>Returns the time, the lengths and the state.</summary>
    public override readonly string ToString() =>
        $"{{{tp_sec}.{tp_nsec:d9}, tp_snaplen={tp_snaplen}, tp_len={tp_len}, tp_status=0x{tp_status:x}}}";
}

/// <summary>The counters of a ring of version 3. Reading them resets them. Linux only.</summary>
public struct tpacket_stats_v3
{
    /// <summary>The number of packets that passed the filter, dropped ones included.</summary>
    public uint tp_packets;

    /// <summary>The number of packets that were dropped, because no block was free.</summary>
    public uint tp_drops;

    /// <summary>The number of times that no block was free.</summary>
    public uint tp_freeze_q_cnt;

    /// <summary>Returns the counters.</summary>
    public override readonly string ToString() =>
        $"{{tp_packets={tp_packets}, tp_drops={tp_drops}, tp_freeze_q_cnt={tp_freeze_q_cnt}}}";
}

/// <summary>The control message of <c>PACKET_AUXDATA</c>: the facts beside the bytes of a packet. Linux only.</summary>
public struct tpacket_auxdata
{
    /// <summary>TP_STATUS_* combined.</summary>
    public uint tp_status;

    /// <summary>The number of bytes that the packet had.</summary>
    public uint tp_len;

    /// <summary>The number of bytes that the filter accepted.</summary>
    public uint tp_snaplen;

    /// <summary>0, because there is no ring.</summary>
    public ushort tp_mac;

    /// <summary>The distance of the network header from the start of the packet.</summary>
    public ushort tp_net;

    /// <summary>The tag that the kernel removed, if <c>TP_STATUS_VLAN_VALID</c> is set.</summary>
    public ushort tp_vlan_tci;

    /// <summary>The protocol of the tag, if <c>TP_STATUS_VLAN_TPID_VALID</c> is set.</summary>
    public ushort tp_vlan_tpid;

    /// <summary>Returns the lengths and the state.</summary>
    public override readonly string ToString() => $"{{tp_status=0x{tp_status:x}, tp_len={tp_len}, tp_snaplen={tp_snaplen}}}";
}

/// <summary>A membership of a packet socket, the value of <c>PACKET_ADD_MEMBERSHIP</c>. Linux only.</summary>
public unsafe struct packet_mreq
{
    /// <summary>The index of the interface.</summary>
    public int mr_ifindex;

    /// <summary>PACKET_MR_PROMISC...</summary>
    public ushort mr_type;

    /// <summary>The number of bytes of the address.</summary>
    public ushort mr_alen;

    /// <summary>The address of the group.</summary>
    public fixed byte mr_address[8];

    /// <summary>Returns the interface and the kind.</summary>
    public override readonly string ToString() => $"{{mr_ifindex={mr_ifindex}, mr_type={mr_type}}}";
}
