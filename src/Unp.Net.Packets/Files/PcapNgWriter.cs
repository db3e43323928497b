using System.Buffers.Binary;
using System.Text;

namespace Unp.Net.Packets;

/// <summary>Writes a pcapng file of one section, in little-endian byte order. Times have nanoseconds.</summary>
/// <example><code>
/// using var writer = new PcapNgWriter(path, new CaptureSection { Application = "probe 1.0" });
/// int eth0 = writer.AddInterface(new CaptureInterface { Name = "eth0" });
/// var now = PacketTime.FromDateTimeOffset(DateTimeOffset.UtcNow);
/// writer.Write(eth0, now, buffer, buffer.Length, new RecordFlags(RecordDirection.Outbound), "the first packet");
/// writer.WriteStatistics(eth0, new InterfaceStatistics { Time = now, Received = 1, DroppedBySystem = 0 });
/// </code></example>
/// <seealso href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</seealso>
public sealed partial class PcapNgWriter : CaptureFileWriter
{
    const int MaxTextLength = ushort.MaxValue;
    const int BitsPerByte = 8;

    readonly List<CaptureInterface> interfaces = [];
    readonly Dictionary<CaptureInterface, int> ids = [];

    /// <summary>Creates a file, or replaces an existing one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="section">The origin of the packets, or null.</param>
    /// <exception cref="ArgumentException">A text is longer than 65,535 bytes.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public PcapNgWriter(string path, CaptureSection? section = null)
        : this(OptionsOf(section), Create(path), leaveOpen: false)
    {
    }

    /// <summary>Begins a file on a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="section">The origin of the packets, or null.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    /// <exception cref="ArgumentException">A text is longer than 65,535 bytes.</exception>
    public PcapNgWriter(Stream stream, CaptureSection? section = null, bool leaveOpen = false)
        : this(OptionsOf(section), stream, leaveOpen)
    {
    }

    // The first argument is evaluated first, so a wrong text replaces no file.
    PcapNgWriter(OptionList options, Stream stream, bool leaveOpen)
        : base(stream, leaveOpen)
    {
        Span<byte> fields = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(fields, PcapNg.ByteOrderMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], PcapNg.MajorVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(fields[8..], -1); // the length of the section is not known
        WriteBlock(PcapNg.SectionHeader, fields, options);
    }

    /// <summary>Describes an interface. Its packets come afterwards.</summary>
    /// <param name="source">The interface.</param>
    /// <returns>The number of the interface in this file, from 0. An interface that is already described keeps its number.</returns>
    /// <exception cref="ArgumentException">A text is longer than 65,535 bytes, or a value of the interface is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public int AddInterface(CaptureInterface source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (ids.TryGetValue(source, out int known))
            return known;
        source.Validate();
        var options = new OptionList();
        options.Add(PcapNg.Name, source.Name);
        options.Add(PcapNg.Description, source.Description);
        options.Add(PcapNg.Speed, source.Speed);
        const byte Nanoseconds = 9;
        options.Add(PcapNg.TimeResolution, [Nanoseconds]);
        options.Add(PcapNg.Filter, source.Filter is null ? null : $"\0{source.Filter}"); // 0: the filter is a text
        options.Add(PcapNg.System, source.OperatingSystem);
        if (source.FcsLength is { } length)
            options.Add(PcapNg.FcsLength, [(byte)(BitsPerByte * length)]);
        options.Add(PcapNg.Hardware, source.Hardware);
        Span<byte> fields = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(fields, (ushort)source.LinkType);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(fields[4..], source.SnapLength);
        WriteBlock(PcapNg.InterfaceDescription, fields, options);
        interfaces.Add(source);
        return ids[source] = interfaces.Count - 1;
    }

    /// <summary>Writes the counters of an interface, usually at the end of a capture.</summary>
    /// <param name="id">The number of the interface.</param>
    /// <param name="statistics">The counters.</param>
    /// <exception cref="ArgumentOutOfRangeException">No interface has the number, or a time is before 1970.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteStatistics(int id, InterfaceStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        _ = Interface(id);
        Span<byte> fields = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(fields, id);
        WriteTime(fields[4..], statistics.Time);
        var options = new OptionList();
        AddTime(options, PcapNg.StartTime, statistics.Start);
        AddTime(options, PcapNg.EndTime, statistics.End);
        options.Add(PcapNg.Received, statistics.Received);
        options.Add(PcapNg.DroppedByInterface, statistics.DroppedByInterface);
        options.Add(PcapNg.Accepted, statistics.Accepted);
        options.Add(PcapNg.DroppedBySystem, statistics.DroppedBySystem);
        options.Add(PcapNg.Delivered, statistics.Delivered);
        WriteBlock(PcapNg.InterfaceStatistics, fields, options);
    }

    static OptionList OptionsOf(CaptureSection? section)
    {
        var options = new OptionList();
        options.Add(PcapNg.Comment, section?.Comment);
        options.Add(PcapNg.SectionHardware, section?.Hardware);
        options.Add(PcapNg.SectionSystem, section?.OperatingSystem);
        options.Add(PcapNg.SectionApplication, section?.Application);
        return options;
    }

    CaptureInterface Interface(int id) =>
        (uint)id < (uint)interfaces.Count ? interfaces[id]
            : throw new ArgumentOutOfRangeException(nameof(id), id, $"The file has {interfaces.Count} interfaces, so add this one first.");

    /// <summary>Writes a time as two words of 32 bits, the upper first.</summary>
    static void WriteTime(Span<byte> bytes, PacketTime time)
    {
        if (time.Nanoseconds < 0)
            throw new ArgumentOutOfRangeException(nameof(time), time, "The time must not be before 1970.");
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(time.Nanoseconds >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], (uint)time.Nanoseconds);
    }

    static void AddTime(OptionList options, int code, PacketTime? time)
    {
        if (time is not { } value)
            return;
        byte[] bytes = new byte[sizeof(ulong)];
        WriteTime(bytes, value);
        options.Add(code, bytes);
    }

    void WriteBlock(uint type, ReadOnlySpan<byte> fields, OptionList options)
    {
        byte[] list = options.ToArray();
        int length = PcapNg.MinBlockLength + fields.Length + list.Length;
        Span<byte> header = Append(PcapNg.BlockHeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], length);
        Append(fields);
        Append(list);
        BinaryPrimitives.WriteInt32LittleEndian(Append(PcapNg.BlockTrailerLength), length);
    }

    /// <summary>Collects the options of a block that is written rarely.</summary>
    sealed class OptionList
    {
        readonly List<byte> bytes = [];

        public void Add(int code, string? text)
        {
            if (text is not null)
                Add(code, Encoding.UTF8.GetBytes(text));
        }

        public void Add(int code, ulong? number)
        {
            if (number is not { } value)
                return;
            byte[] eight = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
            Add(code, eight);
        }

        public void Add(int code, byte[] value)
        {
            if (value.Length > MaxTextLength)
                throw new ArgumentException($"A text has {value.Length} bytes in UTF-8. An option of pcapng has at most {MaxTextLength}.");
            bytes.AddRange(BytesOf((ushort)code));
            bytes.AddRange(BytesOf((ushort)value.Length));
            bytes.AddRange(value);
            bytes.AddRange(new byte[PcapNg.Padded(value.Length) - value.Length]);
        }

        /// <summary>Returns the options with their end mark, or nothing if there are none.</summary>
        public byte[] ToArray() => bytes.Count == 0 ? [] : [.. bytes, 0, 0, 0, 0];

        static byte[] BytesOf(ushort number) => [(byte)number, (byte)(number >> 8)];
    }
}
