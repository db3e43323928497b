namespace Unp.Net.Packets;

/// <summary>The numbers of the pcap format.</summary>
/// <seealso href="https://www.tcpdump.org/manpages/pcap-savefile.5.html">pcap-savefile(5)</seealso>
static class Pcap
{
    public const uint MicrosecondMagic = 0xa1b2c3d4;
    public const uint NanosecondMagic = 0xa1b23c4d;

    /// <summary>
    /// The magic number of Alexey Kuznetsov's libpcap, whose record headers also have interface, protocol and packet type.
    /// </summary>
    public const uint ModifiedMagic = 0xa1b2cd34;

    public const ushort MajorVersion = 2;
    public const ushort MinorVersion = 4;

    public const int FileHeaderLength = 24;
    public const int RecordHeaderLength = 16;
    public const int ModifiedRecordHeaderLength = 24;

    public const int NanosecondsPerMicrosecond = 1000;

    // The last word of the file header: the link type, the length of the FCS in units of 2 bytes, and whether it is known.
    public const uint LinkTypeMask = 0xffff;
    public const uint FcsKnown = 0x04000000;
    public const int FcsShift = 28;
    public const int FcsUnit = 2;
    public const int MaxFcsLength = 15 * FcsUnit;
}
