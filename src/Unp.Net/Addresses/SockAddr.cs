using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A socket address of any family, <c>struct sockaddr_storage</c> and its length in one value: 128 bytes inline, no allocation, handed to the
/// kernel as it is (book 3.2 to 3.5). <c>default</c> is the address of no family and length 0.
/// </summary>
/// <remarks>Families that have no properties here (link-layer, netlink, vsock) are read and written through <see cref="Bytes"/>.</remarks>
[StructLayout(LayoutKind.Sequential)]
public partial struct SockAddr : IEquatable<SockAddr>
{
    /// <summary>The most bytes an address has: the size of <c>struct sockaddr_storage</c>.</summary>
    public const int Capacity = 128;

    Storage storage;
    int length;

    [InlineArray(Capacity)]
    struct Storage
    {
        byte first;
    }

    /// <summary>
    /// An address of any family from its bytes, as the kernel or another program wrote them. Bytes that do not belong to the address are left out, so that
    /// equal addresses have equal bytes: those behind a path's NUL, the padding of IPv4, the rest of a <c>sockaddr_storage</c>.
    /// </summary>
    /// <exception cref="ArgumentException">There are more than <see cref="Capacity"/> of them.</exception>
    public SockAddr(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Capacity)
            throw new ArgumentException($"A socket address has at most {Capacity} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(storage);
        length = bytes.Length;
        if (IsIn)
        {
            SetLength(Unsafe.SizeOf<sockaddr_in>());
            In.sin_zero = 0;
        }
        else if (IsIn6)
            SetLength(Unsafe.SizeOf<sockaddr_in6>());
        else if (Family == AF_UNIX)
            TrimPath();
    }

