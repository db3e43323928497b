using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Unp.Net;

// What a mechanism has to do, and what all of them share.
public abstract partial class Poller
{
    readonly AlwaysReady files = new();
    bool filesFirst;

    /// <summary>What <see cref="Collect"/> returns when it ended for another reason than its time: it was woken or interrupted.</summary>
    private protected const int Ended = -1;

    /// <summary>Refuses what the mechanism does not have.</summary>
    private protected abstract void CheckSupported(PollEvents interest, PollMode mode);

    /// <summary>Tells the mechanism of a registration, which is complete.</summary>
    private protected abstract void Attach(PollRegistration registration);

    /// <summary>Tells the mechanism of another interest and mode; the registration has the old ones.</summary>
    private protected abstract void Change(PollRegistration registration, PollEvents interest, PollMode mode);

    /// <summary>Makes the mechanism forget a registration, whose descriptor may be closed already.</summary>
    private protected abstract void Detach(PollRegistration registration);

    /// <summary>Waits once.</summary>
    /// <returns>How many events; 0 when the time ran out; <see cref="Ended"/>.</returns>
    private protected abstract int Collect(Span<PollEvent> events, TimeSpan timeout);

    /// <summary>A file or directory, for which the mechanism cannot wait, is always ready: the contract is select's and poll's.</summary>
    private protected void AddFile(PollRegistration registration) => files.Add(registration);

    /// <summary>Ends a <see cref="Collect"/>, on whatever thread.</summary>
    private protected abstract void Rouse();

    /// <summary>Closes what the mechanism has open.</summary>
    private protected abstract void Close();

    /// <summary>All that are registered.</summary>
    private protected IEnumerable<PollRegistration> Registrations => registrations.OfType<PollRegistration>();

    internal PollRegistration? Registered(int number) => (uint)number < (uint)registrations.Length ? registrations[number] : null;

    /// <summary>Removes a registration from the tables, and from the mechanism. It keeps its owner: the program may still remove it.</summary>
    private protected void Drop(PollRegistration registration)
    {
        registrations[registration.Number] = null;
        Count--;
        if (registration.IsFile)
            files.Remove(registration);
        else
            Detach(registration);
    }

    /// <summary>For a mechanism that takes a number and sees in the wait what it is: refuses one that is not open as epoll_ctl does.</summary>
    private protected static void RequireOpen(PollRegistration registration)
    {
        if (Libc.fcntl(registration.Descriptor, Libc.F_GETFD) < 0)
            throw new UnpException(Errno.Last, "fcntl", $"fd {registration.Number}");
    }

    /// <summary>Refuses modes that a mechanism does not have.</summary>
    private protected void Refuse(PollMode mode, PollMode lacking)
    {
        if ((mode & lacking) != 0)
            throw new NotSupportedException($"{Mechanism} does not have {mode & lacking}.");
    }

    /// <summary>Milliseconds, rounded up: a wait that ends too early finds nothing and is made again and again. -1 for ever.</summary>
    private protected static int Milliseconds(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? -1
        : (int)Math.Min(int.MaxValue, RoundedUp(timeout, TimeSpan.TicksPerMillisecond));

    /// <summary>A time in units of so many ticks. The longest has no room for one unit more, from which to round down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // the unit is a constant then, and dividing by it cheap
    private protected static long RoundedUp(TimeSpan time, long unit) => time.Ticks / unit + (time.Ticks % unit > 0 ? 1 : 0);

    /// <summary>Waits once, for what the mechanism watches and for files.</summary>
    int Look(Span<PollEvent> events, TimeSpan timeout)
    {
        if (files.Count == 0)
            return Collect(events, timeout);
        while (files.Closed is { } closed)
            Drop(closed);
        if (!files.Any)
            return Collect(events, timeout);

        // Every other time: whoever is last may find no room.
        filesFirst = !filesFirst;
        int told = filesFirst ? files.Tell(events) : 0;
        if (told < events.Length)
            told += Math.Max(0, Collect(events[told..], TimeSpan.Zero));
        return filesFirst ? told : told + files.Tell(events[told..]);
    }

    int Spin(Span<PollEvent> events, TimeSpan timeout)
    {
        TimeSpan spinning = timeout == Timeout.InfiniteTimeSpan || timeout > SpinTime ? SpinTime : timeout;
        long start = Stopwatch.GetTimestamp();
        TimeSpan gone;
        do
        {
            int n = Look(events, TimeSpan.Zero);
            if (n != 0)
                return Math.Max(0, n);
            gone = Stopwatch.GetElapsedTime(start);
        }
        while (gone < spinning);
        if (timeout == Timeout.InfiniteTimeSpan)
            return Math.Max(0, Look(events, timeout));
        return timeout > gone ? Math.Max(0, Look(events, timeout - gone)) : 0;
    }
}
