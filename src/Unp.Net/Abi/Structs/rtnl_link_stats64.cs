namespace Unp.Net;

/// <summary>The counters of a link, in <c>IFLA_STATS64</c>. Newer kernels append fields. (linux/if_link.h) Linux only.</summary>
public struct rtnl_link_stats64
{
    /// <summary>Packets received.</summary>
    public ulong rx_packets;

    /// <summary>Packets sent.</summary>
    public ulong tx_packets;

    /// <summary>Bytes received.</summary>
    public ulong rx_bytes;

    /// <summary>Bytes sent.</summary>
    public ulong tx_bytes;

    /// <summary>Bad packets received.</summary>
    public ulong rx_errors;

    /// <summary>Packets that could not be sent.</summary>
    public ulong tx_errors;

    /// <summary>Received packets that were dropped, for example because memory was short.</summary>
    public ulong rx_dropped;

    /// <summary>Packets that were dropped before they were sent.</summary>
    public ulong tx_dropped;

    /// <summary>Multicast packets received.</summary>
    public ulong multicast;

    /// <summary>Collisions.</summary>
    public ulong collisions;

    /// <summary>Received packets with a wrong length.</summary>
    public ulong rx_length_errors;

    /// <summary>Receive overflows.</summary>
    public ulong rx_over_errors;

    /// <summary>Received packets with a wrong checksum.</summary>
    public ulong rx_crc_errors;

    /// <summary>Received packets with a wrong alignment.</summary>
    public ulong rx_frame_errors;

    /// <summary>Overflows of the receive queue.</summary>
    public ulong rx_fifo_errors;

    /// <summary>Packets that the device dropped because the host was slow.</summary>
    public ulong rx_missed_errors;

    /// <summary>Transmissions that were aborted.</summary>
    public ulong tx_aborted_errors;

    /// <summary>Transmissions without a carrier.</summary>
    public ulong tx_carrier_errors;

    /// <summary>Underruns of the send queue.</summary>
    public ulong tx_fifo_errors;

    /// <summary>Heartbeat errors of old Ethernet.</summary>
    public ulong tx_heartbeat_errors;

    /// <summary>Late collisions.</summary>
    public ulong tx_window_errors;

    /// <summary>Compressed packets received.</summary>
    public ulong rx_compressed;

    /// <summary>Compressed packets sent.</summary>
    public ulong tx_compressed;

    /// <summary>Packets that no protocol wanted, on an inactive device.</summary>
    public ulong rx_nohandler;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{rx_packets={rx_packets}, tx_packets={tx_packets}, rx_bytes={rx_bytes}, tx_bytes={tx_bytes}, "
        + $"rx_errors={rx_errors}, tx_errors={tx_errors}, rx_dropped={rx_dropped}, tx_dropped={tx_dropped}, "
        + $"multicast={multicast}, collisions={collisions}, rx_length_errors={rx_length_errors}, "
        + $"rx_over_errors={rx_over_errors}, rx_crc_errors={rx_crc_errors}, rx_frame_errors={rx_frame_errors}, "
        + $"rx_fifo_errors={rx_fifo_errors}, rx_missed_errors={rx_missed_errors}, tx_aborted_errors={tx_aborted_errors}, "
        + $"tx_carrier_errors={tx_carrier_errors}, tx_fifo_errors={tx_fifo_errors}, "
        + $"tx_heartbeat_errors={tx_heartbeat_errors}, tx_window_errors={tx_window_errors}, rx_compressed={rx_compressed}, "
        + $"tx_compressed={tx_compressed}, rx_nohandler={rx_nohandler}}}";
}
