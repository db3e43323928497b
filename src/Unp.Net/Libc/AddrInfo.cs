using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>A result of <c>getaddrinfo(3)</c>: the arguments for socket, and for connect or bind (UNP 11.6).</summary>
/// <param name="Family">AF_INET, AF_INET6: the first argument of <see cref="Libunp.Socket"/>.</param>
/// <param name="SockType">SOCK_STREAM, SOCK_DGRAM...: its second argument.</param>
/// <param name="Protocol">IPPROTO_TCP, IPPROTO_UDP...: its third argument.</param>
/// <param name="Address">The address and port to connect or bind to.</param>
/// <param name="CanonicalName">The host's canonical name, in the first result only, if AI_CANONNAME was given.</param>
public readonly record struct AddrInfo(int Family, int SockType, int Protocol, SockAddr Address, string? CanonicalName)
{
    /// <summary>Returns the names of the numbers and the address: <c>"AF_INET, SOCK_STREAM, IPPROTO_TCP, 192.0.2.1:80"</c>.</summary>
    public override string ToString() =>
        $"{ConstantNames.Family(Family)}, {ConstantNames.SocketType(SockType)}, {ConstantNames.Protocol(Family, Protocol)}, {Address}"
        + (CanonicalName is null ? "" : $", {CanonicalName}");
}
