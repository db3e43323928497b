using System.Numerics;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// A set of descriptors for <see cref="Libunp.Select(int, ref FdSet, TimeSpan?)"/>: C's <c>fd_set</c>, 1024 bits (UNP 6.3). The call
/// overwrites the set, so keep one set and pass a copy. Assignment copies the set.
/// </summary>
/// <remarks>
/// A descriptor that does not fit throws, where C would write beyond the set. The set holds numbers, so the descriptors must stay open
/// while it is used.
/// </remarks>
/// <example>
/// <code>
/// var all = new FdSet();
/// all.Set(listenfd);
/// all.Set(fd);
/// while (true)
/// {
///     FdSet ready = all;                       // select overwrites the copy only
///     Select(all.Maxfdp1, ref ready);
///     if (ready.IsSet(fd) &amp;&amp; Read(fd, buffer) == 0)
///         break;
/// }
/// </code>
/// </example>
public unsafe struct FdSet
{
    /// <summary>FD_SETSIZE. A set holds the descriptors 0 to 1023 on every system.</summary>
    public const int Capacity = Libc.FD_SETSIZE;

    fd_set set;

    /// <summary>Gets the <c>nfds</c> argument for this set: the highest descriptor plus one, or 0 if the set is empty.</summary>
    public readonly int Maxfdp1
    {
        get
        {
            for (int word = Capacity / 64 - 1; word >= 0; word--)
            {
                if (set.fds_bits[word] != 0)
                    return word * 64 + 64 - BitOperations.LeadingZeroCount(set.fds_bits[word]);
            }
            return 0;
        }
    }

    /// <summary>Returns whether a set can hold the descriptor, which must be less than 1024.</summary>
    /// <exception cref="ObjectDisposedException"><paramref name="fd"/> is closed.</exception>
    public static bool Fits(SafeHandle fd)
    {
        Libunp.Check(fd);
        return fd.DangerousGetHandle() is >= 0 and < Capacity;
    }

    /// <summary>FD_ZERO: empties the set.</summary>
    public void Zero() => set = default;

    /// <summary>FD_SET: adds a descriptor.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fd"/> is 1024 or more. Use poll or epoll for it.</exception>
    /// <exception cref="ObjectDisposedException"><paramref name="fd"/> is closed.</exception>
    public void Set(SafeHandle fd) => set.FD_SET(Number(fd));

    /// <summary>FD_CLR: removes a descriptor.</summary>
    /// <inheritdoc cref="Set" path="/exception"/>
    public void Clr(SafeHandle fd) => set.FD_CLR(Number(fd));

    /// <summary>FD_ISSET: returns whether a descriptor is in the set. After select, that means that it is ready.</summary>
    /// <inheritdoc cref="Set" path="/exception"/>
    public readonly bool IsSet(SafeHandle fd) => set.FD_ISSET(Number(fd));

    /// <summary>Returns the descriptors as <c>strace(1)</c> prints them: <c>"[3 5]"</c>.</summary>
    public override readonly string ToString()
    {
        FdSet all = this;
        return $"[{string.Join(' ', Enumerable.Range(0, Capacity).Where(number => all.set.FD_ISSET(number)))}]";
    }

    /// <summary>Returns the 64 descriptors from 64 * <paramref name="index"/>, one bit each.</summary>
    internal readonly ulong Word(int index) => set.fds_bits[index];

    /// <summary>Adds or removes a number, even if its SafeHandle is closed.</summary>
    internal void Assign(int number, bool isIn)
    {
        if (isIn)
            set.FD_SET(number);
        else
            set.FD_CLR(number);
    }

    /// <summary>Throws the exception of <see cref="Set"/> for a descriptor that no set can hold.</summary>
    internal static void ThrowIfTooLarge(SafeHandle fd) => Number(fd);

    static int Number(SafeHandle fd)
    {
        Libunp.Check(fd);
        nint number = fd.DangerousGetHandle();
        return number is >= 0 and < Capacity ? (int)number
            : throw new ArgumentOutOfRangeException(
                nameof(fd), number, $"An FdSet holds the descriptors 0 to {Capacity - 1}, not {number}. Use poll or epoll for it.");
    }
}
