using System.Buffers.Binary;
using System.Globalization;

namespace Unp.Net.Packets.Tests;

/// <summary>Wireshark's decoder on the command line, which prints fields of packets.</summary>
static class Tshark
{
    // Each packet is decoded by itself, and checksums are verified.
    static readonly string[] Preferences =
    [
        "ip.defragment:FALSE", "ipv6.defragment:FALSE", "tcp.desegment_tcp_streams:FALSE", "tcp.analyze_sequence_numbers:FALSE",
        "tcp.relative_sequence_numbers:FALSE", "sctp.relative_tsns:FALSE", "ip.check_checksum:TRUE", "udp.check_checksum:TRUE",
        "tcp.check_checksum:TRUE", "sctp.checksum:CRC 32c",
    ];

    /// <summary>Returns the first value of each field, by packet. Numbers are decimal, and true is 1.</summary>
    public static List<string[]> Decode(IReadOnlyList<byte[]> packets, LinkType linkType, IEnumerable<string> fields)
    {
        Peer.Require("tshark");
        using var directory = new TempDirectory();
        string file = directory["packets.pcap"];
        WritePcap(file, packets, linkType);
        string[] arguments =
        [
            "-n", "-r", file, "-T", "fields", "-E", "occurrence=f", "-E", "separator=|",
            .. Preferences.SelectMany(preference => (string[])["-o", preference]), .. fields.SelectMany(field => (string[])["-e", field]),
        ];
        using Peer tshark = Peer.Start("tshark", arguments);
        Outcome outcome = tshark.Finish();
        Assert.True(outcome.Status == 0, outcome.Error);
        string[] lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => line.Split('|').Select(Normal).ToArray())];
    }

    static string Normal(string value) => value switch
    {
        "True" => "1",
        "False" => "0",
        _ when value.StartsWith("0x", StringComparison.Ordinal) =>
            ulong.Parse(value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    static void WritePcap(string path, IReadOnlyList<byte[]> packets, LinkType linkType)
    {
        const uint Magic = 0xa1b2c3d4;
        const int Limit = 262144;
        using FileStream file = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32BigEndian(header[16..], Limit);
        BinaryPrimitives.WriteInt32BigEndian(header[20..], (int)linkType);
        file.Write(header);
        foreach (byte[] packet in packets)
        {
            header.Clear();
            BinaryPrimitives.WriteInt32BigEndian(header[8..], packet.Length);
            BinaryPrimitives.WriteInt32BigEndian(header[12..], packet.Length);
            file.Write(header[..16]);
            file.Write(packet);
        }
    }
}
