namespace Unp.Net;

/// <summary>The ports that the kernel may choose from, both included (<see cref="SocketOptions.IpLocalPortRange"/>); 0: the system's own bound.</summary>
/// <param name="Low">The lowest port, or 0.</param>
/// <param name="High">The highest port, or 0.</param>
public readonly record struct PortRange(ushort Low, ushort High);
