using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Writes control messages into a buffer, for <see cref="Libunp.Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>:
/// <c>var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);</c>. Descriptors are not written here but given to Sendmsg, which
/// keeps them open.
/// </summary>
/// <param name="buffer">Room for what is to come, by <see cref="ControlSpace"/>.</param>
public ref struct ControlWriter(Span<byte> buffer)
{
    readonly Span<byte> buffer = buffer;
    int length;

    /// <summary>What was written so far: the argument of Sendmsg.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer[..length];

    /// <summary>Any message.</summary>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP...</param>
    /// <param name="type">The level's own number.</param>
    /// <param name="data">Its data, as the kernel wants them.</param>
    /// <exception cref="ArgumentException">There is no room for it; the message says how much it takes.</exception>
    public void Add(int level, int type, scoped ReadOnlySpan<byte> data) => Append(level, type, data, nameof(data));

    void Append(int level, int type, scoped ReadOnlySpan<byte> data, string? parameter)
    {
        int space = ControlLayout.Space(data.Length);
        if (buffer.Length - length < space)
            throw new ArgumentException($"The control message takes {space} bytes, and {buffer.Length - length} of {buffer.Length} are free.", parameter);
        Span<byte> place = buffer.Slice(length, space);
        place.Clear();
        ControlLayout.WriteHeader(place, ControlLayout.Len(data.Length), level, type);
        data.CopyTo(place[ControlLayout.DataOffset..]);
        length += space;
    }

    /// <summary>Any message whose data are one value: <c>Add(IPPROTO_IPV6, IPV6_HOPLIMIT, 64)</c>.</summary>
    /// <inheritdoc cref="Add(int, int, ReadOnlySpan{byte})"/>
    /// <typeparam name="T">A number or a structure, laid out as in C.</typeparam>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP...</param>
    /// <param name="type">The level's own number.</param>
    /// <param name="value">Its data.</param>
    public void Add<T>(int level, int type, T value)
        where T : unmanaged =>
        Append(level, type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), nameof(value));

    /// <summary>Adds a message whose data are made here, so no parameter is to blame if there is no room.</summary>
    void AddOwn<T>(int level, int type, T value)
        where T : unmanaged =>
        Append(level, type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), null);

    /// <summary>Sends from this address and through this interface: IP_PKTINFO or IPV6_PKTINFO (section 22.8); IP_SENDSRCADDR on FreeBSD.</summary>
    /// <param name="source">
    /// An address of this host, such as <see cref="PacketInfo.LocalAddress"/>; the wildcard address leaves it to the kernel. Its port does not count.
    /// </param>
    /// <param name="interfaceIndex">As of if_nametoindex; 0: the scope of <paramref name="source"/>, or what the kernel chooses. FreeBSD's IPv4 has no such choice.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is neither IPv4 nor IPv6, or there is no room.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interfaceIndex"/> is negative.</exception>
    public void AddPacketInfo(in SockAddr source, int interfaceIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interfaceIndex);
        SockAddr address = source;
        if (address.Family == AF_INET6 && address.HasPort)
        {
            in6_pktinfo info = default;
            address.AddressBytes.CopyTo(MemoryMarshal.AsBytes(new Span<in6_addr>(ref info.ipi6_addr)));
            info.ipi6_ifindex = interfaceIndex != 0 ? (uint)interfaceIndex : address.ScopeId;
            AddOwn(IPPROTO_IPV6, IPV6_PKTINFO, info);
            return;
        }
        if (address.Family != AF_INET || !address.HasPort)
            throw new ArgumentException($"{source} is neither an IPv4 nor an IPv6 address.", nameof(source));
        uint sin_addr = MemoryMarshal.Read<uint>(address.AddressBytes);
        if (Target.IsLinux || Target.IsMacOS)
            AddOwn(IPPROTO_IP, IP_PKTINFO, new in_pktinfo { ipi_ifindex = interfaceIndex, ipi_spec_dst = sin_addr });
        else if (sin_addr != 0)
            AddOwn(IPPROTO_IP, IP_SENDSRCADDR, sin_addr); // FreeBSD refuses the wildcard address
    }

    /// <summary>The datagram's TTL or hop limit. Of IPv4 on Linux only: FreeBSD refuses the message (ENOPROTOOPT), macOS passes it over.</summary>
    /// <param name="family">AF_INET or AF_INET6: the datagram's.</param>
    /// <param name="hops">1 to 255.</param>
    /// <exception cref="ArgumentException">There is no room.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hops"/> is not 1 to 255.</exception>
    public void AddHopLimit(int family, int hops)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hops, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hops, byte.MaxValue);
        if (family == AF_INET6)
            AddOwn(IPPROTO_IPV6, IPV6_HOPLIMIT, hops);
        else
            AddOwn(IPPROTO_IP, IP_TTL, hops);
    }

    /// <summary>The datagram's type of service or traffic class: DSCP in the upper six bits, ECN in the lower two.</summary>
    /// <param name="family">AF_INET or AF_INET6: the datagram's.</param>
    /// <param name="value">0 to 255.</param>
    /// <exception cref="ArgumentException">There is no room.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not 0 to 255.</exception>
    public void AddTrafficClass(int family, int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, byte.MaxValue);
        if (family == AF_INET6)
            AddOwn(IPPROTO_IPV6, IPV6_TCLASS, value);
        else if (Target.IsLinux || Target.IsMacOS)
            AddOwn(IPPROTO_IP, IP_TOS, value);
        else
            AddOwn(IPPROTO_IP, IP_TOS, (byte)value); // FreeBSD wants a byte and refuses an int
    }

    /// <summary>Cuts the data into datagrams of this size, the last one maybe smaller: UDP_SEGMENT (udp(7)). Linux.</summary>
    /// <remarks>
    /// The kernel limits such a send. EINVAL: more than 128 datagrams (64 before Linux 6.9), or a socket with SO_NO_CHECK. EMSGSIZE: more than 65,507 bytes in
    /// all (65,527 of IPv6), or datagrams larger than the path MTU. EIO: a route through IPsec, or before Linux 6.3 a device that cannot compute checksums.
    /// </remarks>
    /// <param name="size">Bytes of each, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is none of that.</exception>
    /// <exception cref="ArgumentException">There is no room.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have it.</exception>
    public void AddSegmentSize(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, ushort.MaxValue);
        AddOwn(IPPROTO_UDP, UDP_SEGMENT, (ushort)size);
    }

    /// <summary>
    /// When to send: SCM_TXTIME, for a socket with <see cref="SocketOptions.TxTime"/>; without that the message is refused (EINVAL). Interfaces without the queue
    /// fq or etf, loopback among them, send at once all the same. Linux.
    /// </summary>
    /// <param name="nanoseconds">Of the clock that SO_TXTIME names.</param>
    /// <exception cref="ArgumentException">There is no room.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have it.</exception>
    public void AddTransmitTime(ulong nanoseconds) => AddOwn(SOL_SOCKET, SCM_TXTIME, nanoseconds);

    /// <summary>
    /// Who sends, for a receiver with SO_PASSCRED: SCM_CREDENTIALS (section 15.8, unix(7)). The kernel checks it: only root may lie. FreeBSD's kernel
    /// fills SCM_CREDS in itself, whatever stands here.
    /// </summary>
    /// <param name="credentials">The process (null: this one), user and group.</param>
    /// <exception cref="ArgumentException">There is no room.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have it: macOS.</exception>
    public void AddCredentials(PeerCredentials credentials)
    {
        if (Target.IsLinux)
            AddOwn(SOL_SOCKET, SCM_CREDENTIALS, new Abi.Linux.ucred { pid = credentials.ProcessId ?? Environment.ProcessId, uid = credentials.UserId, gid = credentials.GroupId });
        else
            AddOwn(SOL_SOCKET, SCM_CREDS, default(Abi.FreeBsd.cmsgcred));
    }
}
