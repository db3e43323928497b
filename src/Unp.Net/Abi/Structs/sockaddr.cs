using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace Unp.Net.Abi;

/// <summary>
/// An address of any family, without its family-specific fields. It has 16 bytes; the addresses of most families are longer.
/// </summary>
unsafe struct sockaddr
{
    public sa_head head;
    public fixed byte sa_data[14];

    const int DataSize = 14;

    /// <summary>Returns the first bytes of the data as a hardware address.</summary>
    internal readonly PhysicalAddress HardwareAddress(int length) =>
        new(MemoryMarshal.CreateReadOnlySpan(in sa_data[0], length).ToArray());

    /// <summary>Returns an Ethernet address, as ioctl expects it.</summary>
    internal static sockaddr OfHardware(PhysicalAddress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        byte[] bytes = value.GetAddressBytes();
        if (bytes.Length > DataSize)
            throw new ArgumentException($"The hardware address {value} must have at most {DataSize} bytes.", nameof(value));
        sockaddr room = default;
        room.head = new sa_head(Target.IsLinux ? Libc.ARPHRD_ETHER : Libc.AF_LINK, bytes.Length);
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref room.sa_data[0], DataSize));
        return room;
    }
}

/// <summary>Space for an address of any family: 128 bytes, aligned to 8.</summary>
unsafe struct sockaddr_storage
{
    public sa_head head;
    fixed byte __ss_pad[118];
    ulong __ss_align;
}