    /// <summary>An IPv4 or IPv6 address and port; an IPv6 address's scope id goes with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public SockAddr(IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int size);
        SetInet(bytes[..size], CheckPort(port));
        if (size == 16)
            ScopeId = (uint)address.ScopeId;
    }

    /// <summary>The same address and port as the .NET end point's.</summary>
    public SockAddr(IPEndPoint endPoint)
        : this((endPoint ?? throw new ArgumentNullException(nameof(endPoint))).Address, endPoint.Port)
    {
    }

    /// <summary>The address of zeros of <paramref name="family"/>, AF_INET or AF_INET6, made where it stands: a copy costs as much as a look at the rest.</summary>
    internal SockAddr(int family, int port = 0)
    {
        if (family != AF_INET && family != AF_INET6)
            throw new ArgumentException($"Only AF_INET and AF_INET6 have a wildcard and a loopback address, not family {family}.", nameof(family));
        length = family == AF_INET ? Unsafe.SizeOf<sockaddr_in>() : Unsafe.SizeOf<sockaddr_in6>();
        Head = new sa_head(family, length);
        In.sin_port = htons(CheckPort(port));
    }

    /// <summary>The wildcard address of <paramref name="family"/>, 0.0.0.0 or ::, for a server that takes any interface.</summary>
    /// <exception cref="ArgumentException"><paramref name="family"/> is neither AF_INET nor AF_INET6.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static SockAddr Any(int family, int port = 0) => new(family, port);

    /// <summary>The loopback address of <paramref name="family"/>, 127.0.0.1 or ::1.</summary>
    /// <exception cref="ArgumentException"><paramref name="family"/> is neither AF_INET nor AF_INET6.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static SockAddr Loopback(int family, int port = 0)
    {
        var address = new SockAddr(family, port);
        if (family == AF_INET)
            address.In.sin_addr = htonl(0x7F000001);
        else
            address.AddressBytes[15] = 1;
        return address;
    }

    /// <summary>The address family: AF_INET, AF_INET6, AF_UNIX...; AF_UNSPEC of an empty address.</summary>
    public readonly int Family => length >= Unsafe.SizeOf<sa_head>() ? Head.Family : AF_UNSPEC;

    /// <summary>How many bytes the address has: what C passes around as <c>socklen_t</c>.</summary>
    public readonly int Length => length;

    /// <summary>The address as the kernel sees it, <see cref="Length"/> bytes.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)storage)[..length];

    /// <summary>The port in host byte order, 0 to 65535.</summary>
    /// <exception cref="InvalidOperationException">Addresses of this family have no port.</exception>
    public int Port
    {
        readonly get => HasPort ? ntohs(In.sin_port) : throw Without("port");
        set => In.sin_port = HasPort ? htons(CheckPort(value)) : throw Without("port");
    }

    /// <summary>The IPv4 or IPv6 address, with its scope id.</summary>
    /// <exception cref="InvalidOperationException">This is not an internet address.</exception>
    public readonly IPAddress Address =>
        IsIn ? new IPAddress(AddressBytesReadOnly)
        : IsIn6 ? new IPAddress(AddressBytesReadOnly, In6.sin6_scope_id)
        : throw Without("IP address");

    /// <summary>An IPv6 address's traffic class and flow label (<c>sin6_flowinfo</c>) in host byte order; 0 for none, and for other families.</summary>
    readonly uint FlowInfo => IsIn6 ? ntohl(In6.sin6_flowinfo) : 0;

    /// <summary>An IPv6 address's interface index, for a link-local address; 0 for none. Written only to IPv6 addresses.</summary>
    /// <exception cref="InvalidOperationException">The scope id of another family is set.</exception>
    public uint ScopeId
    {
        readonly get => IsIn6 ? In6.sin6_scope_id : 0;
        set => In6.sin6_scope_id = IsIn6 ? value : throw Without("scope id");
    }

    /// <summary>Whether this is an IPv4 or IPv6 address, and all of it.</summary>
    internal readonly bool HasPort => IsIn || IsIn6;

    readonly bool IsIn => Family == AF_INET && length >= Unsafe.SizeOf<sockaddr_in>();

    readonly bool IsIn6 => Family == AF_INET6 && length >= Unsafe.SizeOf<sockaddr_in6>();

    /// <summary>The 4 or 16 bytes of the IP address; empty for another family.</summary>
    [UnscopedRef]
    internal Span<byte> AddressBytes =>
        IsIn ? MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref In.sin_addr, 1))
        : IsIn6 ? MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref In6.sin6_addr, 1))
        : default;

    [UnscopedRef]
    internal readonly ReadOnlySpan<byte> AddressBytesReadOnly => Unsafe.AsRef(in this).AddressBytes;

    [UnscopedRef]
    readonly ref sa_head Head => ref As<sa_head>();

    [UnscopedRef]
    readonly ref sockaddr_in In => ref As<sockaddr_in>();

    [UnscopedRef]
    readonly ref sockaddr_in6 In6 => ref As<sockaddr_in6>();

    /// <summary>Whether all bytes are equal: family, address and port, of IPv6 the scope and the flow label too.</summary>
    public readonly bool Equals(SockAddr other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is SockAddr other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether both are the same, byte for byte.</summary>
    public static bool operator ==(in SockAddr left, in SockAddr right) => left.Bytes.SequenceEqual(right.Bytes);

    /// <summary>Whether they differ in any byte.</summary>
    public static bool operator !=(in SockAddr left, in SockAddr right) => !(left == right);

    /// <summary>Takes the length that a call reported, which is larger than <see cref="Capacity"/> if the address was cut off.</summary>
    internal void SetReceivedLength(uint received)
    {
        length = (int)Math.Min(received, Capacity);
        if (Family == AF_UNIX)
            TrimPath();
    }

    /// <summary>Makes this the address of the family whose addresses have that many bytes.</summary>
    void SetInet(ReadOnlySpan<byte> address, ushort port)
    {
        this = new SockAddr(address.Length == 4 ? AF_INET : AF_INET6, port);
        address.CopyTo(AddressBytes);
    }

    void SetLength(int size)
    {
        storage[size..].Clear();
        length = size;
        Head = new sa_head(Family, size);
    }

    static ushort CheckPort(int port, [CallerArgumentExpression(nameof(port))] string name = "") =>
        port is >= 0 and <= ushort.MaxValue ? (ushort)port : throw new ArgumentOutOfRangeException(name, port, "A port is 0 to 65535.");

    readonly InvalidOperationException Without(string what) => new($"{this} (address family {Family}) has no {what}.");

    [UnscopedRef]
    readonly ref T As<T>() where T : struct => ref Unsafe.As<Storage, T>(ref Unsafe.AsRef(in storage));
}
