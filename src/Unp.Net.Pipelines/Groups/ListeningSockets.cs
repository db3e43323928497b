using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>Opens the listening sockets of an <see cref="EventLoopGroup"/>.</summary>
static class ListeningSockets
{
    /// <summary>Opens one socket for all loops, or one per loop.</summary>
    /// <exception cref="NotSupportedException">
    /// <paramref name="reusePort"/> is true, but this system or the address family does not support it.
    /// </exception>
    public static List<Fd> Open(in SockAddr address, int loops, bool reusePort, int backlog)
    {
        if (reusePort && !CanShare(address.Family))
        {
            throw new NotSupportedException(
                $"This system cannot distribute the connections of {address} among several listening sockets. Set ReusePort to false.");
        }
        var listening = new List<Fd>();
        try
        {
            listening.Add(Open(in address, reusePort, backlog));
            SockAddr bound = Libunp.Getsockname(listening[0]);
            while (reusePort && listening.Count < loops)
                listening.Add(Open(in bound, reusePort, backlog));
            return listening;
        }
        catch
        {
            listening.ForEach(fd => fd.Dispose());
            throw;
        }
    }

    static bool CanShare(int family) =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD()) && (family == AF_INET || family == AF_INET6);

    static Fd Open(in SockAddr address, bool sharesPort, int backlog) =>
        address.Family == AF_UNIX && !address.IsAbstract && address.Path is { Length: > 0 } path && IsWhole(path, in address)
            ? Libunp.UnixListen(path, backlog: backlog)
            : Libunp.StreamListen(in address, sharesPort, backlog);

    /// <summary>
    /// Returns whether the path contains all bytes of the address. A path that is not valid UTF-8 is bound unchanged, and a stale socket
    /// there is not removed.
    /// </summary>
    static bool IsWhole(string path, in SockAddr address)
    {
        try
        {
            return SockAddr.Unix(path).Equals(address);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
