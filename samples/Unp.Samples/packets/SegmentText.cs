using System.Text;
using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>The lines that <see cref="syn"/> prints.</summary>
static class SegmentText
{
    static readonly TcpFlags[] Named =
    [
        TcpFlags.Syn, TcpFlags.Fin, TcpFlags.Rst, TcpFlags.Psh, TcpFlags.Ack, TcpFlags.Urg, TcpFlags.Ece, TcpFlags.Cwr,
    ];

    /// <summary>Prints a segment.</summary>
    public static void Print(in SockAddr from, in SockAddr to, in TcpHeader header, string? options)
    {
        TcpFlags set = header.Flags;
        string flags = string.Join(' ', Named.Where(flag => set.HasFlag(flag)).Select(flag => flag.ToString().ToUpperInvariant()));
        string ack = set.HasFlag(TcpFlags.Ack) ? $", ack {header.AcknowledgmentNumber}" : "";
        Console.WriteLine($"{Sock_ntop(from)} > {Sock_ntop(to)}: {flags}, seq {header.SequenceNumber}{ack}, win {header.Window}{options}");
    }

    /// <summary>Returns the options that a SYN may have.</summary>
    public static string Options(in TcpSegment segment)
    {
        var text = new StringBuilder();
        if (segment.MaximumSegmentSize is { } mss)
            text.Append($", mss {mss}");
        if (segment.IsSackPermitted)
            text.Append(", sackOK");
        if (segment.Timestamps is { } times)
            text.Append($", timestamp {times.Value} echo {times.EchoReply}");
        if (segment.WindowScale is { } scale)
            text.Append($", wscale {scale}");
        return text.ToString();
    }
}
