using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// One control message: what the kernel tells about data that came (section 14.6). The Try methods read what they know; all else is in
/// <see cref="Level"/>, <see cref="Type"/> and <see cref="Data"/>.
/// </summary>
public readonly ref struct ControlMessage
{
    internal ControlMessage(int level, int type, ReadOnlySpan<byte> data)
    {
        Level = level;
        Type = type;
        Data = data;
    }

    /// <summary>Whose it is: SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_UDP...</summary>
    public int Level { get; }

    /// <summary>The level's own number: SCM_RIGHTS, IP_TTL...</summary>
    public int Type { get; }

    /// <summary>The data as the kernel wrote them. Descriptors are -1 here: they were given out or closed.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The TTL or hop limit a datagram arrived with: IP_RECVTTL, IPV6_RECVHOPLIMIT.</summary>
    /// <param name="hops">0 to 255.</param>
    public bool TryGetHopLimit(out int hops) =>
        TryGetNumber(Is(IPPROTO_IP, Target.IsLinux ? IP_TTL : IP_RECVTTL) || Is(IPPROTO_IPV6, IPV6_HOPLIMIT), out hops);

    /// <summary>The type of service or traffic class of a datagram: IP_RECVTOS, IPV6_RECVTCLASS. ECN is in its lower two bits.</summary>
    /// <param name="value">0 to 255.</param>
    public bool TryGetTrafficClass(out int value) =>
        TryGetNumber(Is(IPPROTO_IP, Target.IsLinux ? IP_TOS : IP_RECVTOS) || Is(IPPROTO_IPV6, IPV6_TCLASS), out value);

    /// <summary>The size of the datagrams that were put together: UDP_GRO. Linux.</summary>
    /// <param name="size">Bytes of each but the last, which may be smaller.</param>
    public bool TryGetSegmentSize(out int size) => TryGetNumber(Target.IsLinux && Is(IPPROTO_UDP, UDP_GRO), out size);

    /// <summary>When the data came: SO_TIMESTAMP, SO_TIMESTAMPNS; on FreeBSD SO_TIMESTAMP with SO_TS_REALTIME too. CLOCK_REALTIME.</summary>
    public bool TryGetTimestamp(out timespec time)
    {
        time = default;
        if (Target.IsLinux ? Is(SOL_SOCKET, SCM_TIMESTAMPNS) : !Target.IsMacOS && Is(SOL_SOCKET, SCM_REALTIME))
            return TryRead(out time);
        if (!Is(SOL_SOCKET, SCM_TIMESTAMP) || !TryRead(out timeval micro))
            return false;
        time = new timespec { tv_sec = micro.tv_sec, tv_nsec = micro.tv_usec * 1000 };
        return true;
    }

    /// <summary>When the data came or went, by the kernel and by the network card: SO_TIMESTAMPING. Linux.</summary>
    public bool TryGetTimestamps(out SocketTimestamps times)
    {
        times = default;
        if (!Target.IsLinux || !Is(SOL_SOCKET, SCM_TIMESTAMPING) || Data.Length < 3 * Unsafe.SizeOf<timespec>())
            return false;
        ReadOnlySpan<timespec> three = MemoryMarshal.Cast<byte, timespec>(Data);
        times = new SocketTimestamps(three[0], three[2]);
        return true;
    }

    /// <summary>Who sent: SO_PASSCRED on Linux; on FreeBSD SCM_CREDS that the sender adds, LOCAL_CREDS or LOCAL_CREDS_PERSISTENT (section 15.8).</summary>
    public bool TryGetCredentials(out PeerCredentials credentials)
    {
        credentials = default;
        if (Target.IsMacOS)
            return false;
        if (Target.IsLinux)
        {
            if (!Is(SOL_SOCKET, SCM_CREDENTIALS) || !TryRead(out Abi.Linux.ucred linux))
                return false;
            credentials = new PeerCredentials(linux.pid == 0 ? null : linux.pid, linux.uid, linux.gid);
            return true;
        }
        (int? Process, uint User, uint Group) sender = default;
        bool known = (Is(SOL_SOCKET, SCM_CREDS) && SenderCredentials.TryRead(Data, out sender))
            || (Is(SOL_SOCKET, SCM_CREDS2) && SenderCredentials.TryReadPersistent(Data, out sender));
        if (known)
            credentials = new PeerCredentials(sender.Process, sender.User, sender.Group);
        return known;
    }

    /// <summary>Why a datagram could not be delivered: IP_RECVERR, IPV6_RECVERR, from the error queue. Linux.</summary>
    public bool TryGetError(out ExtendedError error)
    {
        error = default;
        if (!Target.IsLinux || !(Is(IPPROTO_IP, IP_RECVERR) || Is(IPPROTO_IPV6, IPV6_RECVERR)) || !TryRead(out Abi.Linux.sock_extended_err raw))
            return false;
        ReadOnlySpan<byte> offender = Data[Unsafe.SizeOf<Abi.Linux.sock_extended_err>()..];
        error = new ExtendedError(
            new Errno((int)raw.ee_errno), raw.ee_origin, raw.ee_type, raw.ee_code, raw.ee_info, raw.ee_data, Offender(offender));
        return true;
    }

    internal bool Is(int level, int type) => Level == level && Type == type;

    internal bool TryRead<T>(out T value)
        where T : unmanaged =>
        MemoryMarshal.TryRead(Data, out value);

    bool TryGetNumber(bool isIt, out int number)
    {
        // FreeBSD's and macOS's IPv4 numbers are single bytes, all others int.
        number = 0;
        if (!isIt || Data.IsEmpty)
            return false;
        number = Data.Length < sizeof(int) ? Data[0] : MemoryMarshal.Read<int>(Data);
        return true;
    }

    static SockAddr Offender(ReadOnlySpan<byte> bytes)
    {
        var address = new SockAddr(bytes[..Math.Min(bytes.Length, SockAddr.Capacity)]);
        if (address.Family == AF_INET && bytes.Length >= Unsafe.SizeOf<sockaddr_in>())
            return new SockAddr(bytes[..Unsafe.SizeOf<sockaddr_in>()]);
        return address.Family == AF_INET6 && address.HasPort ? address : default;
    }
}
