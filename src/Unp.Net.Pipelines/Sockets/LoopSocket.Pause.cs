using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// A descriptor may stay ready although the call of a waiting operation finds nothing:
//   an unread error queue, which each reader and writer is woken for;
//   a unix datagram socket whose receiver's queue is full, which poll(2) calls writable all the same.
// Level-triggered, the loop would spin. After such a wake-up poll(2) tells whether the descriptor still claims to be ready. If so:
//   epoll, kqueue   The descriptor is watched edge-triggered until the next operation waits. New data, errors and room make an edge.
//   select, poll    The descriptor is not watched for a while, which doubles from MinRetryDelay to MaxRetryDelay.
//   full receiver   The same, for writing only: room in another socket's queue makes no edge.
public sealed partial class LoopSocket
{
    static readonly TimeSpan MinRetryDelay = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(128);

    Pause? pause;

    /// <summary>The state of the pauses, which is made for the first: few sockets need it.</summary>
    sealed class Pause
    {
        public LoopTimer? Timer;
        public TimeSpan Delay;
        public bool IsPending;

        /// <summary>The sum of the operations' versions at the last pause. The delay grows while none of them completes.</summary>
        public int Versions;
    }

    /// <summary>Keeps the loop from spinning after a wake-up for which the calls found nothing.</summary>
    /// <param name="fruitless">The directions whose call found nothing.</param>
    void Calm(PollEvents fruitless)
    {
        if (registration is null)
            return;
        PollEvents claimed = Claimed() & (fruitless | Trouble);
        if (claimed == 0)
            return; // another process was faster, for example
        try
        {
            if (loop.Mechanism is "epoll" or "kqueue")
                WatchEdges(claimed);
            else
                WatchLess(claimed);
            Note();
        }
        catch (Exception e)
        {
            Close(e); // as in Neglect
        }
    }

    void WatchEdges(PollEvents claimed)
    {
        PollEvents full = claimed & PollEvents.Writable;
        PollEvents interest = Waiting & ~full;
        PollMode mode = claimed == full ? PollMode.LevelTriggered : PollMode.EdgeTriggered;
        if (registration!.Interest != interest || registration.Mode != mode) // else a change would make an edge by itself
            loop.Poller.Modify(registration, interest, mode);
        if (full != 0)
            WatchLater();
    }

    void WatchLess(PollEvents claimed)
    {
        if ((claimed & Trouble) != 0)
            Unwatch(); // poll reports trouble whatever the interest is
        else
            loop.Poller.Modify(registration!, Waiting & ~claimed);
        WatchLater();
    }

    void WatchLater()
    {
        pause ??= new Pause();
        if (pause.IsPending)
            return;
        int versions = reader.Version + (writer?.Version ?? 0) + (errors?.Version ?? 0);
        bool grows = pause.Timer is not null && versions == pause.Versions;
        pause.Delay = !grows ? MinRetryDelay : pause.Delay < MaxRetryDelay ? 2 * pause.Delay : MaxRetryDelay;
        pause.Versions = versions;
        pause.IsPending = true;
        if (pause.Timer is null)
            pause.Timer = loop.Schedule(pause.Delay, static socket => ((LoopSocket)socket!).WatchAgain(), this);
        else
            pause.Timer.Change(pause.Delay);
    }

    void WatchAgain()
    {
        pause!.IsPending = false;
        if (!AnyWaits)
            return;
        try
        {
            Watch(Waiting);
        }
        catch (Exception e)
        {
            Close(e);
        }
    }

    /// <summary>Asks poll(2), which unlike the poller's answer tells trouble from readiness.</summary>
    unsafe PollEvents Claimed()
    {
        var asked = new pollfd { fd = Number, events = (short)(POLLIN | POLLOUT) };
        if (poll(&asked, 1, 0) <= 0)
            return PollEvents.None;
        return ((asked.revents & POLLIN) != 0 ? PollEvents.Readable : 0)
            | ((asked.revents & POLLOUT) != 0 ? PollEvents.Writable : 0)
            | ((asked.revents & POLLERR) != 0 ? PollEvents.Error : 0)
            | ((asked.revents & POLLHUP) != 0 ? PollEvents.HangUp : 0);
    }
}
