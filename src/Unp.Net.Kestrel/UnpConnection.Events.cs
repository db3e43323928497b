using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

// The log events of a connection. They have the numbers, names, levels and texts of Kestrel's socket transport.
sealed partial class UnpConnection
{
    // Values of loggedEnd. A RST may be logged after a FIN; after a RST neither is logged again.
    const int FinSent = 1;
    const int ResetSent = 2;

    void ILoopConnectionObserver.OnReceivingPaused() => Log.ConnectionPause(logger, ConnectionId);

    void ILoopConnectionObserver.OnReceivingResumed() => Log.ConnectionResume(logger, ConnectionId);

    void ILoopConnectionObserver.OnEndReceived() => Log.ConnectionReadFin(logger, ConnectionId);

    void ILoopConnectionObserver.OnEndSent() => LogFin("All output was sent.");

    void ILoopConnectionObserver.OnFailed(Exception failure)
    {
        if (failure is UnpException { Errno: var error } && (error == Errno.ECONNRESET || error == Errno.EPIPE))
            Log.ConnectionReset(logger, ConnectionId);
        else
            Log.ConnectionError(logger, ConnectionId, failure);
    }

    void LogFin(string reason)
    {
        if (!LoopSocket.Descriptor.IsClosed && Interlocked.CompareExchange(ref loggedEnd, FinSent, 0) == 0)
            Log.ConnectionWriteFin(logger, ConnectionId, reason);
    }

    void LogReset(string reason)
    {
        if (!LoopSocket.Descriptor.IsClosed && Interlocked.Exchange(ref loggedEnd, ResetSent) != ResetSent)
            Log.ConnectionWriteRst(logger, ConnectionId, reason);
    }
}
