using System.Net;

namespace Unp.Net;

/// <summary>A host of the name service: C's <c>struct hostent</c> (section 11.3).</summary>
/// <param name="Name">Its official name.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="AddressFamily">The family of all its addresses: AF_INET or AF_INET6.</param>
/// <param name="Addresses">Its addresses, at least one.</param>
public sealed record HostEnt(string Name, string[] Aliases, int AddressFamily, IPAddress[] Addresses);

/// <summary>A line of the services database: C's <c>struct servent</c> (section 11.5; services(5)).</summary>
/// <param name="Name">Its official name.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Port">The port in host byte order, where C's <c>s_port</c> is in network order.</param>
/// <param name="Protocol">The protocol it is spoken over: <c>"tcp"</c>, <c>"udp"</c>.</param>
public sealed record ServEnt(string Name, string[] Aliases, int Port, string Protocol);

/// <summary>A line of the protocols database: C's <c>struct protoent</c> (protocols(5)).</summary>
/// <param name="Name">Its official name.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Number">The number in the IP header: IPPROTO_TCP...</param>
public sealed record ProtoEnt(string Name, string[] Aliases, int Number);

/// <summary>A line of the networks database: C's <c>struct netent</c> (networks(5)).</summary>
/// <param name="Name">Its official name.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="AddressFamily">AF_INET.</param>
/// <param name="Network">The network's number in host byte order, as <c>127.0.0.0</c> is 0x7F000000 on Linux.</param>
public sealed record NetEnt(string Name, string[] Aliases, int AddressFamily, uint Network);
