using System.Net;
using System.Net.Sockets;
using static Unp.Net.Libc;

namespace Unp.Net;

// To and from System.Net's end points.
public partial struct SockAddr
{
    /// <summary>The same address and port as the .NET end point's.</summary>
    public static implicit operator SockAddr(IPEndPoint endPoint) => new(endPoint);

    /// <summary>
    /// The address of any .NET end point that can be serialised: <see cref="IPEndPoint"/>, <see cref="UnixDomainSocketEndPoint"/> with a path, an
    /// abstract name or none.
    /// </summary>
    /// <exception cref="NotSupportedException">It has no socket address: a <see cref="DnsEndPoint"/>, whose host must be looked up first.</exception>
    public static SockAddr FromEndPoint(EndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        if (endPoint is IPEndPoint ip)
            return new SockAddr(ip);
        if (endPoint is DnsEndPoint)
            throw new NotSupportedException($"{endPoint} is a host name, which has to be looked up (Libunp.Host_serv) before it is an address.");
        SocketAddress bytes = endPoint.Serialize();
        return new SockAddr(bytes.Buffer.Span[..bytes.Size]);
    }

    /// <summary>An <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/> with the same address.</summary>
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
