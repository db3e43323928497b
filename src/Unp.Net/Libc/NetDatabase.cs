using System.Net;

namespace Unp.Net;

/// <summary>A host of the name service (UNP 11.3): C's <c>struct hostent</c>.</summary>
/// <param name="Name">The official name.</param>
/// <param name="Aliases">The other names.</param>
/// <param name="AddressFamily">The family of all addresses: AF_INET or AF_INET6.</param>
/// <param name="Addresses">The addresses, at least one.</param>
public sealed record HostEnt(string Name, string[] Aliases, int AddressFamily, IPAddress[] Addresses);

/// <summary>An entry of the services database (UNP 11.5, <c>services(5)</c>): C's <c>struct servent</c>.</summary>
/// <param name="Name">The official name.</param>
/// <param name="Aliases">The other names.</param>
/// <param name="Port">The port in host byte order. C's <c>s_port</c> is in network byte order.</param>
/// <param name="Protocol">The transport protocol: <c>"tcp"</c>, <c>"udp"</c>.</param>
public sealed record ServEnt(string Name, string[] Aliases, int Port, string Protocol);

/// <summary>An entry of the protocols database (<c>protocols(5)</c>): C's <c>struct protoent</c>.</summary>
/// <param name="Name">The official name.</param>
/// <param name="Aliases">The other names.</param>
/// <param name="Number">The number in the IP header: IPPROTO_TCP...</param>
public sealed record ProtoEnt(string Name, string[] Aliases, int Number);

/// <summary>An entry of the networks database (<c>networks(5)</c>): C's <c>struct netent</c>.</summary>
/// <param name="Name">The official name.</param>
/// <param name="Aliases">The other names.</param>
/// <param name="AddressFamily">AF_INET.</param>
/// <param name="Network">The network's number in host byte order. For example, <c>127.0.0.0</c> is 0x7F000000 on Linux.</param>
public sealed record NetEnt(string Name, string[] Aliases, int AddressFamily, uint Network);
