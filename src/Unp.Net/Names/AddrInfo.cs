namespace Unp.Net;

/// <summary>One result of <c>getaddrinfo(3)</c>: all that socket and connect, or bind, want to know (section 11.6).</summary>
/// <param name="Family">AF_INET, AF_INET6: the first argument of <see cref="Libunp.Socket"/>.</param>
/// <param name="SockType">SOCK_STREAM, SOCK_DGRAM...: the second.</param>
/// <param name="Protocol">IPPROTO_TCP, IPPROTO_UDP...: the third.</param>
/// <param name="Address">The address and port to connect or bind to.</param>
/// <param name="CanonicalName">The host's canonical name, in the first result and only when AI_CANONNAME asked for it.</param>
public readonly record struct AddrInfo(int Family, int SockType, int Protocol, SockAddr Address, string? CanonicalName);
