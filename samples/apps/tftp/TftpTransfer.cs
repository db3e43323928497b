namespace Unp.Samples.tftp;

/// <summary>The transfer of one file, on a thread of its own. Its end, for whatever reason, affects no other transfer.</summary>
/// <param name="datagram">The request as received.</param>
/// <param name="request">The request.</param>
/// <param name="channel">The channel to the client. The transfer closes it.</param>
/// <param name="directory">The server's directory.</param>
sealed class TftpTransfer(byte[] datagram, TftpRequest request, TftpChannel channel, TftpDirectory directory)
{
    /// <summary>
    /// Returns whether a datagram of the same client repeats the request. After its first answer a client no longer does so, and an equal
    /// request is a new one.
    /// </summary>
    public bool IsRepeatedBy(ReadOnlySpan<byte> other) => !channel.HasAnswered && other.SequenceEqual(datagram);

    /// <summary>Transfers the file. The client gets an ERROR packet if that fails.</summary>
    public void Run()
    {
        using (channel)
        {
            try
            {
                Transfer();
            }
            catch (TftpAbortException)
            {
                // The client knows.
            }
            catch (TftpException reason)
            {
                Fail(reason);
            }
            catch (UnpException failure)
            {
                Fail(TftpException.For(failure.Errno));
            }
            catch (OutOfMemoryException)
            {
                Fail(TftpException.For(Errno.ENOMEM));
            }
        }
    }

    void Transfer()
    {
        if (request.IsWrite)
        {
            using TftpUpload upload = directory.CreateFile(request.Name);
            TftpSettings settings = Agree(fileSize: null);
            new TftpReceiver(channel, upload, settings, request.IsNetascii).Run();
        }
        else
        {
            using Fd file = directory.OpenFile(request.Name, out long size);
            TftpSettings settings = Agree(request.IsNetascii ? null : size); // the conversion changes the size
            new TftpSender(channel, new TftpFileReader(file, request.IsNetascii), settings).Run();
        }
    }

    TftpSettings Agree(long? fileSize)
    {
        var settings = new TftpSettings(request, fileSize);
        if (settings.RetransmissionInterval is { } chosen)
            channel.FixInterval(chosen);
        return settings;
    }

    /// <summary>Sends the reason to the client, and prints it if the operator of this host must know.</summary>
    void Fail(TftpException reason)
    {
        channel.SendError(reason);
        if (reason.IsHostFault)
            err_msg($"a transfer has failed: {reason.Message}");
    }
}
