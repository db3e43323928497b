using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>select(2)</c> for reading: waits until a descriptor of the set can be read without blocking (section 6.3).</summary>
    /// <inheritdoc cref="Select(int, ref FdSet, ref FdSet, ref FdSet, TimeSpan?)"/>
    public static int Select(int maxfdp1, ref FdSet readset, TimeSpan? timeout = null) =>
        Select(maxfdp1, ref readset, ref Unsafe.NullRef<FdSet>(), ref Unsafe.NullRef<FdSet>(), timeout);

    /// <summary><c>select(2)</c> for reading and writing (section 6.3).</summary>
    /// <inheritdoc cref="Select(int, ref FdSet, ref FdSet, ref FdSet, TimeSpan?)"/>
    public static int Select(int maxfdp1, ref FdSet readset, ref FdSet writeset, TimeSpan? timeout = null) =>
        Select(maxfdp1, ref readset, ref writeset, ref Unsafe.NullRef<FdSet>(), timeout);

    /// <summary><c>select(2)</c>: waits until a descriptor is ready, and leaves in the sets those that are (section 6.3).</summary>
    /// <remarks>A signal does not end the wait: it goes on for the rest of the time. <see cref="Pselect"/> is the one that signals end.</remarks>
    /// <param name="maxfdp1">The highest descriptor of all the sets and one: the largest <see cref="FdSet.Maxfdp1"/>.</param>
    /// <param name="readset">In: to be read. Out: those where a read does not block: data, a connection, the end, an error.</param>
    /// <param name="writeset">In: to be written. Out: those where a write does not block: room, a connection made, an error.</param>
    /// <param name="exceptset">In: to be watched for out-of-band data. Out: those that have it.</param>
    /// <param name="timeout">At most so long, rounded up to microseconds; zero looks once; null waits for ever.</param>
    /// <returns>How many descriptors are ready in all the sets together; 0 when the time ran out, and then the sets are empty.</returns>
    /// <exception cref="UnpException">EBADF: a descriptor of a set is closed; EINVAL.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or <paramref name="maxfdp1"/> not 0 to 1024.</exception>
    public static int Select(int maxfdp1, ref FdSet readset, ref FdSet writeset, ref FdSet exceptset, TimeSpan? timeout = null)
    {
        CheckMaxfdp1(maxfdp1);
        var deadline = new Deadline(timeout);
        fixed (FdSet* r = &readset, w = &writeset, e = &exceptset)
        {
            int n;
            do
            {
                timeval rest = deadline.RestAsTimeval();
                n = select(maxfdp1, r, w, e, deadline.IsInfinite ? null : &rest);
            }
            while (Interrupted(n));
            return n >= 0 ? n : throw Failed("select");
        }
    }

    /// <summary>
    /// <c>pselect(2)</c>: as <see cref="Select(int, ref FdSet, ref FdSet, ref FdSet, TimeSpan?)"/>, with a signal mask for the time of the wait (section
    /// 6.9). A signal that the mask lets through ends the wait: that is what it is for.
    /// </summary>
    /// <param name="maxfdp1">The highest descriptor of all the sets and one.</param>
    /// <param name="readset">To be read. Afterwards: those that can be.</param>
    /// <param name="writeset">To be written. Afterwards: those that can be.</param>
    /// <param name="exceptset">To be watched for out-of-band data. Afterwards: those that have it.</param>
    /// <param name="timeout">At most so long, to the nanosecond; zero looks once; null waits for ever.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, in place of the thread's.</param>
    /// <returns>How many descriptors are ready in all the sets together; 0 when the time ran out.</returns>
    /// <exception cref="UnpException">EINTR: a signal was handled; EBADF, EINVAL. The sets are as before.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or <paramref name="maxfdp1"/> not 0 to 1024.</exception>
    public static int Pselect(
        int maxfdp1, ref FdSet readset, ref FdSet writeset, ref FdSet exceptset, TimeSpan? timeout, in SigSet sigmask)
    {
        CheckMaxfdp1(maxfdp1);
        var deadline = new Deadline(timeout);
        timespec rest = deadline.RestAsTimespec();
        fixed (FdSet* r = &readset, w = &writeset, e = &exceptset)
        fixed (SigSet* mask = &sigmask)
        {
            int n = pselect(maxfdp1, r, w, e, deadline.IsInfinite ? null : &rest, mask);
            return n >= 0 ? n : throw Failed("pselect");
        }
    }

    static void CheckMaxfdp1(int maxfdp1)
    {
        if (maxfdp1 is < 0 or > FdSet.Capacity)
            throw new ArgumentOutOfRangeException(nameof(maxfdp1), maxfdp1, $"The highest descriptor and one is 0 to {FdSet.Capacity}.");
    }
}
