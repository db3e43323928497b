using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Unp.Net;

// The part that each mechanism implements, and the code that all of them share.
public abstract partial class Poller
{
    readonly AlwaysReady files = new();
    bool filesFirst;

    /// <summary>The result of <see cref="WaitOnce"/> if it was woken or interrupted before the time was over.</summary>
    private protected const int EndedEarly = -1;

    /// <summary>Throws if the mechanism does not support the combination.</summary>
    private protected abstract void CheckSupported(PollEvents interest, PollMode mode);

    /// <summary>Adds a complete registration to the mechanism.</summary>
    private protected abstract void Attach(PollRegistration registration);

    /// <summary>Changes the interest and mode in the mechanism. The registration still has the old values.</summary>
    private protected abstract void Change(PollRegistration registration, PollEvents interest, PollMode mode);

    /// <summary>Removes a registration from the mechanism. Its descriptor may already be closed.</summary>
    private protected abstract void Detach(PollRegistration registration);

    /// <summary>Waits once, with one system call.</summary>
    /// <returns>The number of events, 0 if the time is over, or <see cref="EndedEarly"/>.</returns>
    private protected abstract int WaitOnce(Span<PollEvent> events, TimeSpan timeout);

    /// <summary>
    /// Adds a file or directory that the mechanism cannot watch. It is always ready, because select and poll define it so.
    /// </summary>
    private protected void AddFile(PollRegistration registration) => files.Add(registration);

    /// <summary>Ends a <see cref="WaitOnce"/>. Any thread may call it.</summary>
    private protected abstract void Interrupt();

    /// <summary>Closes the descriptors of the mechanism.</summary>
    private protected abstract void Close();

    /// <summary>All registrations.</summary>
    private protected IEnumerable<PollRegistration> Registrations => registrations.OfType<PollRegistration>();

    internal PollRegistration? Registered(int number) => (uint)number < (uint)registrations.Length ? registrations[number] : null;

    /// <summary>
    /// Removes a registration from the tables and the mechanism. Its owner stays set, so that the caller may still remove it without an
    /// error.
    /// </summary>
    private protected void Drop(PollRegistration registration)
    {
        registrations[registration.Number] = null;
        Count--;
        if (registration.IsFile)
            files.Remove(registration);
        else
            Detach(registration);
    }

    /// <summary>
    /// Throws if the descriptor is not open, as <c>epoll_ctl(2)</c> does. It serves mechanisms that otherwise notice a closed number only
    /// during the wait.
    /// </summary>
    private protected static void RequireOpen(PollRegistration registration)
    {
        if (Libc.fcntl(registration.Descriptor, Libc.F_GETFD) < 0)
            throw new UnpException(Errno.Last, "fcntl", $"fd {registration.Number}");
    }

    /// <summary>Throws if <paramref name="mode"/> has flags that the mechanism lacks.</summary>
    private protected void ThrowIfUnsupported(PollMode mode, PollMode lacking)
    {
        if ((mode & lacking) != 0)
            throw new NotSupportedException($"{Mechanism} does not support {mode & lacking}.");
    }

    /// <summary>
    /// Returns the milliseconds, rounded up, or -1 to wait indefinitely. If they were rounded down, the wait would end early, find nothing
    /// and be repeated.
    /// </summary>
    private protected static int Milliseconds(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? -1
        : (int)Math.Min(int.MaxValue, RoundedUp(timeout, TimeSpan.TicksPerMillisecond));

    /// <summary>
    /// Divides a time by a unit in ticks and rounds up. It does not add <c>unit - 1</c> before the division, because the sum would overflow
    /// for the longest time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // makes the unit a constant, which is cheap to divide by
    private protected static long RoundedUp(TimeSpan time, long unit) => time.Ticks / unit + (time.Ticks % unit > 0 ? 1 : 0);

    /// <summary>Waits once, for the descriptors of the mechanism and for files.</summary>
    int WaitForAny(Span<PollEvent> events, TimeSpan timeout)
    {
        if (files.Count == 0)
            return WaitOnce(events, timeout);
        while (files.FirstClosed is { } closed)
            Drop(closed);
        if (!files.AnyReady)
            return WaitOnce(events, timeout);

        // Files and descriptors come first in turn, because the last group may find no space in the buffer.
        filesFirst = !filesFirst;
        int reported = filesFirst ? files.Report(events) : 0;
        if (reported < events.Length)
            reported += Math.Max(0, WaitOnce(events[reported..], TimeSpan.Zero));
        return filesFirst ? reported : reported + files.Report(events[reported..]);
    }

    int SpinThenWait(Span<PollEvent> events, TimeSpan timeout)
    {
        TimeSpan spinning = timeout == Timeout.InfiniteTimeSpan || timeout > SpinPeriod ? SpinPeriod : timeout;
        long start = Stopwatch.GetTimestamp();
        TimeSpan gone;
        do
        {
            int n = WaitForAny(events, TimeSpan.Zero);
            if (n != 0)
                return Math.Max(0, n);
            gone = Stopwatch.GetElapsedTime(start);
        }
        while (gone < spinning);
        if (timeout == Timeout.InfiniteTimeSpan)
            return Math.Max(0, WaitForAny(events, timeout));
        return timeout > gone ? Math.Max(0, WaitForAny(events, timeout - gone)) : 0;
    }
}
