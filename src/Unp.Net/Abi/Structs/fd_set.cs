namespace Unp.Net.Abi;

/// <summary>
/// The descriptors that <c>select</c> watches, 0 to 1023, one bit each. The words are long on Linux and FreeBSD and int on macOS, which in
/// little-endian memory are the same bytes.
/// </summary>
unsafe struct fd_set
{
    public fixed ulong fds_bits[16];

    /// <summary>Adds a descriptor, as C's FD_SET.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The set has no such bit; C would write past its end.</exception>
    public void FD_SET(int fd) => fds_bits[WordOf(fd)] |= BitOf(fd);

    /// <summary>Removes a descriptor, as C's FD_CLR.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The set has no such bit; C would write past its end.</exception>
    public void FD_CLR(int fd) => fds_bits[WordOf(fd)] &= ~BitOf(fd);

    /// <summary>Returns whether a descriptor is in the set, as C's FD_ISSET.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The set has no such bit; C would read past its end.</exception>
    public readonly bool FD_ISSET(int fd) => (fds_bits[WordOf(fd)] & BitOf(fd)) != 0;

    static int WordOf(int fd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fd);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fd, Libc.FD_SETSIZE);
        return fd / 64;
    }

    static ulong BitOf(int fd) => 1UL << (fd % 64);
}
