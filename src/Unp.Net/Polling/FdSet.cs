using System.Numerics;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// A set of descriptors for <see cref="Libunp.Select(int, ref FdSet, TimeSpan?)"/>: C's <c>fd_set</c>, 1024 bits (section 6.3). As there the call
/// overwrites it: keep one set and hand in copies, which is what assigning it makes.
/// </summary>
/// <remarks>
/// A descriptor that does not fit is refused, where C writes beyond the set. The set holds numbers: the descriptors have to stay open while it is
/// used.
/// </remarks>
public unsafe struct FdSet
{
    /// <summary>FD_SETSIZE: the descriptors that fit are 0 to 1023, on every system.</summary>
    public const int Capacity = Libc.FD_SETSIZE;

    fd_set set;

    /// <summary>The <c>nfds</c> argument for this set: its highest descriptor and one; 0 when it is empty.</summary>
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

    /// <summary>Whether a set can hold a descriptor: whether it is less than 1024.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public static bool Fits(SafeHandle fd)
    {
        Libunp.Check(fd);
        return fd.DangerousGetHandle() is >= 0 and < Capacity;
    }

    /// <summary>FD_ZERO: empties the set.</summary>
    public void Zero() => set = default;

    /// <summary>FD_SET: adds a descriptor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 1024 or more, which select cannot handle: use poll or epoll.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void Set(SafeHandle fd) => set.FD_SET(Number(fd));

    /// <summary>FD_CLR: removes a descriptor.</summary>
    /// <inheritdoc cref="Set" path="/exception"/>
    public void Clr(SafeHandle fd) => set.FD_CLR(Number(fd));

    /// <summary>FD_ISSET: whether a descriptor is in the set; after select, whether it is ready.</summary>
    /// <inheritdoc cref="Set" path="/exception"/>
    public readonly bool IsSet(SafeHandle fd) => set.FD_ISSET(Number(fd));

    /// <summary>The descriptors 64 * <paramref name="index"/> and on, a bit each.</summary>
    internal readonly ulong Word(int index) => set.fds_bits[index];

    /// <summary>Adds a number, or takes it out, whatever has become of the object it belonged to.</summary>
    internal void Assign(int number, bool isIn)
    {
        if (isIn)
            set.FD_SET(number);
        else
            set.FD_CLR(number);
    }

    static int Number(SafeHandle fd)
    {
        Libunp.Check(fd);
        nint number = fd.DangerousGetHandle();
        return number is >= 0 and < Capacity ? (int)number
            : throw new ArgumentOutOfRangeException(
                nameof(fd), number, $"An FdSet holds the descriptors 0 to {Capacity - 1}; select cannot wait for {number}, poll and epoll can.");
    }
}
