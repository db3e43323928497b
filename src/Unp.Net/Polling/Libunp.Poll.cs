using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>poll(2)</c>: waits until a descriptor is ready (UNP 6.10). Neither the number of descriptors nor their values are limited.
    /// </summary>
    /// <remarks>A signal does not end the wait, which continues for the remaining time. Signals end <see cref="Ppoll"/>.</remarks>
    /// <param name="fdarray">The descriptors and the events of interest. <see cref="pollfd.revents"/> receives the ready events.</param>
    /// <param name="timeout">The longest wait, rounded up to milliseconds; zero checks once; null waits indefinitely.</param>
    /// <returns>The number of entries with events, or 0 if the time is over.</returns>
    /// <exception cref="UnpException">
    /// EINVAL: there are more entries than RLIMIT_NOFILE; ENOMEM. A closed descriptor does not throw but reports POLLNVAL.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <example>
    /// The array holds numbers, so the descriptors must stay open during the call:
    /// <code>
    /// pollfd[] fds = [new pollfd { fd = (int)fd.DangerousGetHandle(), events = POLLIN }];
    /// if (Poll(fds, TimeSpan.FromSeconds(5)) > 0 &amp;&amp; (fds[0].revents &amp; (POLLIN | POLLERR | POLLHUP)) != 0)
    ///     Console.WriteLine($"{Read(fd, buffer)} bytes");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</seealso>
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
    /// <c>ppoll(2)</c>: waits as <see cref="Poll"/> does, with a signal mask during the wait. A signal that the mask lets through ends the
    /// wait.
    /// </summary>
    /// <param name="fdarray">The descriptors and the events of interest. <see cref="pollfd.revents"/> receives the ready events.</param>
    /// <param name="timeout">The longest wait, in nanoseconds; zero checks once; null waits indefinitely.</param>
    /// <param name="sigmask">The signals that are blocked during the wait. It replaces the mask of the thread.</param>
    /// <returns>The number of entries with events, or 0 if the time is over.</returns>
    /// <exception cref="UnpException">EINTR: a signal was handled; EINVAL, ENOMEM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ppoll.2.html">ppoll(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static int Ppoll(Span<pollfd> fdarray, TimeSpan? timeout, in SigSet sigmask)
    {
        if (Target.IsMacOS)
            throw new PlatformNotSupportedException("macOS has no ppoll. Use Pselect, or kqueue with EVFILT_SIGNAL.");
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
