using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>poll(2)</c>: waits until a descriptor is ready; any number of them, and of any size (section 6.10).</summary>
    /// <remarks>A signal does not end the wait: it goes on for the rest of the time. <see cref="Ppoll"/> is the one that signals end.</remarks>
    /// <param name="fdarray">The descriptors and what is wanted of each; what is ready comes in <see cref="pollfd.revents"/>.</param>
    /// <param name="timeout">At most so long, rounded up to milliseconds; zero looks once; null waits for ever.</param>
    /// <returns>How many entries have something; 0 when the time ran out.</returns>
    /// <exception cref="UnpException">EINVAL: more entries than descriptors are allowed; ENOMEM. A closed descriptor is no error, but POLLNVAL.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public static int Poll(Span<pollfd> fdarray, TimeSpan? timeout = null)
    {
        var deadline = new Deadline(timeout);
        int n;
        do
            n = poll(fdarray, deadline.RestInMilliseconds);
        while (Interrupted(n) || (n == 0 && !deadline.IsOver));
        return n >= 0 ? n : throw Failed("poll");
    }

    /// <summary>
    /// <c>ppoll(2)</c>: as <see cref="Poll"/>, with a signal mask for the time of the wait. A signal that the mask lets through ends the wait: that is
    /// what it is for.
    /// </summary>
    /// <param name="fdarray">The descriptors and what is wanted of each; what is ready comes in <see cref="pollfd.revents"/>.</param>
    /// <param name="timeout">At most so long, to the nanosecond; zero looks once; null waits for ever.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, in place of the thread's.</param>
    /// <returns>How many entries have something; 0 when the time ran out.</returns>
    /// <exception cref="UnpException">EINTR: a signal was handled; EINVAL, ENOMEM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    [UnsupportedOSPlatform("macos")]
    public static int Ppoll(Span<pollfd> fdarray, TimeSpan? timeout, in SigSet sigmask)
    {
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException("macOS has no ppoll; use Pselect, or kqueue with EVFILT_SIGNAL.");
        var deadline = new Deadline(timeout);
        timespec rest = deadline.RestAsTimespec();
        fixed (pollfd* p = fdarray)
        fixed (SigSet* mask = &sigmask)
        {
            int n = ppoll(p, (nuint)fdarray.Length, deadline.IsInfinite ? null : &rest, mask);
            return n >= 0 ? n : throw Failed("ppoll");
        }
    }
}
