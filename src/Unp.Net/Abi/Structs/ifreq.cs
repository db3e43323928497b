using System.Net.NetworkInformation;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>
    /// A request about a network interface: its name, and the value that the request reads or sets (UNP 17.5, netdevice(7)).
    /// </summary>
    /// <remarks>
    /// All values share one place, so a request sets only its own: SIOCGIFMTU sets <see cref="ifr_mtu"/>. It has Linux's 40 bytes. The BSDs
    /// use the first 32.
    /// </remarks>
    /// <example>
    /// <code>
    /// var ifr = new ifreq { ifr_name = "lo" };
    /// Ioctl(udp, SIOCGIFMTU, ref ifr);
    /// Console.WriteLine(ifr.ifr_mtu);
    /// </code>
    /// </example>
    public unsafe partial struct ifreq
    {
        Abi.Linux.ifreq room;

        /// <summary>Gets or sets the name of the interface, or on Linux the label of an alias such as <c>eth0:1</c>.</summary>
        /// <exception cref="ArgumentException">The name has more than 15 bytes or contains a NUL.</exception>
        public string ifr_name
        {
            readonly get => InterfaceName.Get(in room.ifr_name[0]);
            set => InterfaceName.Set(value, ref room.ifr_name[0]);
        }

        /// <summary>Gets or sets the new name for SIOCSIFNAME, on Linux.</summary>
        /// <exception cref="ArgumentException">The name has more than 15 bytes or contains a NUL.</exception>
        public string ifr_newname
        {
            readonly get => InterfaceName.Get(in room.ifr_newname[0]);
            set => InterfaceName.Set(value, ref room.ifr_newname[0]);
        }

        /// <summary>Gets or sets the flags IFF_UP, IFF_BROADCAST... Linux transfers the lowest 16 bits.</summary>
        public int ifr_flags
        {
            readonly get => Target.IsLinux || Target.IsMacOS ? (ushort)room.ifr_flags : room.ifr_metric;
            set => room.ifr_metric = Target.IsLinux || Target.IsMacOS ? (ushort)value : value;
        }

        /// <summary>Gets or sets the index of the interface. FreeBSD calls it <c>ifr_index</c>; macOS does not have it.</summary>
        public int ifr_ifindex
        {
            readonly get => Target.IsLinux ? room.ifr_ifindex : (ushort)room.ifr_flags;
            set => room.ifr_ifindex = Target.IsLinux ? value : (ushort)value;
        }

        /// <summary>Gets or sets the metric.</summary>
        public int ifr_metric
        {
            readonly get => room.ifr_metric;
            set => room.ifr_metric = value;
        }

        /// <summary>Gets or sets the maximum number of bytes of a packet.</summary>
        public int ifr_mtu
        {
            readonly get => room.ifr_mtu;
            set => room.ifr_mtu = value;
        }

        /// <summary>Gets or sets the length of the transmit queue, in packets. Linux only.</summary>
        public int ifr_qlen
        {
            readonly get => room.ifr_qlen;
            set => room.ifr_qlen = value;
        }

        /// <summary>Gets or sets the hardware address. The kernel does not report its length, so it is read as 6 bytes.</summary>
        /// <remarks>The setter also sets the type to Ethernet. <c>IfiInfo.HardwareAddress</c> has the right length.</remarks>
        /// <exception cref="ArgumentException">The address has more than 14 bytes.</exception>
        public PhysicalAddress ifr_hwaddr
        {
            readonly get => room.ifr_hwaddr.HardwareAddress(InterfaceName.HardwareAddressLength);
            set => room.ifr_hwaddr = sockaddr.OfHardware(value);
        }

        /// <summary>Gets the type of <see cref="ifr_hwaddr"/>: ARPHRD_ETHER, ARPHRD_LOOPBACK... On the BSDs it is AF_LINK.</summary>
        public readonly int HardwareType => room.ifr_hwaddr.head.Family;

        /// <summary>Returns the name as <c>strace(1)</c> prints it: <c>{ifr_name="eth0"}</c>.</summary>
        public override readonly string ToString() => $"{{ifr_name=\"{ifr_name}\"}}";

        /// <summary>Gets or sets the 16 bytes of the address that a request reads or sets.</summary>
        internal sockaddr AddressRoom
        {
            readonly get => room.ifr_addr;
            set => room.ifr_addr = value;
        }
    }
}

namespace Unp.Net.Abi
{
    /// <summary>The conversion of interface names between text and fields of <see cref="Libc.IFNAMSIZ"/> bytes.</summary>
    static class InterfaceName
    {
        /// <summary>The length of an Ethernet address, C's IFHWADDRLEN.</summary>
        internal const int HardwareAddressLength = 6;

        internal static string Get(ref readonly byte first)
        {
            ReadOnlySpan<byte> field = MemoryMarshal.CreateReadOnlySpan(in first, Libc.IFNAMSIZ);
            int end = field.IndexOf((byte)0);
            return NativeText.GetString(end < 0 ? field : field[..end]);
        }

        internal static void Set(string name, ref byte first, [CallerArgumentExpression(nameof(name))] string parameter = "")
        {
            ArgumentNullException.ThrowIfNull(name, parameter);
            int size = NativeText.GetByteCount(name);
            if (size >= Libc.IFNAMSIZ || name.Contains('\0', StringComparison.Ordinal))
                throw new ArgumentException(
                    $"The interface name \"{name}\" must have at most {Libc.IFNAMSIZ - 1} bytes, and no NUL.", parameter);
            Span<byte> field = MemoryMarshal.CreateSpan(ref first, Libc.IFNAMSIZ);
            field.Clear();
            NativeText.GetBytes(name, field);
        }
    }
}

namespace Unp.Net.Abi.Linux
{
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    unsafe struct ifreq
    {
        [FieldOffset(0)] public fixed byte ifr_name[16];
        [FieldOffset(16)] public sockaddr ifr_addr;
        [FieldOffset(16)] public sockaddr ifr_dstaddr;
        [FieldOffset(16)] public sockaddr ifr_broadaddr;
        [FieldOffset(16)] public sockaddr ifr_netmask;
        [FieldOffset(16)] public sockaddr ifr_hwaddr;
        [FieldOffset(16)] public short ifr_flags;
        [FieldOffset(16)] public int ifr_ifindex;
        [FieldOffset(16)] public int ifr_metric;
        [FieldOffset(16)] public int ifr_mtu;
        [FieldOffset(16)] public int ifr_qlen;
        [FieldOffset(16)] public fixed byte ifr_newname[16];
    }
}

namespace Unp.Net.Abi.Bsd
{
    /// <summary>The name and a union of 16 bytes. All its members begin at its start, as on Linux.</summary>
    unsafe struct ifreq
    {
        public fixed byte ifr_name[16];
        public fixed byte ifr_ifru[16];
    }
}
