using System.Buffers.Binary;
using System.Text;

namespace Unp.Net.Packets;

/// <summary>Packets, written without allocation.</summary>
public sealed partial class PcapNgWriter
{
    const int FieldsLength = 28; // with type and length of the block
    const int OptionHeaderLength = 4;
    const int FlagsOptionLength = OptionHeaderLength + sizeof(uint);

    /// <summary>Writes a packet of interface 0.</summary>
    /// <inheritdoc/>
    public override void Write(PacketTime time, ReadOnlySpan<byte> data, int wireLength) => Write(0, time, data, wireLength);

    /// <summary>Writes a packet.</summary>
    /// <param name="id">The number of the interface.</param>
    /// <param name="time">When the packet was captured.</param>
    /// <param name="data">The captured bytes. Those behind the snap length of the interface are left out.</param>
    /// <param name="wireLength">The length of the packet on the wire.</param>
    /// <param name="flags">Direction, reception and errors; 0 is not written.</param>
    /// <param name="comment">The comment, or null.</param>
    /// <exception cref="ArgumentException">The comment is longer than 65,535 bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No interface has the number, <paramref name="time"/> is before 1970, or
    /// <paramref name="wireLength"/> is less than the number of captured bytes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(int id, PacketTime time, ReadOnlySpan<byte> data, int wireLength, RecordFlags flags = default, string? comment = null)
    {
        int commentLength = comment is null ? 0 : Encoding.UTF8.GetByteCount(comment);
        if (commentLength > MaxTextLength)
        {
            throw new ArgumentException(
                $"The comment has {commentLength} bytes in UTF-8. It must have at most {MaxTextLength}.", nameof(comment));
        }
        int optionsLength = comment is null ? 0 : OptionHeaderLength + PcapNg.Padded(commentLength);
        int length = Begin(id, time, data, wireLength, flags, optionsLength);
        if (comment is not null)
        {
            AppendOptionHeader(PcapNg.Comment, commentLength);
            Span<byte> text = Append(PcapNg.Padded(commentLength));
            Encoding.UTF8.GetBytes(comment, text);
            text[commentLength..].Clear();
        }
        End(length, flags, optionsLength);
    }

    /// <summary>
    /// Writes a packet of another file with its flags and comments. The interface is added before its first packet. Other options are left
    /// out, because their meaning may depend on other blocks.
    /// </summary>
    /// <inheritdoc/>
    public override void Write(in CaptureRecord record)
    {
        int id = AddInterface(record.Interface);
        int optionsLength = 0;
        foreach (BlockOption option in record.Options)
            optionsLength += option.Code == PcapNg.Comment ? OptionHeaderLength + PcapNg.Padded(option.Value.Length) : 0;
        RecordFlags flags = record.Flags;
        int length = Begin(id, record.Time ?? default, record.Data, record.WireLength, flags, optionsLength);
        foreach (BlockOption option in record.Options)
        {
            if (option.Code != PcapNg.Comment)
                continue;
            AppendOptionHeader(PcapNg.Comment, option.Value.Length);
            Append(option.Value);
            Append(PcapNg.Padded(option.Value.Length) - option.Value.Length).Clear();
        }
        End(length, flags, optionsLength);
    }

    /// <summary>Writes a block up to its flags.</summary>
    /// <returns>The length of the block.</returns>
    int Begin(int id, PacketTime time, ReadOnlySpan<byte> data, int wireLength, RecordFlags flags, int optionsLength)
    {
        CheckLength(data, wireLength);
        data = data[..Interface(id).Cut(data.Length)];
        int padded = PcapNg.Padded(data.Length);
        int allOptions = optionsLength + (flags.Value == 0 ? 0 : FlagsOptionLength);
        int length = FieldsLength + padded + allOptions + (allOptions == 0 ? 0 : OptionHeaderLength) + PcapNg.BlockTrailerLength;
        Span<byte> ticks = stackalloc byte[sizeof(ulong)];
        WriteTime(ticks, time);
        Span<byte> header = Append(FieldsLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header, PcapNg.EnhancedPacket);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], length);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], id);
        ticks.CopyTo(header[12..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], wireLength);
        Append(data);
        Append(padded - data.Length).Clear();
        if (flags.Value != 0)
        {
            AppendOptionHeader(PcapNg.Flags, sizeof(uint));
            BinaryPrimitives.WriteUInt32LittleEndian(Append(sizeof(uint)), flags.Value);
        }
        return length;
    }

    void End(int length, RecordFlags flags, int optionsLength)
    {
        if (flags.Value != 0 || optionsLength > 0)
            AppendOptionHeader(PcapNg.EndOfOptions, 0);
        BinaryPrimitives.WriteInt32LittleEndian(Append(PcapNg.BlockTrailerLength), length);
    }

    void AppendOptionHeader(int code, int length)
    {
        Span<byte> header = Append(OptionHeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)code);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)length);
    }
}
