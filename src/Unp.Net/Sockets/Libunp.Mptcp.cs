using System.Runtime.InteropServices;
using Unp.Net.Abi.Linux;
using static Unp.Net.Libc;

namespace Unp.Net;

// The state of an MPTCP connection. The options are value-result: the program says how many subflows it has room for, and the kernel how
// many there are.
public static unsafe partial class Libunp
{
    /// <summary>The kernel's own path manager creates at most eight additional subflows.</summary>
    const int UsualSubflows = 9;

    /// <summary>
    /// Returns whether a connection is MPTCP or plain TCP, with the addresses and counters of each of its subflows: MPTCP_FULL_INFO, before
    /// Linux 6.5 MPTCP_INFO, MPTCP_SUBFLOW_ADDRS and MPTCP_TCPINFO. Linux since 5.16 only.
    /// </summary>
    /// <remarks>
    /// An MPTCP listener accepts clients of plain TCP too, and a client falls back to TCP if the server requires it. Both continue without
    /// an error, so this function is the way to find out.
    /// </remarks>
    /// <param name="fd">An MPTCP socket, or a connected TCP socket.</param>
    /// <exception cref="UnpException">
    /// ENOTCONN: a TCP socket without a peer; EOPNOTSUPP: another kind of socket, or an older kernel; ENOTSOCK.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    /// <example>
    /// <code>
    /// MptcpStatus status = GetMptcpStatus(fd);
    /// Console.WriteLine(status.IsFallback ? "plain TCP" : $"MPTCP with {status.Subflows.Count} subflows");
    /// foreach (MptcpSubflow subflow in status.Subflows)
    ///     Console.WriteLine($"{subflow.Local} to {subflow.Remote}: {subflow.Tcp.BytesSent} bytes");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    public static MptcpStatus GetMptcpStatus(SafeHandle fd)
    {
        Check(fd);
        return TryFullMptcpStatus(fd) ?? TryOlderMptcpStatus(fd) ?? PlainTcpStatus(fd);
    }

    /// <summary>Returns the status as of one instant. Null: plain TCP, or a kernel before Linux 6.5.</summary>
    static MptcpStatus? TryFullMptcpStatus(SafeHandle fd)
    {
        int statisticsSize = SocketOptions.TcpInfo.Size;
        int room = UsualSubflows;
        while (true)
        {
            var addresses = new MptcpAppended.SubflowInfo[room];
            byte[] statistics = new byte[room * statisticsSize];
            fixed (MptcpAppended.SubflowInfo* first = addresses)
            fixed (byte* start = statistics)
            {
                var full = new MptcpAppended.FullInfo
                {
                    size_tcpinfo_user = (uint)statisticsSize,
                    size_sfinfo_user = (uint)sizeof(MptcpAppended.SubflowInfo),
                    size_arrays_user = (uint)room,
                    subflow_info = (ulong)first,
                    tcp_info = (ulong)start,
                };
                uint length = (uint)sizeof(MptcpAppended.FullInfo);
                if (!TryMptcpOption(fd, MPTCP_FULL_INFO, nameof(MPTCP_FULL_INFO), &full, &length))
                    return null;
                int count = (int)full.num_subflows;
                if (count <= room)
                {
                    int infoLength = (int)length - (sizeof(MptcpAppended.FullInfo) - sizeof(MptcpAppended.Info));
                    var info = SocketOptions.MptcpInfo.Decode(new ReadOnlySpan<byte>(&full.mptcp_info, infoLength));
                    return new(info, SubflowsOf(addresses.AsSpan(0, count), statistics, (int)full.size_tcpinfo_user));
                }
                room = count;
            }
        }
    }

