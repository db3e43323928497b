using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The memory of a socket in bytes, with the kernel's own overhead (<c>sock_diag(7)</c>).</summary>
public readonly record struct SocketMemory
{
    /// <summary>Gets the memory of the receive queue.</summary>
    public uint Receive { get; init; }

    /// <summary>Gets the limit of the receive queue, SO_RCVBUF.</summary>
    public uint ReceiveLimit { get; init; }

    /// <summary>Gets the memory of data that was given to the network.</summary>
    public uint Send { get; init; }

    /// <summary>Gets the limit of the send queue, SO_SNDBUF.</summary>
    public uint SendLimit { get; init; }

    /// <summary>Gets the memory that is reserved for later use.</summary>
    public uint Reserved { get; init; }

    /// <summary>Gets the memory of the send queue.</summary>
    public uint SendQueued { get; init; }

    /// <summary>Gets the memory of socket options.</summary>
    public uint Options { get; init; }

    /// <summary>Gets the memory of segments that arrived while the socket was locked.</summary>
    public uint Backlog { get; init; }

    /// <summary>Gets how many datagrams were dropped. It counts datagrams, not bytes.</summary>
    public uint Drops { get; init; }

    /// <summary>Reads the numbers of INET_DIAG_SKMEMINFO or UNIX_DIAG_MEMINFO. Those that an older kernel lacks stay 0.</summary>
    internal static SocketMemory From(NetlinkAttribute attribute)
    {
        ReadOnlySpan<byte> bytes = attribute.Value;
        return new()
        {
            Receive = At(bytes, SK_MEMINFO_RMEM_ALLOC),
            ReceiveLimit = At(bytes, SK_MEMINFO_RCVBUF),
            Send = At(bytes, SK_MEMINFO_WMEM_ALLOC),
            SendLimit = At(bytes, SK_MEMINFO_SNDBUF),
            Reserved = At(bytes, SK_MEMINFO_FWD_ALLOC),
            SendQueued = At(bytes, SK_MEMINFO_WMEM_QUEUED),
            Options = At(bytes, SK_MEMINFO_OPTMEM),
            Backlog = At(bytes, SK_MEMINFO_BACKLOG),
            Drops = At(bytes, SK_MEMINFO_DROPS),
        };
    }

    static uint At(ReadOnlySpan<byte> bytes, int index) =>
        bytes.Length >= (index + 1) * sizeof(uint) ? BitConverter.ToUInt32(bytes[(index * sizeof(uint))..]) : 0;
}
