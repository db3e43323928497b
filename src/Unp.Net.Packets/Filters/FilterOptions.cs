using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Packets;

/// <summary>Options for <see cref="BpfProgram.Compile"/>.</summary>
public sealed class FilterOptions
{
    internal static FilterOptions Default { get; } = new();

    /// <summary>Gets the number of bytes that the program accepts of a packet. The default is 262144, as in tcpdump.</summary>
    public int SnapLength { get; init; } = 262144;

    /// <summary>Gets the IPv4 netmask of the network, which <c>ip broadcast</c> needs; null (the default): unknown.</summary>
    public IPAddress? Netmask { get; init; }

    /// <summary>
    /// Gets whether names of hosts are looked up, which may ask a server and take seconds. The default is true. False is for filters of
    /// unknown users.
    /// </summary>
    public bool ResolvesHosts { get; init; } = true;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="SnapLength"/> is not 1 or more.</exception>
    /// <exception cref="ArgumentException"><see cref="Netmask"/> is not an IPv4 address.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SnapLength, 1);
        if (Netmask is { AddressFamily: not AddressFamily.InterNetwork })
            throw new ArgumentException($"The netmask {Netmask} is not an IPv4 address.", nameof(Netmask));
    }
}