    /// <summary>
    /// Returns the status from the options that kernels before Linux 6.5 have. Null: plain TCP, or a kernel before Linux 5.16. Addresses
    /// and statistics come from separate calls, so the calls are repeated if subflows have changed between them.
    /// </summary>
    internal static MptcpStatus? TryOlderMptcpStatus(SafeHandle fd)
    {
        while (true)
        {
            MptcpInfo info = default;
            if (TryMptcpArray(fd, MPTCP_SUBFLOW_ADDRS, nameof(MPTCP_SUBFLOW_ADDRS), sizeof(mptcp_subflow_addrs)) is not { } before
                || TryMptcpArray(fd, MPTCP_TCPINFO, nameof(MPTCP_TCPINFO), SocketOptions.TcpInfo.Size) is not { } statistics
                || TryMptcpArray(fd, MPTCP_SUBFLOW_ADDRS, nameof(MPTCP_SUBFLOW_ADDRS), sizeof(mptcp_subflow_addrs)) is not { } after
                || !TryGetsockopt(fd, SocketOptions.MptcpInfo, ref info))
            {
                return null;
            }
            if (statistics.Count == after.Count && before.Bytes.Span.SequenceEqual(after.Bytes.Span))
            {
                var addresses = new MptcpAppended.SubflowInfo[after.Count];
                for (int i = 0; i < addresses.Length; i++)
                    addresses[i].addrs = MemoryMarshal.Read<mptcp_subflow_addrs>(after.Bytes.Span[(i * after.Size)..]);
                return new(info, SubflowsOf(addresses, statistics.Bytes.Span, statistics.Size));
            }
        }
    }

    /// <summary>Returns the status of a connection that is not MPTCP.</summary>
    static MptcpStatus PlainTcpStatus(SafeHandle fd)
    {
        TcpInfo statistics = Getsockopt(fd, SocketOptions.TcpInfo);
        return new(null, [new MptcpSubflow(null, Getsockname(fd), Getpeername(fd), statistics)]);
    }

    /// <summary>Reads an option that is a head and an array with an element per subflow. Null: plain TCP.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">The option.</param>
    /// <param name="name">Its name.</param>
    /// <param name="size">The size of an element here. The kernel's elements may be shorter.</param>
    static (ReadOnlyMemory<byte> Bytes, int Size, int Count)? TryMptcpArray(SafeHandle fd, int option, string name, int size)
    {
        int room = UsualSubflows;
        while (true)
        {
            byte[] bytes = new byte[sizeof(mptcp_subflow_data) + (room * size)];
            fixed (byte* start = bytes)
            {
                var head = (mptcp_subflow_data*)start;
                *head = new() { size_subflow_data = (uint)sizeof(mptcp_subflow_data), size_user = (uint)size };
                uint length = (uint)bytes.Length;
                if (!TryMptcpOption(fd, option, name, start, &length))
                    return null;
                int count = (int)head->num_subflows;
                int used = (int)head->size_user;
                if (count <= room)
                    return (bytes.AsMemory(sizeof(mptcp_subflow_data), count * used), used, count);
                room = count;
            }
        }
    }

    /// <summary>Reads an option of level SOL_MPTCP. False: the connection is plain TCP, or the kernel lacks the option.</summary>
    static bool TryMptcpOption(SafeHandle fd, int option, string name, void* value, uint* length)
    {
        if (getsockopt(fd, SOL_MPTCP, option, value, length) == 0)
            return true;
        return Errno.Last.IsAny(Errno.EOPNOTSUPP, Errno.ENOPROTOOPT) ? false : throw Failed("getsockopt", name);
    }

    static MptcpSubflow[] SubflowsOf(ReadOnlySpan<MptcpAppended.SubflowInfo> addresses, ReadOnlySpan<byte> statistics, int statisticsSize)
    {
        var subflows = new MptcpSubflow[addresses.Length];
        for (int i = 0; i < subflows.Length; i++)
        {
            ref readonly MptcpAppended.SubflowInfo subflow = ref addresses[i];
            subflows[i] = new(
                subflow.id == 0 ? null : subflow.id,
                new SockAddr(MemoryMarshal.AsBytes(new ReadOnlySpan<Abi.sockaddr_storage>(in subflow.addrs.ss_local))),
                new SockAddr(MemoryMarshal.AsBytes(new ReadOnlySpan<Abi.sockaddr_storage>(in subflow.addrs.ss_remote))),
                TcpInfo.Read(statistics.Slice(i * statisticsSize, statisticsSize)));
        }
        return subflows;
    }
}
