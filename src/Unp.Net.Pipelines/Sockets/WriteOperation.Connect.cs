using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// connect(2).
sealed unsafe partial class WriteOperation
{
    static readonly TimeSpan QueueRetryInterval = TimeSpan.FromMilliseconds(5);

    bool Connect()
    {
        if (!details!.IsConnecting)
            return CallConnect();
        Errno error = PendingError();
        if (error.Value != 0)
        {
            Error = ConnectFailure(error);
            return true;
        }

        // Without a peer the connection is in progress, or it has failed and SO_ERROR was read elsewhere. Another connect(2) reports which.
        return getpeername(number, out _) == 0 || CallConnect();
    }

    /// <summary>
    /// Calls <c>connect(2)</c>, which begins a connection or reports the state of one in progress (EALREADY, EISCONN).
    /// </summary>
    bool CallConnect()
    {
        bool hasBegun = details!.IsConnecting;
        Errno error = default;
        while (connect(number, in details.To) < 0)
        {
            error = Errno.Last;
            if (error != Errno.EINTR)
                break;
            hasBegun = true; // the kernel continues an interrupted call
            error = default;
        }
        if (error.Value == 0 || (error == Errno.EISCONN && hasBegun))
            return true;
        if (error == Errno.EAGAIN && details.To.Family == AF_UNIX)
        {
            details.IsConnecting = false;
            WouldBlock = true;
            ScheduleRetry();
            return false;
        }
        if (error == Errno.EINPROGRESS || error == Errno.EALREADY)
        {
            details.IsConnecting = true;
            WouldBlock = true;
            return false;
        }
        Error = ConnectFailure(error);
        return true;
    }

    Errno PendingError() =>
        getsockopt(number, SOL_SOCKET, SO_ERROR, out int error) < 0 ? Errno.Last : new Errno(error);

    /// <summary>
    /// Schedules another attempt because the queue of a Unix domain server is full. Linux has no connection in progress in that case, and
    /// no event for space in the queue.
    /// </summary>
    void ScheduleRetry() =>
        details!.Retry ??= Loop.ScheduleOwn(
            QueueRetryInterval, static operation => ((WriteOperation)operation!).RetryConnect(), this, QueueRetryInterval);

    void RetryConnect()
    {
        OnReady();
        if (IsWaiting && details!.IsConnecting)
        {
            details.Retry?.Dispose();
            details.Retry = null;
            if (!TryWatch())
                EndWait();
        }
    }

    UnpException ConnectFailure(Errno error) => new(error, "connect", details!.To.ToString());
}
