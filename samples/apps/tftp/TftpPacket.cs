using System.Buffers.Binary;
using System.Text;

namespace Unp.Samples.tftp;

/// <summary>A received packet: an opcode, a number (a block or an error code) and the data after them.</summary>
readonly ref struct TftpPacket
{
    /// <summary>The size of opcode and number, and thus of an ACK.</summary>
    public const int HeaderSize = 4;

    /// <summary>The size of the longest ERROR packet that this host sends.</summary>
    const int MaxErrorSize = 256;

    TftpPacket(TftpOpcode opcode, ushort number, ReadOnlySpan<byte> data)
    {
        Opcode = opcode;
        Number = number;
        Data = data;
    }

    public TftpOpcode Opcode { get; }

    public ushort Number { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads a packet of a transfer. Returns false if the datagram is shorter than the header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out TftpPacket packet)
    {
        packet = default;
        if (datagram.Length < HeaderSize)
            return false;
        packet = new(OpcodeOf(datagram), BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]), datagram[HeaderSize..]);
        return true;
    }

    /// <summary>Gets the opcode of a datagram, or 0 if it is too short for an opcode.</summary>
    public static TftpOpcode OpcodeOf(ReadOnlySpan<byte> datagram) =>
        BinaryPrimitives.TryReadUInt16BigEndian(datagram, out ushort opcode) ? (TftpOpcode)opcode : 0;

    /// <summary>Writes the header of a DATA packet, or a whole ACK.</summary>
    public static void WriteHeader(Span<byte> packet, TftpOpcode opcode, ushort number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)opcode);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], number);
    }

    /// <summary>Sends an ERROR packet. A failure to send is ignored, because the packet might be lost anyway.</summary>
    public static void SendError(Fd sockfd, in SockAddr client, TftpErrorCode code, string message)
    {
        Span<byte> packet = stackalloc byte[MaxErrorSize];
        WriteHeader(packet, TftpOpcode.Error, (ushort)code);
        string text = message.Length < MaxErrorSize - HeaderSize ? message : message[..(MaxErrorSize - HeaderSize - 1)];
        int length = HeaderSize + Encoding.ASCII.GetBytes(text, packet[HeaderSize..]);
        packet[length] = 0;
        _ = sendto(sockfd, packet[..(length + 1)], 0, client);
    }
}
