using System.Numerics;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A <see cref="Poller"/> that uses <c>select(2)</c> (UNP 6.3). It watches the descriptors 0 to 1023, and each costs time in every wait.
/// </summary>
/// <remarks>
/// select does not distinguish <see cref="PollEvents.HangUp"/>, <see cref="PollEvents.Error"/> and <see cref="PollEvents.PeerClosed"/> from
/// readiness: the next read or write returns the reason. If the interest includes one of them, the poller calls poll for each ready
/// descriptor.
/// </remarks>
public sealed unsafe class SelectPoller : Poller
{
    readonly WakeDescriptor wake;
    readonly int wakeNumber;
    FdSet reading;
    FdSet writing;
    FdSet excepting;

    // maxfdp1 covers all three sets. The kernel is not given the second and third set if they are empty.
    int maxfdp1;
    bool anyWriting;
    bool anyExcepting;

    // The descriptor at which the next scan begins, if the last scan filled the event buffer; otherwise 0.
    int next;

    /// <summary>Creates a poller without descriptors.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE: no descriptor is free for <see cref="Poller.Wake"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The new descriptor is 1024 or more, because the process has too many open.</exception>
    public SelectPoller()
        : base("select")
    {
        wake = new WakeDescriptor();
        try
        {
            reading.Set(wake.Reader);
            UpdateMaxfdp1();
        }
        catch
        {
            wake.Dispose();
            throw;
        }
        wakeNumber = (int)wake.Reader.DangerousGetHandle();
    }

    /// <inheritdoc/>
    public override bool Fits(SafeHandle descriptor) => FdSet.Fits(descriptor);

    private protected override void CheckSupported(PollEvents interest, PollMode mode)
    {
        ThrowIfUnsupported(mode, ~PollMode.LevelTriggered);
        if ((interest & PollEvents.PeerClosed) != 0 && (interest & PollEvents.Readable) == 0)
            throw new NotSupportedException("select does not support PeerClosed without Readable.");
        if (Target.IsMacOS && (interest & PollEvents.PeerClosed) != 0)
            throw new NotSupportedException("select does not support PeerClosed on macOS.");
    }

    private protected override void Attach(PollRegistration registration)
    {
        FdSet.ThrowIfTooLarge(registration.Descriptor);
        RequireOpen(registration);
        Assign(registration.Number, registration.Interest);
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode) =>
        Assign(registration.Number, interest);

    private protected override void Detach(PollRegistration registration) => Assign(registration.Number, PollEvents.None);

    private protected override int WaitOnce(Span<PollEvent> events, TimeSpan timeout)
    {
        FdSet readable = reading;
        FdSet writable = writing;
        FdSet exceptional = excepting;
        timeval longest = ToTimeval(timeout);
        int ready = select(
            maxfdp1, &readable, anyWriting ? &writable : null, anyExcepting ? &exceptional : null,
            timeout == Timeout.InfiniteTimeSpan ? null : &longest);
        if (ready == 0)
            return 0;
        if (ready < 0)
        {
            // One closed descriptor makes the whole call fail.
            if (Errno.Last == Errno.EINTR || (Errno.Last == Errno.EBADF && DropClosed()))
                return EndedEarly;
            throw new UnpException(Errno.Last, "select");
        }

        if ((readable.Word(wakeNumber / 64) & (1UL << wakeNumber)) != 0)
        {
            readable.Assign(wakeNumber, false);
            wake.Reset();
        }
        int reported = Report(events, readable, writable, exceptional, (maxfdp1 + 63) / 64);
        return reported > 0 ? reported : EndedEarly;
    }

    /// <summary>Copies the ready descriptors to the caller's buffer.</summary>
    int Report(Span<PollEvent> events, in FdSet readable, in FdSet writable, in FdSet exceptional, int words)
    {
        int reported = 0;
        int first = next / 64 < words ? next : 0;
        next = 0;
        int word = first / 64;
        for (int i = 0; i <= words; i++, word = word + 1 < words ? word + 1 : 0)
        {
            // The scan visits its first word twice: first the bits from the start, last the bits before it.
            ulong bits = readable.Word(word) | writable.Word(word) | exceptional.Word(word);
            ulong fromFirst = ulong.MaxValue << first;
            if (i == 0)
                bits &= fromFirst;
            else if (i == words)
                bits &= ~fromFirst;
            for (; bits != 0; bits &= bits - 1)
            {
                int number = word * 64 + BitOperations.TrailingZeroCount(bits);
                PollRegistration registration = Registered(number)!;
                if (registration.Descriptor.IsClosed)
                {
                    Drop(registration);
                    continue;
                }
                if (reported == events.Length)
                {
                    next = number;
                    return reported;
                }
                ulong bit = bits & (~bits + 1);
                PollEvents what = ((readable.Word(word) & bit) != 0 ? PollEvents.Readable : 0)
                    | ((writable.Word(word) & bit) != 0 ? PollEvents.Writable : 0)
                    | ((exceptional.Word(word) & bit) != 0 ? PollEvents.Priority : 0);
                if ((registration.Interest & PollBits.DetailEvents) != 0)
                    what |= PollBits.QueryDetails(registration);
                events[reported++] = new PollEvent(registration, what);
            }
        }
        return reported;
    }

    /// <summary>Drops closed descriptors, also if they were closed without their SafeHandle. Returns whether there were any.</summary>
    bool DropClosed()
    {
        int before = Count;
        foreach (PollRegistration registration in Registrations)
        {
            var asked = new pollfd { fd = registration.Number };
            if (registration.Descriptor.IsClosed || (poll(&asked, 1, 0) > 0 && (asked.revents & POLLNVAL) != 0))
                Drop(registration);
        }
        return Count < before;
    }

    private protected override void Interrupt() => wake.Set();

    private protected override void Close() => wake.Dispose();

    void Assign(int number, PollEvents interest)
    {
        reading.Assign(number, (interest & PollEvents.Readable) != 0);
        writing.Assign(number, (interest & PollEvents.Writable) != 0);
        excepting.Assign(number, (interest & PollEvents.Priority) != 0);
        UpdateMaxfdp1();
    }

    void UpdateMaxfdp1()
    {
        anyWriting = writing.Maxfdp1 > 0;
        anyExcepting = excepting.Maxfdp1 > 0;
        maxfdp1 = Math.Max(reading.Maxfdp1, Math.Max(writing.Maxfdp1, excepting.Maxfdp1));
    }

    static timeval ToTimeval(TimeSpan timeout)
    {
        long microseconds = timeout == Timeout.InfiniteTimeSpan ? 0
            : Math.Min(RoundedUp(timeout, TimeSpan.TicksPerMicrosecond), Deadline.MaxSeconds * 1_000_000);
        return new timeval(microseconds / 1_000_000, microseconds % 1_000_000);
    }
}
