using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// A descriptor may stay ready although the call of a waiting operation fails with EAGAIN. There are two causes:
//   - The error queue is not empty. It wakes each reader and writer.
//   - A Unix datagram socket's receiver has a full queue. poll(2) reports the sender as writable all the same.
// A level-triggered loop would spin. So after such a wake-up poll(2) is asked whether the descriptor is still ready. If it is:
//   epoll, kqueue   The descriptor is watched edge-triggered until the next operation waits. New data, errors and space make an edge.
//   select, poll    The descriptor is not watched for a delay, which doubles from MinRetryDelay to MaxRetryDelay.
//   full receiver   Writing is not watched for that delay with any mechanism, because space in another socket's queue makes no edge.
public sealed partial class LoopSocket
{
    static readonly TimeSpan MinRetryDelay = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(128);

    Pause? pause;

    /// <summary>The state of the delays, created for the first because few sockets need it.</summary>
    sealed class Pause
    {
        public LoopTimer? Timer;
        public TimeSpan Delay;
        public bool IsPending;

        /// <summary>The sum of the operations' versions at the last delay. The delay doubles while the sum stays the same.</summary>
        public int Versions;
    }

    /// <summary>Keeps the loop from spinning after a wake-up whose calls failed with EAGAIN.</summary>
    /// <param name="blocked">The directions whose call failed with EAGAIN.</param>
    void AvoidSpinning(PollEvents blocked)
    {
        if (registration is null)
            return;
        PollEvents stillReady = PollNow() & (blocked | ErrorEvents);
        if (stillReady == 0)
            return; // for example, another process has taken the data
        try
        {
            if (loop.Mechanism is "epoll" or "kqueue")
                WatchEdgeTriggered(stillReady);
            else
                WatchOtherEvents(stillReady);
            RecordWatchedDirections();
        }
        catch (Exception e)
        {
            Close(e); // for the same reasons as in DropUnwantedEvents
        }
    }

    void WatchEdgeTriggered(PollEvents stillReady)
    {
        PollEvents full = stillReady & PollEvents.Writable;
        PollEvents interest = WaitingInterest & ~full;
        PollMode mode = stillReady == full ? PollMode.LevelTriggered : PollMode.EdgeTriggered;

        // Modify makes an edge by itself, so it is called only for a change.
        if (registration!.Interest != interest || registration.Mode != mode)
            loop.Poller.Modify(registration, interest, mode);
        if (full != 0)
            ScheduleWatch();
    }

    void WatchOtherEvents(PollEvents stillReady)
    {
        if ((stillReady & ErrorEvents) != 0)
            Unwatch(); // POLLERR and POLLHUP are reported even with an empty interest
        else
            loop.Poller.Modify(registration!, WaitingInterest & ~stillReady);
        ScheduleWatch();
    }

    void ScheduleWatch()
    {
        pause ??= new Pause();
        if (pause.IsPending)
            return;
        int versions = reader.Version + (writer?.Version ?? 0) + (errorReader?.Version ?? 0);
        bool grows = pause.Timer is not null && versions == pause.Versions;
        pause.Delay = !grows ? MinRetryDelay : pause.Delay < MaxRetryDelay ? 2 * pause.Delay : MaxRetryDelay;
        pause.Versions = versions;
        pause.IsPending = true;
        if (pause.Timer is null)
            pause.Timer = loop.ScheduleOwn(pause.Delay, static socket => ((LoopSocket)socket!).ResumeWatching(), this);
        else
            pause.Timer.Change(pause.Delay);
    }

    void ResumeWatching()
    {
        pause!.IsPending = false;
        if (!HasWaiters)
            return;
        try
        {
            Watch(WaitingInterest);
        }
        catch (Exception e)
        {
            Close(e);
        }
    }

    /// <summary>Calls <c>poll(2)</c>, which reports errors apart from readiness. Some pollers do not.</summary>
    unsafe PollEvents PollNow()
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
