using static Unp.Net.Libc;

namespace Unp.Net;

// AcceptMode.Passing: the pool accepts, and passes each connection to a worker that has requested one (figure 30.22).
public sealed partial class WorkerPool
{
    /// <summary>The delay until accept is tried again after it has failed because no descriptor was free.</summary>
    static readonly TimeSpan AcceptRetryDelay = TimeSpan.FromMilliseconds(100);

    PollRegistration? listenerWatch;
    bool isListenerReady;
    long retryAcceptAt = long.MaxValue;

    void WatchListener()
    {
        Libunp.SetNonBlocking(listeners[0]);
        listenerWatch = poller.Add(listeners[0], PollEvents.Readable);
    }

    void StopListening()
    {
        if (listenerWatch is { IsAdded: true })
            poller.Remove(listenerWatch);
        listenerWatch = null;
        isListenerReady = false;
        retryAcceptAt = long.MaxValue;
    }

    void CountRequests(WorkerProcess worker)
    {
        Span<byte> asked = stackalloc byte[64];
        nint n = recv(worker.Queue!, asked, MSG_DONTWAIT);
        if (n > 0)
            worker.Requests += (int)n;
        else if (n == 0 || !Errno.Last.IsAny(Errno.EAGAIN, Errno.EINTR))
            poller.Remove(worker.QueueWatch!); // the control socket reports the end of the worker
    }

    /// <summary>Handles a readable listening socket: a connection waits, unless its client has reset it since.</summary>
    void OnListenerReady()
    {
        isListenerReady = true;
        if (FindRequester() is null)
            Watch(PollEvents.None); // the poller is level-triggered, so it would report the socket again at once
    }

    /// <summary>
    /// Passes connections while one waits and a worker has requested one. Further connections wait in the kernel's queue.
    /// </summary>
    void PassConnections()
    {
        if (!isListenerReady || retryAcceptAt != long.MaxValue && retryAcceptAt > Environment.TickCount64)
            return;
        retryAcceptAt = long.MaxValue;
        while (FindRequester() is { } worker)
        {
            if (Libunp.TryAccept(listeners[0], out Fd? connection, out _, isNonBlocking: false))
            {
                using (connection)
                    Pass(connection, worker);
                continue;
            }
            if (Errno.Last == Errno.EAGAIN)
            {
                isListenerReady = false;
                Watch(PollEvents.Readable);
            }
            else
            {
                // After EMFILE and similar errors the connection keeps waiting, so the socket stays readable.
                retryAcceptAt = After(AcceptRetryDelay);
                Watch(PollEvents.None);
            }
            return;
        }
    }

    /// <summary>
    /// Passes a connection to a worker, or to the next one if the first has just died. If no worker is left, the connection is lost, like
    /// one that a dying worker serves.
    /// </summary>
    void Pass(Fd connection, WorkerProcess? worker)
    {
        for (; worker is not null; worker = FindRequester())
        {
            if (Libunp.write_fd(worker.Queue!, [0], connection) >= 0)
            {
                worker.Requests--;
                return;
            }
            worker.Requests = 0;
        }
    }

    WorkerProcess? FindRequester() => Array.Find(current.Workers, worker => worker is { Requests: > 0, IsDraining: false });

    void Watch(PollEvents interest)
    {
        if (listenerWatch!.Interest != interest)
            poller.Modify(listenerWatch, interest);
    }
}
