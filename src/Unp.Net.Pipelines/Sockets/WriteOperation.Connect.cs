using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// Connecting.
sealed unsafe partial class WriteOperation
{
    static readonly TimeSpan QueueRetry = TimeSpan.FromMilliseconds(5);

    bool Connect()
    {
        if (!details!.IsConnecting)
            return Call();
        Errno error = PendingError();
        if (error.Value != 0)
        {
            Error = Failure(error);
            return true;
        }

        // Without a peer the connection is still being made, or lost: SO_ERROR was read elsewhere, or connect(2) was interrupted.
        return getpeername(number, out _) == 0 || Call();
    }

    /// <summary>
    /// Calls connect(2). The call begins the connection, or reports how far the one that was begun before has come (EALREADY, EISCONN).
    /// </summary>
    bool Call()
    {
        bool hasBegun = details!.IsConnecting;
        Errno error = default;
        while (connect(number, in details.To) < 0)
        {
            error = Errno.Last;
            if (error != Errno.EINTR)
                break;
            hasBegun = true; // an interrupted call goes on in the kernel
            error = default;
        }
        if (error.Value == 0 || (error == Errno.EISCONN && hasBegun))
            return true;
        if (error == Errno.EAGAIN && details.To.Family == AF_UNIX)
        {
            details.IsConnecting = false;
            HasFoundNothing = true;
            WaitForQueue();
            return false;
        }
        if (error == Errno.EINPROGRESS || error == Errno.EALREADY)
        {
            details.IsConnecting = true;
            HasFoundNothing = true;
            return false;
        }
        Error = Failure(error);
        return true;
    }

    Errno PendingError()
    {
        int error = 0;
        uint length = sizeof(int);
        return getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? Errno.Last : new Errno(error);
    }

    /// <summary>
    /// The queue of a unix server is full. Linux has no connection in progress there, and nothing that tells of room: it is tried again.
    /// </summary>
    void WaitForQueue() =>
        details!.Retry ??= Loop.Schedule(QueueRetry, static operation => ((WriteOperation)operation!).RetryConnect(), this, QueueRetry);

    void RetryConnect()
    {
        OnReady();
        if (IsWaiting && details!.IsConnecting)
        {
            details.Retry?.Dispose();
            details.Retry = null;
            if (!TryWatch())
                Finish();
        }
    }

    UnpException Failure(Errno error) => new(error, "connect", details!.To.ToString());
}
