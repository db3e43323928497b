namespace Unp.Net.Packets;

/// <summary>The formats of capture files.</summary>
public enum CaptureFileFormat
{
    /// <summary>The format of tcpdump: one header, then packets with a time and two lengths.</summary>
    Pcap,

    /// <summary>The format of Wireshark: blocks for interfaces, packets with options, and counters.</summary>
    PcapNg,
}
