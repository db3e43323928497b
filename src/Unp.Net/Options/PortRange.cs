namespace Unp.Net;

/// <summary>
/// A range of ports that the kernel may choose from, including both bounds (<see cref="SocketOptions.IpLocalPortRange"/>); 0: the bound of
/// the system.
/// </summary>
/// <param name="Low">The lowest port, or 0.</param>
/// <param name="High">The highest port, or 0.</param>
public readonly record struct PortRange(ushort Low, ushort High);
