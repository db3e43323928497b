using static Unp.Net.Libc;

namespace Unp.Net;

// AcceptMode.Passing: the pool accepts, and each connection goes to a worker that has asked for one (figure 30.22).
public sealed partial class WorkerPool
{
    /// <summary>How long, in milliseconds, accept is left alone when no descriptor is free.</summary>
    const long Shortage = 100;

    PollRegistration? listenerWatch;
    bool isListenerReady;
    long retryAcceptAt = long.MaxValue;

    void WatchListener()
    {
        Libunp.Set_nonblock(listeners[0]);
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

    void CountWanted(WorkerProcess worker)
    {
        Span<byte> asked = stackalloc byte[64];
        nint n = recv(worker.Queue!, asked, MSG_DONTWAIT);
        if (n > 0)
            worker.Wanted += (int)n;
        else if (n == 0 || Errno.Last != Errno.EAGAIN && Errno.Last != Errno.EINTR)
            poller.Remove(worker.QueueWatch!); // its control socket tells the rest
    }

    /// <summary>There is a connection, or was a moment ago.</summary>
    void ListenerIsReady()
    {
        isListenerReady = true;
        if (FirstWho() is null)
            Watch(PollEvents.None); // level-triggered it would be told of again and again
    }

    /// <summary>Passes connections on as long as there is one, and somebody who wants it. The others wait in the kernel's queue.</summary>
    void PassConnections()
    {
        if (!isListenerReady || retryAcceptAt != long.MaxValue && retryAcceptAt > Environment.TickCount64)
            return;
        retryAcceptAt = long.MaxValue;
        while (FirstWho() is { } worker)
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
                // EMFILE and the like: whoever waits goes on waiting, and the socket stays ready.
                retryAcceptAt = Environment.TickCount64 + Shortage;
                Watch(PollEvents.None);
            }
            return;
        }
    }

    /// <summary>Gives a connection to a worker, or to the next one if that has just died; without any it is lost, as the one that a dying worker has.</summary>
    void Pass(Fd connection, WorkerProcess? worker)
    {
        for (; worker is not null; worker = FirstWho())
        {
            if (Libunp.write_fd(worker.Queue!, [0], connection) >= 0)
            {
                worker.Wanted--;
                return;
            }
            worker.Wanted = 0;
        }
    }

    WorkerProcess? FirstWho() => Array.Find(current.Workers, worker => worker is { Wanted: > 0, IsDraining: false });

    void Watch(PollEvents interest)
    {
        if (listenerWatch!.Interest != interest)
            poller.Modify(listenerWatch, interest);
    }
}
