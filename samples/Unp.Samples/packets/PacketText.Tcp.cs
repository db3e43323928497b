using System.Buffers.Binary;
using System.Globalization;
using Unp.Net.Packets;

namespace Unp.Samples.packets;

// TCP. Sequence numbers are relative to the first acknowledged segment of the connection that was seen, as in tcpdump.
sealed partial class PacketText
{
    static readonly (TcpFlags Flag, char Letter)[] FlagLetters =
    [
        (TcpFlags.Fin, 'F'), (TcpFlags.Syn, 'S'), (TcpFlags.Rst, 'R'), (TcpFlags.Psh, 'P'), (TcpFlags.Ack, '.'), (TcpFlags.Urg, 'U'),
        (TcpFlags.Ece, 'E'), (TcpFlags.Cwr, 'W'), (TcpFlags.Ae, 'e'),
    ];

    readonly Dictionary<(AddressPair Addresses, int Source, int Destination), uint> firstNumbers = [];

    void AddTcp(in TcpSegment segment, AddressPair addresses, long length)
    {
        TcpHeader header = segment.Header;
        long dataLength = length - header.HeaderLength;
        if (options.IsQuiet)
        {
            text.Append(CultureInfo.InvariantCulture, $"tcp {dataLength}");
            return;
        }
        (uint ofSender, uint ofReceiver) = FirstNumbers(header, addresses);
        uint sequence = header.SequenceNumber - ofSender;
        uint acknowledgment = header.AcknowledgmentNumber - ofReceiver;
        text.Append("Flags [");
        int start = text.Length;
        foreach (var (flag, letter) in FlagLetters)
        {
            if ((header.Flags & flag) != 0)
                text.Append(letter);
        }
        text.Append(text.Length == start ? "none]" : "]");
        if (dataLength > 0 || (header.Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0)
            text.Append(CultureInfo.InvariantCulture, $", seq {sequence}");
        if (dataLength > 0)
            text.Append(CultureInfo.InvariantCulture, $":{sequence + (uint)dataLength}");
        if ((header.Flags & TcpFlags.Ack) != 0)
            text.Append(CultureInfo.InvariantCulture, $", ack {acknowledgment}");
        text.Append(CultureInfo.InvariantCulture, $", win {header.Window}");
        if ((header.Flags & TcpFlags.Urg) != 0)
            text.Append(CultureInfo.InvariantCulture, $", urg {header.UrgentPointer}");
        AddTcpOptions(segment.Options.Bytes, ofReceiver);
        text.Append(CultureInfo.InvariantCulture, $", length {dataLength}");
    }

    /// <summary>Returns the numbers to subtract from those of a segment, and remembers a new connection.</summary>
    (uint OfSender, uint OfReceiver) FirstNumbers(in TcpHeader header, AddressPair addresses)
    {
        if ((header.Flags & TcpFlags.Ack) == 0)
            return default;
        var here = (addresses, (int)header.SourcePort, (int)header.DestinationPort);
        var there = (new AddressPair(addresses.Destination, addresses.Source), (int)header.DestinationPort, (int)header.SourcePort);
        if (firstNumbers.TryGetValue(here, out uint ofSender) && (header.Flags & TcpFlags.Syn) == 0)
            return (ofSender, firstNumbers[there]);
        firstNumbers[here] = header.SequenceNumber;
        firstNumbers[there] = header.AcknowledgmentNumber - 1;
        return default;
    }

    void AddTcpOptions(ReadOnlySpan<byte> bytes, uint ofReceiver)
    {
        if (bytes.IsEmpty)
            return;
        text.Append(", options [");
        for (string separator = ""; !bytes.IsEmpty; separator = ",")
        {
            text.Append(separator);
            var kind = (TcpOptionKind)bytes[0];
            if (kind is TcpOptionKind.End or TcpOptionKind.NoOperation)
            {
                text.Append(kind == TcpOptionKind.End ? "eol" : "nop");
                if (kind == TcpOptionKind.End)
                    break;
                bytes = bytes[1..];
                continue;
            }
            int length = bytes.Length > 1 ? bytes[1] : 0;
            if (length < 2 || length > bytes.Length)
            {
                text.Append("[bad opt]");
                break;
            }
            AddTcpOption(kind, bytes[2..length], ofReceiver);
            bytes = bytes[length..];
        }
        text.Append(']');
    }

    void AddTcpOption(TcpOptionKind kind, ReadOnlySpan<byte> data, uint ofReceiver)
    {
        switch (kind)
        {
            case TcpOptionKind.MaximumSegmentSize when data.Length == 2:
                text.Append(CultureInfo.InvariantCulture, $"mss {BinaryPrimitives.ReadUInt16BigEndian(data)}");
                break;
            case TcpOptionKind.WindowScale when data.Length == 1:
                text.Append(CultureInfo.InvariantCulture, $"wscale {data[0]}");
                break;
            case TcpOptionKind.SackPermitted:
                text.Append("sackOK");
                break;
            case TcpOptionKind.Sack when data.Length % 8 == 0:
                text.Append(CultureInfo.InvariantCulture, $"sack {data.Length / 8} ");
                for (; !data.IsEmpty; data = data[8..])
                {
                    uint left = BinaryPrimitives.ReadUInt32BigEndian(data) - ofReceiver;
                    uint right = BinaryPrimitives.ReadUInt32BigEndian(data[4..]) - ofReceiver;
                    text.Append(CultureInfo.InvariantCulture, $"{{{left}:{right}}}");
                }
                break;
            case TcpOptionKind.Timestamps when data.Length == 8:
                uint value = BinaryPrimitives.ReadUInt32BigEndian(data);
                text.Append(CultureInfo.InvariantCulture, $"TS val {value} ecr {BinaryPrimitives.ReadUInt32BigEndian(data[4..])}");
                break;
            case TcpOptionKind.FastOpen:
                text.Append("tfo  ").Append(data.IsEmpty ? "cookiereq" : $"cookie {Convert.ToHexStringLower(data)}");
                break;
            default:
                string hexadecimal = data.IsEmpty ? "" : $" 0x{Convert.ToHexStringLower(data)}";
                text.Append(CultureInfo.InvariantCulture, $"unknown-{(int)kind}{hexadecimal}");
                break;
        }
    }
}
