using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Packet sockets, AF_PACKET. (packet(7), linux/if_packet.h)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The protocol of a packet socket that receives every protocol. Linux only.</summary>
    public static int ETH_P_ALL => Of(3, Absent, Absent);

    // Types of a packet, sll_pkttype.

    /// <summary>Type of a packet: to this host. Linux only.</summary>
    public static int PACKET_HOST => Of(0, Absent, Absent);

    /// <summary>Type of a packet: to all hosts of the link. Linux only.</summary>
    public static int PACKET_BROADCAST => Of(1, Absent, Absent);

    /// <summary>Type of a packet: to a group of hosts. Linux only.</summary>
    public static int PACKET_MULTICAST => Of(2, Absent, Absent);

    /// <summary>Type of a packet: to another host, seen in promiscuous mode. Linux only.</summary>
    public static int PACKET_OTHERHOST => Of(3, Absent, Absent);

    /// <summary>Type of a packet: sent by this host. Linux only.</summary>
    public static int PACKET_OUTGOING => Of(4, Absent, Absent);

    // Options of level SOL_PACKET.

    /// <summary>Starts promiscuous mode or joins a group, a <see cref="packet_mreq"/>. Linux only.</summary>
    public static int PACKET_ADD_MEMBERSHIP => Of(1, Absent, Absent);

    /// <summary>Ends a membership, a <see cref="packet_mreq"/>. Linux only.</summary>
    public static int PACKET_DROP_MEMBERSHIP => Of(2, Absent, Absent);

    /// <summary>Creates the receive ring, a <see cref="tpacket_req3"/>. Linux only.</summary>
    public static int PACKET_RX_RING => Of(5, Absent, Absent);

    /// <summary>Reads the counters and resets them, a <see cref="tpacket_stats_v3"/> or its first 8 bytes. Linux only.</summary>
    public static int PACKET_STATISTICS => Of(6, Absent, Absent);

    /// <summary>Also copies a packet that is too long for its place in the ring to the socket's queue. int. Linux only.</summary>
    public static int PACKET_COPY_THRESH => Of(7, Absent, Absent);

    /// <summary>Each packet has a <see cref="tpacket_auxdata"/> as control message. int as boolean. Linux only.</summary>
    public static int PACKET_AUXDATA => Of(8, Absent, Absent);

    /// <summary>Addresses have the index of the physical device instead of the bond's. int as boolean. Linux only.</summary>
    public static int PACKET_ORIGDEV => Of(9, Absent, Absent);

    /// <summary>The version of the ring, <see cref="TPACKET_V3"/>. int. Linux only.</summary>
    public static int PACKET_VERSION => Of(10, Absent, Absent);

    /// <summary>Reads the length of the ring's packet header for a version. int. Linux only.</summary>
    public static int PACKET_HDRLEN => Of(11, Absent, Absent);

    /// <summary>The number of bytes that stay free before each packet of the ring. int. Linux only.</summary>
    public static int PACKET_RESERVE => Of(12, Absent, Absent);

    /// <summary>Creates the send ring. Linux only.</summary>
    public static int PACKET_TX_RING => Of(13, Absent, Absent);

    /// <summary>The send ring skips malformed packets. int as boolean. Linux only.</summary>
    public static int PACKET_LOSS => Of(14, Absent, Absent);

    /// <summary>A header with checksum and segmentation offload precedes each packet. int as boolean. Linux only.</summary>
    public static int PACKET_VNET_HDR => Of(15, Absent, Absent);

    /// <summary>The time stamps of sent packets, SOF_TIMESTAMPING_*. int. Linux only.</summary>
    public static int PACKET_TX_TIMESTAMP => Of(16, Absent, Absent);

    /// <summary>The source of the ring's time stamps, SOF_TIMESTAMPING_*. int. Linux only.</summary>
    public static int PACKET_TIMESTAMP => Of(17, Absent, Absent);

    /// <summary>
    /// Distributes packets among sockets: the group's number, and PACKET_FANOUT_* in the upper 16 bits. int. Linux only.
    /// </summary>
    public static int PACKET_FANOUT => Of(18, Absent, Absent);

    /// <summary>Sent packets start at an offset that their header has. int as boolean. Linux only.</summary>
    public static int PACKET_TX_HAS_OFF => Of(19, Absent, Absent);

    /// <summary>Sent packets bypass the queueing discipline. int as boolean. Linux only.</summary>
    public static int PACKET_QDISC_BYPASS => Of(20, Absent, Absent);

    /// <summary>Reads the counters of packets that went to another socket of the group. Linux only.</summary>
    public static int PACKET_ROLLOVER_STATS => Of(21, Absent, Absent);

    /// <summary>The program that distributes packets, for PACKET_FANOUT_CBPF and PACKET_FANOUT_EBPF. Linux only.</summary>
    public static int PACKET_FANOUT_DATA => Of(22, Absent, Absent);

    /// <summary>The socket does not receive packets that this host sends. int as boolean. Linux only.</summary>
    public static int PACKET_IGNORE_OUTGOING => Of(23, Absent, Absent);

    // Kinds of memberships, mr_type.

    /// <summary>Membership: a multicast group of the link. Linux only.</summary>
    public static int PACKET_MR_MULTICAST => Of(0, Absent, Absent);

    /// <summary>Membership: every packet of the link, the promiscuous mode. Linux only.</summary>
    public static int PACKET_MR_PROMISC => Of(1, Absent, Absent);

    /// <summary>Membership: every multicast group of the link. Linux only.</summary>
    public static int PACKET_MR_ALLMULTI => Of(2, Absent, Absent);

    /// <summary>Membership: another unicast address. Linux only.</summary>
    public static int PACKET_MR_UNICAST => Of(3, Absent, Absent);

    // How PACKET_FANOUT chooses the socket.

    /// <summary>Fanout: by the flow of the packet. Linux only.</summary>
    public static int PACKET_FANOUT_HASH => Of(0, Absent, Absent);

    /// <summary>Fanout: in turn. Linux only.</summary>
    public static int PACKET_FANOUT_LB => Of(1, Absent, Absent);

    /// <summary>Fanout: by the processor that handles the packet. Linux only.</summary>
    public static int PACKET_FANOUT_CPU => Of(2, Absent, Absent);

    /// <summary>Fanout: the first socket, and the next one while it is full. Linux only.</summary>
    public static int PACKET_FANOUT_ROLLOVER => Of(3, Absent, Absent);

    /// <summary>Fanout: at random. Linux only.</summary>
    public static int PACKET_FANOUT_RND => Of(4, Absent, Absent);

    /// <summary>Fanout: by the receive queue of the device. Linux only.</summary>
    public static int PACKET_FANOUT_QM => Of(5, Absent, Absent);

    /// <summary>Fanout: by a program of classic BPF. Linux only.</summary>
    public static int PACKET_FANOUT_CBPF => Of(6, Absent, Absent);

    /// <summary>Fanout: by a program of eBPF. Linux only.</summary>
    public static int PACKET_FANOUT_EBPF => Of(7, Absent, Absent);

    /// <summary>Fanout flag: packets for a full socket go to the next one. Linux only.</summary>
    public static int PACKET_FANOUT_FLAG_ROLLOVER => Of(0x1000, Absent, Absent);

    /// <summary>Fanout flag: the kernel chooses an unused number for the group. Linux only.</summary>
    public static int PACKET_FANOUT_FLAG_UNIQUEID => Of(0x2000, Absent, Absent);

    /// <summary>Fanout flag: IPv4 fragments are assembled before the choice. Linux only.</summary>
    public static int PACKET_FANOUT_FLAG_DEFRAG => Of(0x8000, Absent, Absent);

    // The ring.

    /// <summary>The version of the ring with blocks of packets of any length. Linux only.</summary>
    public static int TPACKET_V3 => Of(2, Absent, Absent);

    /// <summary>The number of bytes to which the places of a ring are aligned. Linux only.</summary>
    public static int TPACKET_ALIGNMENT => Of(16, Absent, Absent);

    /// <summary>Status: the place belongs to the kernel. Linux only.</summary>
    public static int TP_STATUS_KERNEL => Of(0, Absent, Absent);

    /// <summary>Status: the place belongs to the program. Linux only.</summary>
    public static int TP_STATUS_USER => Of(1, Absent, Absent);

    /// <summary>Status: the packet is truncated, and the whole one is in the socket's queue. Linux only.</summary>
    public static int TP_STATUS_COPY => Of(2, Absent, Absent);

    /// <summary>Status: packets were dropped since the counters were read. Linux only.</summary>
    public static int TP_STATUS_LOSING => Of(4, Absent, Absent);

    /// <summary>Status: the device will fill in the checksum, because this host sends the packet. Linux only.</summary>
    public static int TP_STATUS_CSUMNOTREADY => Of(8, Absent, Absent);

    /// <summary>Status: <c>tp_vlan_tci</c> is the tag that the kernel removed. Linux only.</summary>
    public static int TP_STATUS_VLAN_VALID => Of(0x10, Absent, Absent);

    /// <summary>Status: the block was closed because its time was over. Linux only.</summary>
    public static int TP_STATUS_BLK_TMO => Of(0x20, Absent, Absent);

    /// <summary>Status: <c>tp_vlan_tpid</c> is the protocol of the tag. Linux only.</summary>
    public static int TP_STATUS_VLAN_TPID_VALID => Of(0x40, Absent, Absent);

    /// <summary>Status: the transport checksum was verified. Linux only.</summary>
    public static int TP_STATUS_CSUM_VALID => Of(0x80, Absent, Absent);

    /// <summary>Status: the kernel took the time. Linux only.</summary>
    public static int TP_STATUS_TS_SOFTWARE => Of(0x20000000, Absent, Absent);

    /// <summary>Status: the device took the time. Linux only.</summary>
    public static uint TP_STATUS_TS_RAW_HARDWARE => Unsigned(0x80000000, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Request of the ring: fill in the hash of the flow. Linux only.</summary>
    public static int TP_FT_REQ_FILL_RXHASH => Of(1, Absent, Absent);
}
