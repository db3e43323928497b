namespace Unp.Net;

/// <summary>An address of a network interface, from <see cref="Libc.getifaddrs()"/>.</summary>
/// <param name="Name">The interface, or on Linux the label of an IPv4 address, such as <c>eth0:1</c>.</param>
/// <param name="Flags">The flags of the interface: IFF_UP, IFF_BROADCAST...</param>
/// <param name="Address">
/// The address: IPv4, IPv6, or the link-layer address (AF_PACKET on Linux, AF_LINK elsewhere); null if the interface has none.
/// </param>
/// <param name="Netmask">The netmask of an IPv4 or IPv6 address, or null.</param>
/// <param name="Destination">
/// The broadcast address of an interface with IFF_BROADCAST, otherwise the address of the peer; null if none was reported. Linux may repeat
/// the address itself.
/// </param>
public sealed record InterfaceAddress(string Name, int Flags, SockAddr? Address, SockAddr? Netmask, SockAddr? Destination);
