using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// Connecting.
sealed unsafe partial class WriteOperation
{
    static readonly TimeSpan QueueRetry = TimeSpan.FromMilliseconds(5);

    bool Connect()
    {
        if (details!.IsConnecting)
            return IsConnected();
        if (connect(number, in details.To) == 0)
            return true;
        Errno error = Errno.Last;
        if (error == Errno.EAGAIN && details.To.Family == AF_UNIX)
        {
            WaitForQueue();
            return false;
        }
        if (error != Errno.EINPROGRESS && error != Errno.EINTR)
        {
            Error = Failure(error);
            return true;
        }
        details.IsConnecting = true;
        return false;
    }

    /// <summary>Whether it is known how the connecting has ended; calling connect again would only say EALREADY.</summary>
    bool IsConnected()
    {
        int error = 0;
        uint length = sizeof(int);
        if (getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &length) < 0)
            error = Errno.Last.Value;
        if (error != 0)
            Error = Failure(new Errno(error));
        else if (getpeername(number, out _) < 0)
            return false;
        return true;
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
            if (!TryWatch())
                Finish();
        }
    }

    UnpException Failure(Errno error) => new(error, "connect", details!.To.ToString());
}
