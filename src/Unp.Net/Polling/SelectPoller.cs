using System.Numerics;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// <c>select(2)</c> behind the contract of <see cref="Poller"/>: descriptors 0 to 1023, each of which costs time in every wait (section 6.3).
/// </summary>
/// <remarks>
/// It does not tell <see cref="PollEvents.HangUp"/>, <see cref="PollEvents.Error"/> and <see cref="PollEvents.PeerClosed"/> from readiness: they are
/// readable or writable, and the next read or write says why. Who asks for them gets them at the price of a poll of those that are ready.
/// </remarks>
public sealed unsafe class SelectPoller : Poller
{
    readonly WakeDescriptor wake;
    readonly int wakeNumber;
    FdSet reading;
    FdSet writing;
    FdSet excepting;

    // Of the three sets together; and whether the second and third have any: the kernel is spared sets that have none.
    int maxfdp1;
    bool anyWriting;
    bool anyExcepting;

    // Where the next scan begins, when the last one had to leave some out.
    int next;

    /// <summary>Makes one that watches nothing yet.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE: there is no descriptor for <see cref="Poller.Wake"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">That descriptor is 1024 or more, because so many are open.</exception>
    public SelectPoller()
        : base("select")
    {
        wake = new WakeDescriptor();
        try
        {
            reading.Set(wake.Reader);
            Measure();
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
        Refuse(mode, ~PollMode.LevelTriggered);
        if ((interest & PollEvents.PeerClosed) != 0 && (interest & PollEvents.Readable) == 0)
            throw new NotSupportedException("select does not have PeerClosed without Readable.");
        if (OperatingSystem.IsMacOS() && (interest & PollEvents.PeerClosed) != 0)
            throw new NotSupportedException("select does not have PeerClosed on macOS.");
    }

    private protected override void Attach(PollRegistration registration)
    {
        // Only to be refused by its number, if it does not fit.
        FdSet probe = default;
        probe.Set(registration.Descriptor);
        RequireOpen(registration);
        Assign(registration.Number, registration.Interest);
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode) => Assign(registration.Number, interest);

    private protected override void Detach(PollRegistration registration) => Assign(registration.Number, PollEvents.None);

    private protected override int Collect(Span<PollEvent> events, TimeSpan timeout)
    {
        FdSet readable = reading;
        FdSet writable = writing;
        FdSet exceptional = excepting;
        timeval longest = Timeval(timeout);
        int ready = select(
            maxfdp1, &readable, anyWriting ? &writable : null, anyExcepting ? &exceptional : null,
            timeout == Timeout.InfiniteTimeSpan ? null : &longest);
        if (ready == 0)
            return 0;
        if (ready < 0)
        {
            // A closed descriptor fails the call for all of them.
            if (Errno.Last == Errno.EINTR || (Errno.Last == Errno.EBADF && DropClosed()))
                return Ended;
            throw new UnpException(Errno.Last, "select");
        }

        if ((readable.Word(wakeNumber / 64) & (1UL << wakeNumber)) != 0)
        {
            readable.Assign(wakeNumber, false);
            wake.Reset();
        }
        int told = Tell(events, readable, writable, exceptional, (maxfdp1 + 63) / 64);
        return told > 0 ? told : Ended;
    }

    /// <summary>Copies out what is ready.</summary>
    int Tell(Span<PollEvent> events, in FdSet readable, in FdSet writable, in FdSet exceptional, int words)
    {
        int told = 0;
        int first = next / 64 < words ? next : 0;
        next = 0;
        int word = first / 64;
        for (int i = 0; i <= words; i++, word = word + 1 < words ? word + 1 : 0)
        {
            // The word in which the scan begins comes twice: first its end, last its beginning.
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
                if (told == events.Length)
                {
                    next = number;
                    return told;
                }
                ulong bit = bits & (~bits + 1);
                PollEvents what = ((readable.Word(word) & bit) != 0 ? PollEvents.Readable : 0)
                    | ((writable.Word(word) & bit) != 0 ? PollEvents.Writable : 0)
                    | ((exceptional.Word(word) & bit) != 0 ? PollEvents.Priority : 0);
                if ((registration.Interest & PollPoller.Details) != 0)
                    what |= PollPoller.Detail(registration);
                events[told++] = new PollEvent(registration, what);
            }
        }
        return told;
    }

    /// <summary>Whether there was any: closed through its object, or behind its back.</summary>
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

    private protected override void Rouse() => wake.Set();

    private protected override void Close() => wake.Dispose();

    void Assign(int number, PollEvents interest)
    {
        reading.Assign(number, (interest & PollEvents.Readable) != 0);
        writing.Assign(number, (interest & PollEvents.Writable) != 0);
        excepting.Assign(number, (interest & PollEvents.Priority) != 0);
        Measure();
    }

    void Measure()
    {
        anyWriting = writing.Maxfdp1 > 0;
        anyExcepting = excepting.Maxfdp1 > 0;
        maxfdp1 = Math.Max(reading.Maxfdp1, Math.Max(writing.Maxfdp1, excepting.Maxfdp1));
    }

    static timeval Timeval(TimeSpan timeout)
    {
        long microseconds = timeout == Timeout.InfiniteTimeSpan ? 0
            : Math.Min(RoundedUp(timeout, TimeSpan.TicksPerMicrosecond), Deadline.MostSeconds * 1_000_000);
        return new timeval(microseconds / 1_000_000, microseconds % 1_000_000);
    }
}
