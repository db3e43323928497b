namespace Unp.Samples.tftp;

/// <summary>The server's side of a write request: it receives DATA and sends ACK.</summary>
/// <remarks>
/// The last block of a window is acknowledged, and without the option windowsize that is every block. If a block of a window is missing, an
/// ACK of the block before it asks for the window that begins with it (RFC 7440, 4).
/// </remarks>
sealed class TftpReceiver(TftpChannel channel, TftpUpload upload, TftpSettings settings, bool isNetascii)
{
    /// <summary>The number of time-outs for which the client may still repeat its last block, because the last ACK was lost.</summary>
    const int Farewells = 2;

    readonly Netascii? conversion = isNetascii ? new() : null;
    readonly byte[] text = isNetascii ? new byte[settings.BlockSize + 1] : [];
    readonly byte[] buffer = new byte[TftpPacket.HeaderSize + settings.BlockSize + 1]; // one byte more, to notice a block that is too long

    long received;
    int unacknowledged;
    bool hasReportedGap;

    /// <summary>Receives the file until it is complete and in its place.</summary>
    /// <exception cref="TftpException">The client does not answer, or sends something else than DATA.</exception>
    public void Run()
    {
        byte[] optionAck = settings.ToOptionAck();
        channel.Restart();
        SendReply(optionAck);
        while (true)
        {
            if (!TryReceiveData(out TftpPacket packet))
            {
                SendReply(optionAck);
                continue;
            }
            int distance = (ushort)(packet.Number - (ushort)received);
            if (distance == 1 && Accept(packet.Data))
                break;
            if (IsRepeated(distance) || IsGap(distance))
                SendAck();
        }
        SayFarewell();
    }

    bool TryReceiveData(out TftpPacket packet)
    {
        bool isReceived = channel.TryReceive(buffer, out packet);
        if (isReceived && packet.Opcode != TftpOpcode.Data)
            throw new TftpException(TftpErrorCode.IllegalOperation, "DATA expected");
        return isReceived;
    }

    /// <summary>Stores the next block. Returns whether it was the last one.</summary>
    bool Accept(ReadOnlySpan<byte> data)
    {
        if (data.Length > settings.BlockSize)
            throw new TftpException(TftpErrorCode.IllegalOperation, "The block is longer than agreed");
        bool isLast = data.Length < settings.BlockSize;
        Write(data, isLast);
        if (isLast)
            upload.Complete();
        channel.Restart();
        received++;
        unacknowledged++;
        hasReportedGap = false;
        if (isLast || unacknowledged == settings.WindowSize)
            SendAck();
        return isLast;
    }

    void Write(ReadOnlySpan<byte> data, bool isLast)
    {
        if (conversion is null)
        {
            upload.Write(data);
            return;
        }
        upload.Write(text.AsSpan(0, conversion.Decode(data, text)));
        if (isLast && conversion.HasPendingCr)
            upload.Write("\r"u8);
    }

    /// <summary>Returns whether the client repeats a block because its ACK was lost.</summary>
    bool IsRepeated(int distance) => distance == 0 && received > 0 && unacknowledged == 0;

    /// <summary>Returns whether a lost block must be reported. Only the first block after the gap reports it.</summary>
    bool IsGap(int distance)
    {
        if (distance <= 1 || distance > settings.WindowSize || hasReportedGap)
            return false;
        hasReportedGap = true;
        return true;
    }

    /// <summary>Sends the ACK of the last block, or the OACK in its place while there is no block.</summary>
    void SendReply(ReadOnlySpan<byte> optionAck)
    {
        if (received == 0 && !optionAck.IsEmpty)
            channel.Send(optionAck);
        else
            SendAck();
    }

    void SendAck()
    {
        unacknowledged = 0;
        Span<byte> ack = stackalloc byte[TftpPacket.HeaderSize];
        TftpPacket.WriteHeader(ack, TftpOpcode.Ack, (ushort)received);
        channel.Send(ack);
    }

    void SayFarewell()
    {
        int expired = 0;
        while (expired < Farewells)
        {
            if (!TryReceiveData(out TftpPacket packet))
                expired++;
            else if (packet.Number == (ushort)received)
                SendAck();
        }
    }
}
