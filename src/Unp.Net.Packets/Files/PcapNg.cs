namespace Unp.Net.Packets;

/// <summary>The numbers of the pcapng format.</summary>
/// <seealso href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</seealso>
static class PcapNg
{
    /// <summary>A block type that has the same bytes in both byte orders.</summary>
    public const uint SectionHeader = 0x0a0d0d0a;
    public const uint InterfaceDescription = 1;
    public const uint OldPacket = 2;
    public const uint SimplePacket = 3;
    public const uint InterfaceStatistics = 5;
    public const uint EnhancedPacket = 6;

    public const uint ByteOrderMagic = 0x1a2b3c4d;
    public const ushort MajorVersion = 1;

    /// <summary>The length of a block's type, and of its length before and after the body.</summary>
    public const int MinBlockLength = 12;

    /// <summary>The length of a block's type and of the length before its body.</summary>
    public const int BlockHeaderLength = 8;

    public const int BlockTrailerLength = 4;

    // Options of each block.
    public const int EndOfOptions = 0;
    public const int Comment = 1;

    // Options of a section.
    public const int SectionHardware = 2;
    public const int SectionSystem = 3;
    public const int SectionApplication = 4;

    // Options of an interface.
    public const int Name = 2;
    public const int Description = 3;
    public const int Speed = 8;
    public const int TimeResolution = 9;
    public const int Filter = 11;
    public const int System = 12;
    public const int FcsLength = 13;
    public const int TimeOffset = 14;
    public const int Hardware = 15;

    // Options of a packet.
    public const int Flags = 2;

    // Options of statistics.
    public const int StartTime = 2;
    public const int EndTime = 3;
    public const int Received = 4;
    public const int DroppedByInterface = 5;
    public const int Accepted = 6;
    public const int DroppedBySystem = 7;
    public const int Delivered = 8;

    /// <summary>Returns a length with the padding to 32 bits.</summary>
    public static int Padded(int length) => (length + 3) & ~3;
}
