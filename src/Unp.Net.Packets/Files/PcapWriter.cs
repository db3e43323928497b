using System.Buffers.Binary;

namespace Unp.Net.Packets;

/// <summary>Writes a pcap file of version 2.4, in little-endian byte order.</summary>
/// <remarks>
/// Times are written in nanoseconds unless the caller asks for microseconds, so none is rounded. tcpdump reads such files since libpcap 1.5
/// (2013), and Wireshark before. Microseconds are for older programs.
/// </remarks>
/// <example><code>
/// using var writer = new PcapWriter(path, new CaptureInterface { LinkType = LinkType.Raw });
/// writer.Write(PacketTime.FromDateTimeOffset(DateTimeOffset.UtcNow), buffer);
/// </code></example>
/// <seealso href="https://www.tcpdump.org/manpages/pcap-savefile.5.html">pcap-savefile(5)</seealso>
public sealed class PcapWriter : CaptureFileWriter
{
    readonly CaptureInterface source;
    readonly int nanosecondsPerUnit;

    /// <summary>Creates a file, or replaces an existing one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="source">The link type, the snap length, and the FCS length if it is known. Pcap has no place for the rest.</param>
    /// <param name="usesMicroseconds">Whether times are rounded down to microseconds, for programs that do not know nanoseconds.</param>
    /// <exception cref="ArgumentException">The FCS length is not an even number of 0 to 30, or the link type has more than 16
    /// bits.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public PcapWriter(string path, CaptureInterface source, bool usesMicroseconds = false)
        : this(LinkWord(source), Create(path), source, usesMicroseconds, leaveOpen: false)
    {
    }

    /// <summary>Begins a file on a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="source">The link type, the snap length, and the FCS length if it is known. Pcap has no place for the rest.</param>
    /// <param name="usesMicroseconds">Whether times are rounded down to microseconds, for programs that do not know nanoseconds.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    /// <exception cref="ArgumentException">The FCS length is not an even number of 0 to 30, or the link type has more than 16
    /// bits.</exception>
    public PcapWriter(Stream stream, CaptureInterface source, bool usesMicroseconds = false, bool leaveOpen = false)
        : this(LinkWord(source), stream, source, usesMicroseconds, leaveOpen)
    {
    }

    // The first argument is evaluated first, so a wrong interface replaces no file.
    PcapWriter(uint linkWord, Stream stream, CaptureInterface source, bool usesMicroseconds, bool leaveOpen)
        : base(stream, leaveOpen)
    {
        this.source = source;
        nanosecondsPerUnit = usesMicroseconds ? Pcap.NanosecondsPerMicrosecond : 1;
        Span<byte> header = Append(Pcap.FileHeaderLength);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, usesMicroseconds ? Pcap.MicrosecondMagic : Pcap.NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], Pcap.MajorVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], Pcap.MinorVersion);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], source.SnapLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], linkWord);
    }

    /// <inheritdoc/>
    public override void Write(PacketTime time, ReadOnlySpan<byte> data, int wireLength)
    {
        CheckLength(data, wireLength);
        if (time.Seconds is < 0 or > uint.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(time), time, "The time must be in the years 1970 to 2106, because pcap has 32 bits of seconds.");
        }
        data = data[..source.Cut(data.Length)];
        Span<byte> header = Append(Pcap.RecordHeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)time.Seconds);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], time.NanosecondsOfSecond / nanosecondsPerUnit);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], wireLength);
        Append(data);
    }

    /// <inheritdoc/>
    public override void Write(in CaptureRecord record)
    {
        if (record.LinkType != source.LinkType)
        {
            throw new ArgumentException(
                $"The record has the link type {record.LinkType}, and the file has {source.LinkType}.", nameof(record));
        }
        Write(record.Time ?? default, record.Data, record.WireLength);
    }

    /// <summary>Checks an interface, and returns the last word of the file header.</summary>
    static uint LinkWord(CaptureInterface source)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Validate();
        return (uint)source.LinkType | source.FcsLength switch
        {
            null => 0,
            <= Pcap.MaxFcsLength and var length when length % Pcap.FcsUnit == 0 =>
                ((uint)length / Pcap.FcsUnit << Pcap.FcsShift) | Pcap.FcsKnown,
            var length => throw new ArgumentException(
                $"The FCS length is {length}. It must be an even number of 0 to {Pcap.MaxFcsLength}.", nameof(source)),
        };
    }
}
