using System.Net;
using System.Net.Sockets;
using static Unp.Net.Libc;

namespace Unp.Net;

// Conversions from and to the end points of System.Net.
public partial struct SockAddr
{
    /// <summary>Converts a .NET end point to the same address and port.</summary>
    public static implicit operator SockAddr(IPEndPoint endPoint) => new(endPoint);

    /// <summary>Converts any .NET end point that has a socket address.</summary>
    /// <remarks>
    /// It may be an <see cref="IPEndPoint"/>, or a <see cref="UnixDomainSocketEndPoint"/> with a path, with an abstract name or unnamed.
    /// </remarks>
    /// <exception cref="NotSupportedException">
    /// The end point has no socket address. A <see cref="DnsEndPoint"/> is a host name, which must be looked up first.
    /// </exception>
    public static SockAddr FromEndPoint(EndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        if (endPoint is IPEndPoint ip)
            return new SockAddr(ip);
        if (endPoint is DnsEndPoint)
            throw new NotSupportedException($"{endPoint} is a host name, not an address. Look it up first (Libunp.Host_serv).");
        SocketAddress bytes = endPoint.Serialize();
        return new SockAddr(bytes.Buffer.Span[..bytes.Size]);
    }

    /// <summary>Returns an <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/> with the same address.</summary>
    /// <exception cref="NotSupportedException">.NET has no end point for this family.</exception>
    public readonly EndPoint ToEndPoint()
    {
        if (HasPort)
            return new IPEndPoint(Address, Port);
        if (Family != AF_UNIX)
            throw new NotSupportedException($".NET has no end point for {this} (address family {Family}).");
        var bytes = new SocketAddress(AddressFamily.Unix, length);
        Bytes.CopyTo(bytes.Buffer.Span);
        return new UnixDomainSocketEndPoint("/").Create(bytes);
    }
}
