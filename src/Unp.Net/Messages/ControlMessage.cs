using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A control message: information of the kernel about received data (UNP 14.6). The Try methods decode the known messages; for others use
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

    /// <summary>Gets the level: SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_UDP...</summary>
    public int Level { get; }

    /// <summary>Gets the type within the level: SCM_RIGHTS, IP_TTL...</summary>
    public int Type { get; }

    /// <summary>
    /// Gets the data as the kernel has written it. Descriptor numbers are replaced by -1, because the descriptors were returned or closed.
    /// </summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads the TTL or hop limit with which a datagram has arrived: IP_RECVTTL, IPV6_RECVHOPLIMIT.</summary>
    /// <param name="hops">0 to 255.</param>
    public bool TryGetHopLimit(out int hops) =>
        TryGetNumber(Is(IPPROTO_IP, Target.IsLinux ? IP_TTL : IP_RECVTTL) || Is(IPPROTO_IPV6, IPV6_HOPLIMIT), out hops);

    /// <summary>
    /// Reads the type of service or traffic class of a datagram: IP_RECVTOS, IPV6_RECVTCLASS. ECN is in its lower two bits.
    /// </summary>
    /// <param name="value">0 to 255.</param>
    public bool TryGetTrafficClass(out int value) =>
        TryGetNumber(Is(IPPROTO_IP, Target.IsLinux ? IP_TOS : IP_RECVTOS) || Is(IPPROTO_IPV6, IPV6_TCLASS), out value);

    /// <summary>Reads the size of the datagrams that the kernel has combined: UDP_GRO. Linux.</summary>
    /// <param name="size">The size of each datagram in bytes; the last may be smaller.</param>
    public bool TryGetSegmentSize(out int size) => TryGetNumber(Target.IsLinux && Is(IPPROTO_UDP, UDP_GRO), out size);

    /// <summary>
    /// Reads the time of arrival, in CLOCK_REALTIME: SO_TIMESTAMP, SO_TIMESTAMPNS; on FreeBSD also SO_TIMESTAMP with SO_TS_REALTIME.
    /// </summary>
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

    /// <summary>Reads the times at which the kernel and the network card have received or sent the data: SO_TIMESTAMPING. Linux.</summary>
    public bool TryGetTimestamps(out SocketTimestamps times)
    {
        times = default;
        if (!Target.IsLinux || !Is(SOL_SOCKET, SCM_TIMESTAMPING) || Data.Length < 3 * Unsafe.SizeOf<timespec>())
            return false;
        ReadOnlySpan<timespec> three = MemoryMarshal.Cast<byte, timespec>(Data);
        times = new SocketTimestamps(three[0], three[2]);
        return true;
    }

    /// <summary>
    /// Reads the credentials of the sender: SO_PASSCRED on Linux; on FreeBSD SCM_CREDS from the sender, LOCAL_CREDS or
    /// LOCAL_CREDS_PERSISTENT (UNP 15.8).
    /// </summary>
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

    /// <summary>
    /// Reads an entry of the error queue, such as the reason why a datagram could not be delivered: IP_RECVERR, IPV6_RECVERR. Linux.
    /// </summary>
    public bool TryGetError(out ExtendedError error)
    {
        error = default;
        if (!Target.IsLinux || !(Is(IPPROTO_IP, IP_RECVERR) || Is(IPPROTO_IPV6, IPV6_RECVERR))
            || !TryRead(out Abi.Linux.sock_extended_err raw))
        {
            return false;
        }
        ReadOnlySpan<byte> offender = Data[Unsafe.SizeOf<Abi.Linux.sock_extended_err>()..];
        error = new ExtendedError(
            new Errno((int)raw.ee_errno), raw.ee_origin, raw.ee_type, raw.ee_code, raw.ee_info, raw.ee_data, Offender(offender));
        return true;
    }

    /// <summary>Reads the notice that a datagram was larger than the path MTU: IPV6_RECVPATHMTU (UNP 22.9).</summary>
    /// <param name="destination">The destination of that datagram.</param>
    /// <param name="mtu">The path MTU in bytes.</param>
    public bool TryGetPathMtu(out SockAddr destination, out int mtu)
    {
        destination = default;
        mtu = 0;
        if (!Is(IPPROTO_IPV6, IPV6_PATHMTU) || !TryRead(out ip6_mtuinfo info))
            return false;
        destination = new SockAddr(MemoryMarshal.AsBytes(new ReadOnlySpan<sockaddr_in6>(in info.ip6m_addr)));
        mtu = (int)Math.Min(int.MaxValue, info.ip6m_mtu);
        return true;
    }

    /// <summary>Returns level, type and size: <c>"level 1, type 2, 12 bytes"</c>.</summary>
    public override string ToString() => $"level {Level}, type {Type}, {Data.Length} bytes";

    internal bool Is(int level, int type) => Level == level && Type == type;

    internal bool TryRead<T>(out T value)
        where T : unmanaged =>
        MemoryMarshal.TryRead(Data, out value);

    bool TryGetNumber(bool isMatch, out int number)
    {
        // The IPv4 messages of FreeBSD and macOS contain a single byte, all others an int.
        number = 0;
        if (!isMatch || Data.IsEmpty)
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
