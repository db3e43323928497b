using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.tftp;

/// <summary>The transfers of a server. The thread of the well-known port calls <see cref="Serve"/> and never waits for a client.</summary>
/// <param name="directory">The directory that is offered.</param>
/// <param name="interval">The time until the first retransmission.</param>
/// <param name="maxTransfers">The number of transfers at once. Further requests are refused.</param>
sealed class TftpServer(TftpDirectory directory, TimeSpan interval, int maxTransfers)
{
    const int StackSize = 256 * 1024;

    readonly ConcurrentDictionary<SockAddr, TftpTransfer> newest = new();
    int running;
    bool isShortageReported;

    /// <summary>Starts the transfer of a request, or refuses it.</summary>
    /// <param name="datagram">A datagram that arrived on the well-known port.</param>
    /// <param name="client">Its sender.</param>
    /// <param name="local">The address of this host to which it was sent, with port 0.</param>
    public void Serve(ReadOnlySpan<byte> datagram, in SockAddr client, in SockAddr local)
    {
        if (TftpPacket.OpcodeOf(datagram) == TftpOpcode.Error)
            return; // an error is never answered, or two servers could answer each other indefinitely
        if (newest.TryGetValue(client, out TftpTransfer? transfer) && transfer.IsRepeatedBy(datagram))
            return; // the transfer itself repeats its answer
        if (!TryOpenSocket(local, out Fd? sockfd))
            return;
        var channel = new TftpChannel(sockfd, client, interval);
        try
        {
            Start(client, channel, new TftpTransfer(datagram.ToArray(), TftpRequest.Parse(datagram), channel, directory));
        }
        catch (TftpException refusal)
        {
            channel.SendError(refusal);
            channel.Dispose();
        }
    }

    /// <summary>Creates the transfer's socket. The kernel chooses its port, which is this server's transfer identifier.</summary>
    bool TryOpenSocket(in SockAddr local, [NotNullWhen(true)] out Fd? sockfd)
    {
        sockfd = null;
        try
        {
            sockfd = UdpSocket.Create(local);
            isShortageReported = false;
            return true;
        }
        catch (UnpException shortage)
        {
            // The client repeats its request.
            if (!isShortageReported)
                err_msg($"a request is ignored: {shortage.Message}");
            isShortageReported = true;
            return false;
        }
    }

    void Start(SockAddr client, TftpChannel channel, TftpTransfer transfer)
    {
        if (Interlocked.Increment(ref running) > maxTransfers)
        {
            Interlocked.Decrement(ref running);
            throw new TftpException(TftpErrorCode.Undefined, "Too many transfers, try again later");
        }
        newest[client] = transfer;
        var thread = new Thread(() =>
        {
            transfer.Run();
            End(client, transfer);
        }, StackSize);
        thread.IsBackground = true;
        if (ProgramThread.TryStart(thread))
            return;
        End(client, transfer);
        throw new TftpException(TftpErrorCode.Undefined, "No thread can be created, try again later");
    }

    void End(in SockAddr client, TftpTransfer transfer)
    {
        newest.TryRemove(new(client, transfer));
        Interlocked.Decrement(ref running);
    }
}
