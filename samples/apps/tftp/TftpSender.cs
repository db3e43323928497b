namespace Unp.Samples.tftp;

/// <summary>The server's side of a read request: it sends DATA and receives ACK.</summary>
/// <remarks>
/// <para>Without the option windowsize a window has one block. Its packets are kept until their ACK arrives:</para>
/// <code>
///      ... acked | acked+1 ... filled | ...
///                  in the window
/// </code>
/// <para>An ACK in the window moves it, and the window is sent. A time-out sends it again. Any other ACK is old and is ignored, or one
/// duplicate would double all later packets: the Sorcerer's Apprentice Syndrome (RFC 1123, 4.2.3.1).</para>
/// </remarks>
sealed class TftpSender(TftpChannel channel, TftpFileReader file, TftpSettings settings)
{
    readonly int packetSize = TftpPacket.HeaderSize + settings.BlockSize;
    readonly byte[] packets = new byte[settings.WindowSize * (TftpPacket.HeaderSize + settings.BlockSize)];
    readonly int[] lengths = new int[settings.WindowSize];

    // Blocks are counted in 64 bits, and the lowest 16 are their numbers. So a file has no largest size.
    long acked;
    long filled;
    long last = long.MaxValue;

    /// <summary>The lowest <see cref="acked"/> with which a repeated ACK may send the window again.</summary>
    long repeatable;

    /// <summary>Sends the file until the last block is acknowledged.</summary>
    /// <exception cref="TftpException">The client does not answer, or sends something else than ACK.</exception>
    public void Run()
    {
        SendOptions(settings.ToOptionAck());
        Move(0);
        Span<byte> buffer = stackalloc byte[TftpPacket.HeaderSize];
        while (acked < last)
        {
            if (!TryReceiveAck(buffer, out ushort number))
            {
                SendWindow();
                continue;
            }
            int distance = (ushort)(number - (ushort)acked);
            if (distance > 0 && distance <= filled - acked)
                Move(distance);
            else if (distance == 0 && AsksForWindow())
                SendWindow();
        }
    }

    /// <summary>Sends the OACK until it is acknowledged as block 0.</summary>
    void SendOptions(ReadOnlySpan<byte> optionAck)
    {
        if (optionAck.IsEmpty)
            return;
        Span<byte> buffer = stackalloc byte[TftpPacket.HeaderSize];
        channel.Restart();
        channel.Send(optionAck);
        ushort number;
        do
        {
            while (!TryReceiveAck(buffer, out number))
                channel.Send(optionAck);
        }
        while (number != 0);
    }

    bool TryReceiveAck(Span<byte> buffer, out ushort number)
    {
        bool isReceived = channel.TryReceive(buffer, out TftpPacket packet);
        if (isReceived && packet.Opcode != TftpOpcode.Ack)
            throw new TftpException(TftpErrorCode.IllegalOperation, "ACK expected");
        number = packet.Number;
        return isReceived;
    }

    /// <summary>Moves the window behind acknowledged blocks, fills it and sends it.</summary>
    void Move(int blocks)
    {
        acked += blocks;
        channel.Restart();
        while (filled < last && filled < acked + settings.WindowSize)
            Fill();
        SendWindow();
    }

    void Fill()
    {
        filled++;
        int slot = (int)(filled % settings.WindowSize);
        Span<byte> packet = packets.AsSpan(slot * packetSize, packetSize);
        TftpPacket.WriteHeader(packet, TftpOpcode.Data, (ushort)filled);
        int length = file.Read(packet[TftpPacket.HeaderSize..]);
        lengths[slot] = TftpPacket.HeaderSize + length;
        if (length < settings.BlockSize)
            last = filled;
    }

    void SendWindow()
    {
        for (long block = acked + 1; block <= filled; block++)
        {
            int slot = (int)(block % settings.WindowSize);
            channel.Send(packets.AsSpan(slot * packetSize, lengths[slot]));
        }
    }

    /// <summary>
    /// Returns whether a repeated ACK is taken as a request for the window, whose first block was then lost (RFC 7440, 4). The network may
    /// also have duplicated the ACK. The client then receives the window twice and repeats its next ACK, so that ACK is not taken.
    /// </summary>
    bool AsksForWindow()
    {
        if (settings.WindowSize == 1 || acked < repeatable)
            return false;
        repeatable = filled + 1;
        return true;
    }
}
