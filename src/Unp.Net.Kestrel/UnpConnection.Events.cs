using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

// Its events in the log: those of Kestrel's socket transport, with the same numbers, names, levels and texts.
sealed partial class UnpConnection
{
    // How far the log has the end of the sending: a reset may come after FIN, and nothing after a reset.
    const int FinSent = 1;
    const int ResetSent = 2;

    void ILoopConnectionObserver.OnReceivingPaused() => Log.ConnectionPause(logger, ConnectionId);

    void ILoopConnectionObserver.OnReceivingResumed() => Log.ConnectionResume(logger, ConnectionId);

    void ILoopConnectionObserver.OnEndReceived() => Log.ConnectionReadFin(logger, ConnectionId);

    void ILoopConnectionObserver.OnEndSent() => NoteFin("All output was sent.");

    void ILoopConnectionObserver.OnFailed(Exception failure)
    {
        if (failure is UnpException { Errno: var error } && (error == Errno.ECONNRESET || error == Errno.EPIPE))
            Log.ConnectionReset(logger, ConnectionId);
        else
            Log.ConnectionError(logger, ConnectionId, failure);
    }

    void NoteFin(string reason)
    {
        if (!LoopSocket.Descriptor.IsClosed && Interlocked.CompareExchange(ref ending, FinSent, 0) == 0)
            Log.ConnectionWriteFin(logger, ConnectionId, reason);
    }

    void NoteReset(string reason)
    {
        if (!LoopSocket.Descriptor.IsClosed && Interlocked.Exchange(ref ending, ResetSent) != ResetSent)
            Log.ConnectionWriteRst(logger, ConnectionId, reason);
    }
}
