using System.Net.NetworkInformation;

namespace Unp.Net;

/// <summary>A network interface with its addresses, as the kernel lists it (UNP 18.5), in one form for all systems.</summary>
public sealed class InterfaceEntry
{
    internal InterfaceEntry(uint index, string name) => (Index, Name) = (index, name);

    /// <summary>Gets the index, at least 1.</summary>
    public uint Index { get; }

    /// <summary>Gets the name, such as <c>"eth0"</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the flags <c>IFF_*</c>.</summary>
    public int Flags { get; internal init; }

    /// <summary>Gets the MTU in bytes.</summary>
    public int Mtu { get; internal init; }

    /// <summary>Gets the type of the device: <c>ARPHRD_*</c> on Linux, <c>IFT_*</c> elsewhere.</summary>
    public int Type { get; internal init; }

    /// <summary>Gets the hardware address; null if the interface has none, as a loopback.</summary>
    public PhysicalAddress? HardwareAddress { get; internal init; }

    /// <summary>Gets the IPv4 and IPv6 addresses of the requested family.</summary>
    public IReadOnlyList<InterfaceEntryAddress> Addresses => AddressList;

    internal List<InterfaceEntryAddress> AddressList { get; } = [];

    /// <summary>Returns the index, the name and the addresses: <c>"2: eth0 [10.0.0.1/8]"</c>.</summary>
    public override string ToString() => $"{Index}: {Name} [{string.Join(", ", AddressList)}]";
}
