namespace Unp.Net.Packets;

/// <summary>Reads a pcap or pcapng file packet by packet. The format is found by the magic number.</summary>
/// <remarks>
/// <para>Both byte orders, micro- and nanoseconds, all versions of pcap from 2.0, its modified form by Kuznetsov, and pcapng with several
/// sections and interfaces are read. Compressed files are refused; decompress them by a stream such as
/// <see cref="System.IO.Compression.GZipStream"/>.</para>
/// <para>The stream is read forwards only, so it may be a pipe. Memory is bounded by the record limit, and a packet allocates
/// nothing.</para>
/// <para>A block of pcapng without packets, interfaces or counters is skipped: names, secrets, custom blocks, unknown ones.</para>
/// </remarks>
/// <example><code>
/// using var reader = new CaptureFileReader(path);
/// while (reader.TryRead(out CaptureRecord record))
///     Console.WriteLine($"{record.Time} {record.Data.Length} of {record.WireLength} bytes: {record.Decode().Layers}");
/// if (reader.IsTruncated)
///     Console.WriteLine($"The capture was interrupted: the packet at byte {reader.Offset} is incomplete.");
/// </code></example>
/// <seealso href="https://www.tcpdump.org/manpages/pcap-savefile.5.html">pcap-savefile(5)</seealso>
public sealed class CaptureFileReader : IDisposable
{
    /// <summary>The default limit of captured bytes per packet, which is also that of libpcap: 262,144.</summary>
    public const int DefaultMaxRecordLength = 262_144;

    /// <summary>The greatest limit of captured bytes per packet: 1 GiB.</summary>
    const int MaxMaxRecordLength = 1 << 30;

    const int MagicLength = 4;

    /// <summary>The first bytes of compressed files.</summary>
    static readonly (byte[] Magic, string Name)[] Compressions =
    [
        ([0x1f, 0x8b], "gzip"),
        ([0x28, 0xb5, 0x2f, 0xfd], "zstd"),
        ([0x04, 0x22, 0x4d, 0x18], "lz4"),
        ([0xfd, 0x37, 0x7a, 0x58], "xz"),
        ([0x42, 0x5a, 0x68], "bzip2"),
    ];

    readonly CaptureParser parser;
    readonly Stream stream;
    readonly bool leaveOpen;
    bool isAtEnd, isDisposed;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The path.</param>
    /// <param name="maxRecordLength">The greatest number of captured bytes per packet, 1 to 1,073,741,824. A block of pcapng may have 64
    /// KiB
    /// more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxRecordLength"/> is out of range.</exception>
    /// <exception cref="CaptureFileException">The file is no capture file, is empty, or is compressed.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public CaptureFileReader(string path, int maxRecordLength = DefaultMaxRecordLength)
        : this(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), path, false, maxRecordLength)
    {
    }

    /// <summary>Reads the header of a file from a stream.</summary>
    /// <param name="stream">The stream, which need not be seekable.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <param name="maxRecordLength">The greatest number of captured bytes per packet, 1 to 1,073,741,824. A block of pcapng may have 64
    /// KiB
    /// more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxRecordLength"/> is out of range.</exception>
    /// <exception cref="CaptureFileException">The stream is no capture file, is empty, or is compressed.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public CaptureFileReader(Stream stream, bool leaveOpen = false, int maxRecordLength = DefaultMaxRecordLength)
        : this(stream, null, leaveOpen, maxRecordLength)
    {
    }

    CaptureFileReader(Stream stream, string? path, bool leaveOpen, int maxRecordLength)
    {
        ArgumentNullException.ThrowIfNull(stream);
        this.stream = stream;
        this.leaveOpen = leaveOpen;
        try
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRecordLength);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRecordLength, MaxMaxRecordLength);
            parser = ParserOf(new CaptureBuffer(stream), path, maxRecordLength);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the format.</summary>
    public CaptureFileFormat Format => parser.Format;

    /// <summary>Gets the origin of the current section. It changes where a pcapng file has several.</summary>
    public CaptureSection Section => parser.Section;

    /// <summary>
    /// Gets the interfaces of the current section, as far as it was read. Pcap has one. Pcapng may describe one anywhere before its first
    /// packet, and a new section begins with none.
    /// </summary>
    public IReadOnlyList<CaptureInterface> Interfaces => parser.Interfaces;

    /// <summary>
    /// Gets the offset in the file behind the last packet, in bytes. Once <see cref="TryRead"/> has returned false, it is the end of the
    /// file,
    /// or the incomplete record.
    /// </summary>
    public long Offset => parser.Offset;

    /// <summary>Gets whether the file ended inside a record. It is known once <see cref="TryRead"/> has returned false.</summary>
    public bool IsTruncated => isAtEnd && parser.IsInsideRecord;

    /// <summary>Reads the next packet.</summary>
    /// <param name="record">The packet, which is valid until the next call.</param>
    /// <returns>False at the end of the file, also if a record there is incomplete (<see cref="IsTruncated"/>). A further call reads what a
    /// program has added to the file since.</returns>
    /// <exception cref="CaptureFileException">The file is wrong. A further call throws the same.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    public bool TryRead(out CaptureRecord record)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        isAtEnd = !parser.TryRead(out record);
        return !isAtEnd;
    }

    /// <summary>Closes the file, unless it is a stream that stays open.</summary>
    public void Dispose()
    {
        isDisposed = true;
        if (!leaveOpen)
            stream.Dispose();
    }

    static CaptureParser ParserOf(CaptureBuffer buffer, string? path, int maxRecordLength)
    {
        bool hasMagic = buffer.TryFill(MagicLength);
        ReadOnlySpan<byte> start = buffer.Available;
        if (hasMagic && PcapParser.IsFile(start, out _, out _))
            return new PcapParser(buffer, path, maxRecordLength);
        if (hasMagic && PcapNgParser.IsFile(start))
            return new PcapNgParser(buffer, path, maxRecordLength);
        throw new CaptureFileException(path, 0, ReasonOf(start));
    }

    static string ReasonOf(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
            return "the file is empty";
        foreach ((byte[] magic, string name) in Compressions)
        {
            if (start.StartsWith(magic))
                return $"the file is compressed by {name}, so decompress it first";
        }
        return $"the file begins with {Convert.ToHexStringLower(start[..Math.Min(start.Length, MagicLength)])}, "
            + "which is neither a magic number of pcap nor the section header of pcapng";
    }
}
