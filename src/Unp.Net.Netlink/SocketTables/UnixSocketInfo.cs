using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>A Unix domain socket of any process, as <see cref="SocketTable"/> lists it (<c>sock_diag(7)</c>).</summary>
public sealed record UnixSocketInfo
{
    /// <summary>Gets the type: SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET.</summary>
    public int Type { get; init; }

    /// <summary>
    /// Gets the state: <see cref="TcpState.Listen"/>, <see cref="TcpState.Established"/> if it is connected, otherwise
    /// <see cref="TcpState.Closed"/>.
    /// </summary>
    public TcpState State { get; init; }

    /// <summary>Gets the inode, which <c>/proc/PID/fd</c> names as <c>socket:[inode]</c>.</summary>
    public uint Inode { get; init; }

    /// <summary>Gets the inode of the connected socket; 0 if there is none.</summary>
    public uint PeerInode { get; init; }

    /// <summary>Gets the address to which the socket is bound; an unnamed one if it is not.</summary>
    public SockAddr Local { get; init; }

    /// <summary>Gets the number of bytes to read; of a listening socket the number of connections that wait for <c>accept</c>.</summary>
    public uint ReceiveQueue { get; init; }

    /// <summary>Gets the number of bytes that the peer has not read; of a listening socket the limit of waiting connections.</summary>
    public uint SendQueue { get; init; }

    /// <summary>Gets the user id of the creator, or null if the kernel does not report it (before Linux 5.3).</summary>
    public uint? Uid { get; init; }

    /// <summary>Gets the number that identifies the socket until the next start of the system (SO_COOKIE).</summary>
    public ulong Cookie { get; init; }

    /// <summary>Gets the inode of the file at the bound path; 0 if there is none.</summary>
    public uint FileInode { get; init; }

    /// <summary>Gets the device of the file at the bound path, in the kernel's form (20 bits for the minor number).</summary>
    public uint FileDevice { get; init; }

    /// <summary>Gets the inodes of the connections that wait for <c>accept</c>; 0 stands for one whose client is closed.</summary>
    public IReadOnlyList<uint> PendingInodes { get; init => field = ValueList<uint>.Of(value); } = ValueList<uint>.Empty;

    /// <summary>Gets the memory, or null if the kernel does not report it.</summary>
    public SocketMemory? Memory { get; init; }

    /// <summary>Gets whether receiving was shut down.</summary>
    public bool IsReceiveShutDown { get; init; }

    /// <summary>Gets whether sending was shut down.</summary>
    public bool IsSendShutDown { get; init; }

    /// <summary>Reads an answer of the kernel.</summary>
    /// <returns>The socket, or null if the message is too short or of another family.</returns>
    internal static UnixSocketInfo? From(NetlinkMessage message)
    {
        if (message.Type != SOCK_DIAG_BY_FAMILY || !message.TryGetHeader(out unix_diag_msg header) || header.udiag_family != AF_UNIX)
            return null;
        uint peer = 0;
        uint? uid = null;
        SockAddr local = SockAddr.UnixUnnamed();
        unix_diag_rqlen queues = default;
        unix_diag_vfs file = default;
        uint[] pending = [];
        SocketMemory? memory = null;
        int shutdown = 0;
        foreach (NetlinkAttribute attribute in message.GetAttributes<unix_diag_msg>())
        {
            int type = attribute.Type;
            if (type == UNIX_DIAG_NAME)
                local = Address(attribute.Value);
            else if (type == UNIX_DIAG_PEER)
                attribute.TryRead(out peer);
            else if (type == UNIX_DIAG_RQLEN)
                attribute.TryRead(out queues);
            else if (type == UNIX_DIAG_VFS)
                attribute.TryRead(out file);
            else if (type == UNIX_DIAG_UID && attribute.TryRead(out uint owner))
                uid = owner;
            else if (type == UNIX_DIAG_ICONS)
                pending = Numbers(attribute.Value);
            else if (type == UNIX_DIAG_MEMINFO)
                memory = SocketMemory.From(attribute);
            else if (type == UNIX_DIAG_SHUTDOWN && attribute.TryRead(out byte directions))
                shutdown = directions;
        }
        return new()
        {
            Type = header.udiag_type,
            State = SocketFilter.State(header.udiag_state),
            Inode = header.udiag_ino,
            Cookie = InetSocketInfo.Cookie64(header.udiag_cookie),
            PeerInode = peer,
            Local = local,
            ReceiveQueue = queues.udiag_rqueue,
            SendQueue = queues.udiag_wqueue,
            Uid = uid,
            FileInode = file.udiag_vfs_ino,
            FileDevice = file.udiag_vfs_dev,
            PendingInodes = pending,
            Memory = memory,
            IsReceiveShutDown = (shutdown & 1) != 0,
            IsSendShutDown = (shutdown & 2) != 0,
        };
    }

    /// <summary>Returns the address of a name. The kernel bounds its length; a longer one can only come from a damaged message.</summary>
    static SockAddr Address(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return SockAddr.UnixUnnamed();
        if (name[0] == 0)
            return SockAddr.UnixAbstract(name[1..Math.Min(name.Length, SockAddr.MaxPathLength + 1)]);
        int end = name.IndexOf((byte)0);
        ReadOnlySpan<byte> path = end < 0 ? name : name[..end];
        return SockAddr.Unix(path[..Math.Min(path.Length, SockAddr.MaxPathLength)]);
    }

    static uint[] Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new uint[bytes.Length / sizeof(uint)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = BitConverter.ToUInt32(bytes[(i * sizeof(uint))..]);
        return numbers;
    }
}
