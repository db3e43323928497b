using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A writer that builds control messages in a buffer, for
/// <see cref="Libunp.Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>.
/// Descriptors are arguments of Sendmsg instead, which keeps them open during the call.
/// </summary>
/// <example>
/// An answer from the address to which the question was sent:
/// <code>
/// var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);
/// control.AddPacketInfo(info.LocalAddress);
/// Sendmsg(udp, buffer, to: address, control: control.Written);
/// </code>
/// </example>
/// <param name="buffer">A buffer for the messages; <see cref="ControlSpace"/> gives its size.</param>
public ref struct ControlWriter(Span<byte> buffer)
{
    readonly Span<byte> buffer = buffer;
    int length;

    /// <summary>Gets the messages written so far: the argument for Sendmsg.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer[..length];

    /// <summary>Returns the messages written so far, as <see cref="ControlMessages.ToString"/> does.</summary>
    public override readonly string ToString() => new ControlMessages(Written).ToString();

    /// <summary>Adds a message of any type.</summary>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP...</param>
    /// <param name="type">The type within the level.</param>
    /// <param name="data">The data of the message, in the kernel's format.</param>
    /// <exception cref="ArgumentException">The buffer has too little free space; the exception's message contains both sizes.</exception>
    public void Add(int level, int type, scoped ReadOnlySpan<byte> data) => Append(level, type, data, nameof(data));

    void Append(int level, int type, scoped ReadOnlySpan<byte> data, string? parameter)
    {
        int space = ControlLayout.Space(data.Length);
        if (buffer.Length - length < space)
        {
            throw new ArgumentException(
                $"The control message needs {space} bytes, but only {buffer.Length - length} of {buffer.Length} bytes are free. "
                + "Use ControlSpace for the size of the buffer.",
                parameter);
        }
        Span<byte> place = buffer.Slice(length, space);
        place.Clear();
        ControlLayout.WriteHeader(place, ControlLayout.Len(data.Length), level, type);
        data.CopyTo(place[ControlLayout.DataOffset..]);
        length += space;
    }

    /// <summary>Adds a message whose data is a single value, as in <c>Add(IPPROTO_IPV6, IPV6_HOPLIMIT, 64)</c>.</summary>
    /// <inheritdoc cref="Add(int, int, ReadOnlySpan{byte})"/>
    /// <typeparam name="T">A number or a structure, laid out as in C.</typeparam>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP...</param>
    /// <param name="type">The type within the level.</param>
    /// <param name="value">The data of the message.</param>
    public void Add<T>(int level, int type, T value)
        where T : unmanaged =>
        Append(level, type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), nameof(value));

    /// <summary>Adds a message whose data is not a parameter of the caller, so that an exception names no parameter.</summary>
    void AddOwn<T>(int level, int type, T value)
        where T : unmanaged =>
        Append(level, type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), null);

    /// <summary>
    /// Adds the source address and the outgoing interface of the datagram: IP_PKTINFO or IPV6_PKTINFO (UNP 22.8); IP_SENDSRCADDR on
    /// FreeBSD.
    /// </summary>
    /// <param name="source">
    /// An address of this host, such as <see cref="PacketInfo.LocalAddress"/>. With the wildcard address the kernel chooses. The port is
    /// ignored.
    /// </param>
    /// <param name="interfaceIndex">
    /// The index of the interface, as if_nametoindex(3) returns it. 0 means the scope of <paramref name="source"/>, or the kernel's choice.
    /// FreeBSD ignores the index for IPv4.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> is neither IPv4 nor IPv6, or the buffer has too little free space.
    /// </exception>
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
            throw new ArgumentException($"The source {source} is neither an IPv4 nor an IPv6 address.", nameof(source));
        uint sin_addr = MemoryMarshal.Read<uint>(address.AddressBytes);
        if (Target.IsLinux || Target.IsMacOS)
            AddOwn(IPPROTO_IP, IP_PKTINFO, new in_pktinfo { ipi_ifindex = interfaceIndex, ipi_spec_dst = sin_addr });
        else if (sin_addr != 0)
            AddOwn(IPPROTO_IP, IP_SENDSRCADDR, sin_addr); // FreeBSD rejects the wildcard address
    }

    /// <summary>
    /// Adds the TTL or hop limit of the datagram. IPv4 works on Linux only, because FreeBSD rejects the message (ENOPROTOOPT) and macOS
    /// ignores it.
    /// </summary>
    /// <param name="family">The address family of the datagram: AF_INET or AF_INET6.</param>
    /// <param name="hops">1 to 255.</param>
    /// <exception cref="ArgumentException">The buffer has too little free space.</exception>
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

    /// <summary>Adds the type of service or traffic class of the datagram: DSCP in the upper six bits, ECN in the lower two.</summary>
    /// <param name="family">The address family of the datagram: AF_INET or AF_INET6.</param>
    /// <param name="value">0 to 255.</param>
    /// <exception cref="ArgumentException">The buffer has too little free space.</exception>
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
            AddOwn(IPPROTO_IP, IP_TOS, (byte)value); // FreeBSD expects a byte and rejects an int
    }

    /// <summary>Adds the first hop of the datagram: IPV6_NEXTHOP (UNP 22.8, RFC 3542).</summary>
    /// <remarks>
    /// The hop must be a neighbour. FreeBSD and macOS require privilege (EPERM). Linux rejects the message (EINVAL); there a route or
    /// a rule chooses the hop.
    /// </remarks>
    /// <param name="hop">The IPv6 address of the hop. A link-local address needs its scope.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="hop"/> is not an IPv6 address, or the buffer has too little free space.
    /// </exception>
    public void AddNextHop(in SockAddr hop)
    {
        if (hop.Family != AF_INET6 || !hop.HasPort)
            throw new ArgumentException($"The next hop {hop} is not an IPv6 address.", nameof(hop));
        Append(IPPROTO_IPV6, IPV6_NEXTHOP, hop.Bytes, null);
    }

    /// <summary>
    /// Adds a segment size: the kernel splits the data into datagrams of this size, of which the last may be smaller. UDP_SEGMENT,
    /// <c>udp(7)</c>. Linux.
    /// </summary>
    /// <remarks>
    /// <para>The kernel limits such a send:</para>
    /// <list type="bullet">
    /// <item>EINVAL: more than 128 datagrams (64 before Linux 6.9), or a socket with SO_NO_CHECK.</item>
    /// <item>EMSGSIZE: more than 65,507 bytes in total (65,527 for IPv6), or datagrams larger than the path MTU.</item>
    /// <item>EIO: a route through IPsec, or before Linux 6.3 a device that cannot compute checksums.</item>
    /// </list>
    /// </remarks>
    /// <param name="size">The size of each datagram in bytes, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is not 1 to 65535.</exception>
    /// <exception cref="ArgumentException">The buffer has too little free space.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    /// <example>
    /// <code>
    /// var control = new ControlWriter(stackalloc byte[ControlSpace.Number]);
    /// control.AddSegmentSize(1400);
    /// Sendmsg(udp, buffer, to: address, control: control.Written);
    /// </code>
    /// </example>
    public void AddSegmentSize(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, ushort.MaxValue);
        AddOwn(IPPROTO_UDP, UDP_SEGMENT, (ushort)size);
    }

    /// <summary>
    /// Adds the transmit time of the packet: SCM_TXTIME. Linux.
    /// </summary>
    /// <remarks>
    /// The socket needs <see cref="SocketOptions.TxTime"/>; otherwise the kernel rejects the message (EINVAL). Interfaces without the
    /// queueing discipline fq or etf, such as loopback, send the packet at once.
    /// </remarks>
    /// <param name="nanoseconds">The time in nanoseconds of the clock that SO_TXTIME names.</param>
    /// <exception cref="ArgumentException">The buffer has too little free space.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public void AddTransmitTime(ulong nanoseconds) => AddOwn(SOL_SOCKET, SCM_TXTIME, nanoseconds);

    /// <summary>
    /// Adds the credentials of the sender, for a receiver with SO_PASSCRED: SCM_CREDENTIALS (UNP 15.8; <c>unix(7)</c>). The kernel accepts
    /// false credentials only from root. On FreeBSD the kernel fills SCM_CREDS itself and ignores the values given here.
    /// </summary>
    /// <param name="credentials">The process (null means this process), user and group.</param>
    /// <exception cref="ArgumentException">The buffer has too little free space.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is macOS, which has no such message.</exception>
    public void AddCredentials(PeerCredentials credentials)
    {
        if (Target.IsLinux)
        {
            int pid = credentials.ProcessId ?? Environment.ProcessId;
            AddOwn(SOL_SOCKET, SCM_CREDENTIALS, new Abi.Linux.ucred { pid = pid, uid = credentials.UserId, gid = credentials.GroupId });
        }
        else
        {
            AddOwn(SOL_SOCKET, SCM_CREDS, default(Abi.FreeBsd.cmsgcred));
        }
    }
}
