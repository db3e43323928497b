using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A socket address of any family: <c>struct sockaddr_storage</c> and its length in one value (UNP 3.2 to 3.5).</summary>
/// <remarks>
/// <para>The 128 bytes are inline, so no memory is allocated, and the kernel receives them as they are. <c>default</c> has no family and
/// length 0.</para>
/// <para>For families without properties of their own (Bluetooth, CAN) use <see cref="Bytes"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// SockAddr server = SockAddr.Inet("127.0.0.1", 9877);
/// SockAddr all = SockAddr.Any(AF_INET6, 9877);
/// SockAddr local = SockAddr.Unix("/tmp/socket");
/// SockAddr parsed = SockAddr.Parse("[::1]:9877");
/// Console.WriteLine($"{server} has the port {server.Port}");
/// </code>
/// </example>
[StructLayout(LayoutKind.Sequential)]
public partial struct SockAddr : IEquatable<SockAddr>
{
    /// <summary>The maximum number of bytes of an address: the size of <c>struct sockaddr_storage</c>.</summary>
    public const int Capacity = 128;

    Storage storage;
    int length;

    [InlineArray(Capacity)]
    struct Storage
    {
        byte first;
    }

    /// <summary>Creates an address of any family from bytes that the kernel or another program wrote.</summary>
    /// <remarks>
    /// Bytes that do not belong to the address are dropped, so equal addresses have equal bytes. They are the bytes after a path's NUL,
    /// the padding of IPv4, and the rest of a <c>sockaddr_storage</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">There are more than <see cref="Capacity"/> bytes.</exception>
    public SockAddr(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Capacity)
            throw new ArgumentException($"A socket address must have at most {Capacity} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(storage);
        length = bytes.Length;
        if (IsIn)
        {
            SetLength(Unsafe.SizeOf<sockaddr_in>());
            In.sin_zero = 0;
        }
        else if (IsIn6)
            SetLength(Unsafe.SizeOf<sockaddr_in6>());
        else if (IsVm)
            SetLength(VmSize);
        else if (IsNl)
            SetLength(NlSize);
        else if (IsPacket)
            TrimPacket();
        else if (Family == AF_UNIX)
            TrimPath();
    }

    /// <summary>Creates an IPv4 or IPv6 address with a port, and with the scope id of an IPv6 address.</summary>
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

    /// <summary>Creates an address from a .NET end point.</summary>
    public SockAddr(IPEndPoint endPoint)
        : this((endPoint ?? throw new ArgumentNullException(nameof(endPoint))).Address, endPoint.Port)
    {
    }

    /// <summary>
    /// Creates the wildcard address of AF_INET or AF_INET6. It is a constructor because returning a copy would cost as much again.
    /// </summary>
    internal SockAddr(int family, int port = 0)
    {
        if (family != AF_INET && family != AF_INET6)
            throw new ArgumentException(
                $"Address family {family} has no wildcard or loopback address. Use AF_INET or AF_INET6.", nameof(family));
        length = family == AF_INET ? Unsafe.SizeOf<sockaddr_in>() : Unsafe.SizeOf<sockaddr_in6>();
        Head = new sa_head(family, length);
        In.sin_port = NetworkOrder(CheckPort(port));
    }

    /// <summary>Returns the wildcard address of a family, 0.0.0.0 or ::, by which a server accepts clients on all interfaces.</summary>
    /// <exception cref="ArgumentException"><paramref name="family"/> is neither AF_INET nor AF_INET6.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static SockAddr Any(int family, int port = 0) => new(family, port);

    /// <summary>Returns the loopback address of a family, 127.0.0.1 or ::1.</summary>
    /// <exception cref="ArgumentException"><paramref name="family"/> is neither AF_INET nor AF_INET6.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static SockAddr Loopback(int family, int port = 0)
    {
        var address = new SockAddr(family, port);
        if (family == AF_INET)
            address.In.sin_addr = NetworkOrder(0x7F000001);
        else
            address.AddressBytes[15] = 1;
        return address;
    }

    /// <summary>Gets the address family: AF_INET, AF_INET6, AF_UNIX...; AF_UNSPEC for an empty address.</summary>
    public readonly int Family => length >= Unsafe.SizeOf<sa_head>() ? Head.Family : AF_UNSPEC;

    /// <summary>Gets the number of bytes of the address, C's <c>socklen_t</c>.</summary>
    public readonly int Length => length;

    /// <summary>Gets the <see cref="Length"/> bytes of the address, as the kernel receives them.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)storage)[..length];

