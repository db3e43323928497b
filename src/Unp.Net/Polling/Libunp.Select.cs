using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>select(2)</c> for reading: waits until a descriptor of the set can be read without blocking (UNP 6.3).</summary>
    /// <inheritdoc cref="Select(int, ref FdSet, ref FdSet, ref FdSet, TimeSpan?)"/>
    public static int Select(int maxfdp1, ref FdSet readset, TimeSpan? timeout = null) =>
        Select(maxfdp1, ref readset, ref Unsafe.NullRef<FdSet>(), ref Unsafe.NullRef<FdSet>(), timeout);

    /// <summary><c>select(2)</c> for reading and writing: waits until a descriptor is ready (UNP 6.3).</summary>
    /// <inheritdoc cref="Select(int, ref FdSet, ref FdSet, ref FdSet, TimeSpan?)"/>
    public static int Select(int maxfdp1, ref FdSet readset, ref FdSet writeset, TimeSpan? timeout = null) =>
        Select(maxfdp1, ref readset, ref writeset, ref Unsafe.NullRef<FdSet>(), timeout);

    /// <summary><c>select(2)</c>: waits until a descriptor is ready, and leaves only the ready descriptors in the sets (UNP 6.3).</summary>
    /// <remarks>A signal does not end the wait, which continues for the remaining time. Signals end <see cref="Pselect"/>.</remarks>
    /// <param name="maxfdp1">The highest descriptor of all sets plus one, which is the largest <see cref="FdSet.Maxfdp1"/>.</param>
    /// <param name="readset">
    /// In: descriptors to read. Out: where a read does not block because of data, a connection, the end or an error.
    /// </param>
    /// <param name="writeset">
    /// In: descriptors to write. Out: where a write does not block because of free space, a completed connect or an error.
    /// </param>
    /// <param name="exceptset">In: descriptors to watch for out-of-band data. Out: descriptors that have it.</param>
    /// <param name="timeout">The longest wait, rounded up to microseconds; zero checks once; null waits indefinitely.</param>
    /// <returns>The number of ready descriptors in all sets together, or 0 if the time is over; the sets are then empty.</returns>
    /// <exception cref="UnpException">EBADF: a descriptor of a set is closed; EINVAL.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="timeout"/> is negative, or <paramref name="maxfdp1"/> is not 0 to 1024.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/select.2.html">select(2)</seealso>
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
    /// <c>pselect(2)</c>: waits as <see cref="Select(int, ref FdSet, ref FdSet, ref FdSet, TimeSpan?)"/> does, with a signal mask during
    /// the wait (UNP 6.9). A signal that the mask lets through ends the wait.
    /// </summary>
    /// <param name="maxfdp1">The highest descriptor of all sets plus one.</param>
    /// <param name="readset">In: descriptors to read. Out: readable descriptors.</param>
    /// <param name="writeset">In: descriptors to write. Out: writable descriptors.</param>
    /// <param name="exceptset">In: descriptors to watch for out-of-band data. Out: descriptors that have it.</param>
    /// <param name="timeout">The longest wait, in nanoseconds; zero checks once; null waits indefinitely.</param>
    /// <param name="sigmask">The signals that are blocked during the wait. It replaces the mask of the thread.</param>
    /// <returns>The number of ready descriptors in all sets together, or 0 if the time is over.</returns>
    /// <exception cref="UnpException">EINTR: a signal was handled; EBADF, EINVAL. The sets keep their contents.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="timeout"/> is negative, or <paramref name="maxfdp1"/> is not 0 to 1024.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pselect.2.html">pselect(2)</seealso>
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
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxfdp1), maxfdp1, $"maxfdp1 must be 0 to {FdSet.Capacity}: the highest descriptor plus one.");
        }
    }
}