    /// <summary>Gets or sets the port in host byte order, 0 to 65535.</summary>
    /// <exception cref="InvalidOperationException">
    /// Addresses of this family have no port, or one of 32 bits (<see cref="VsockPort"/>).
    /// </exception>
    public int Port
    {
        readonly get => HasPort ? NetworkOrder(In.sin_port) : throw WithoutPort();
        set => In.sin_port = HasPort ? NetworkOrder(CheckPort(value)) : throw WithoutPort();
    }

    /// <summary>Gets the IPv4 or IPv6 address, with its scope id.</summary>
    /// <exception cref="InvalidOperationException">The address is not an internet address.</exception>
    public readonly IPAddress Address =>
        IsIn ? new IPAddress(AddressBytesReadOnly)
        : IsIn6 ? new IPAddress(AddressBytesReadOnly, In6.sin6_scope_id)
        : throw Without("IP address");

    /// <summary>
    /// Gets the traffic class and flow label of an IPv6 address (<c>sin6_flowinfo</c>) in host byte order; 0 for other families.
    /// </summary>
    readonly uint FlowInfo => IsIn6 ? NetworkOrder(In6.sin6_flowinfo) : 0;

    /// <summary>
    /// Gets or sets the scope id of an IPv6 address: the interface index of a link-local address, or 0. Other families return 0.
    /// </summary>
    /// <exception cref="InvalidOperationException">The setter was used on an address of another family.</exception>
    public uint ScopeId
    {
        readonly get => IsIn6 ? In6.sin6_scope_id : 0;
        set => In6.sin6_scope_id = IsIn6 ? value : throw Without("scope id");
    }

    /// <summary>Gets whether the address is a complete IPv4 or IPv6 address.</summary>
    internal readonly bool HasPort => IsIn || IsIn6;

    readonly bool IsIn => Family == AF_INET && length >= Unsafe.SizeOf<sockaddr_in>();

    readonly bool IsIn6 => Family == AF_INET6 && length >= Unsafe.SizeOf<sockaddr_in6>();

    /// <summary>Gets the 4 or 16 bytes of the IP address; empty for another family.</summary>
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

    /// <summary>Returns whether all bytes are equal: family, address and port, and for IPv6 also the scope and the flow label.</summary>
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

    /// <summary>Returns whether both addresses are equal, byte for byte.</summary>
    public static bool operator ==(in SockAddr left, in SockAddr right) => left.Bytes.SequenceEqual(right.Bytes);

    /// <summary>Returns whether the addresses differ in any byte.</summary>
    public static bool operator !=(in SockAddr left, in SockAddr right) => !(left == right);

    /// <summary>
    /// Sets the length that a call reported. It is larger than <see cref="Capacity"/> if the kernel truncated the address.
    /// </summary>
    internal void SetReceivedLength(uint received)
    {
        length = (int)Math.Min(received, Capacity);
        if (Family == AF_UNIX)
            TrimPath();
        else if (IsPacket)
            TrimPacket();
    }

    /// <summary>Moves the interface index that the BSDs embed in a link-local address to the scope id.</summary>
    internal void RecoverScope()
    {
        if (IsIn6)
            ifaddrs.RecoverScope(ref In6);
    }

    /// <summary>Takes the address that a call wrote into this value.</summary>
    /// <param name="result">The result of the call. If it is negative, the address becomes empty.</param>
    /// <param name="length">The length that the call reported.</param>
    /// <returns><paramref name="result"/>.</returns>
    internal nint Received(nint result, uint length)
    {
        SetReceivedLength(result < 0 ? 0 : length);
        return result;
    }

    /// <summary>Sets this value to an IPv4 or IPv6 address, depending on the number of bytes.</summary>
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

    internal static ushort CheckPort(int port, [CallerArgumentExpression(nameof(port))] string name = "") =>
        port is >= 0 and <= ushort.MaxValue ? (ushort)port
        : throw new ArgumentOutOfRangeException(name, port, "The port must be 0 to 65535.");

    readonly InvalidOperationException WithoutPort() =>
        IsVm ? new InvalidOperationException($"The port of {this} has 32 bits. Use VsockPort.") : Without("port");

    readonly InvalidOperationException Without(string what) => new($"{this} (address family {Family}) has no {what}.");

    [UnscopedRef]
    readonly ref T As<T>() where T : struct => ref Unsafe.As<Storage, T>(ref Unsafe.AsRef(in storage));

    /// <summary>Converts a number between host and network byte order, in either direction.</summary>
    internal static ushort NetworkOrder(ushort number) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;

    static uint NetworkOrder(uint number) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;
}
