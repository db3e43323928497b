using System.Net.NetworkInformation;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>An entry of the ARP cache, for SIOCGARP, SIOCSARP and SIOCDARP (UNP 17.8, arp(7)).</summary>
    /// <remarks>Linux only. The BSDs have no such request; their <c>arp(8)</c> uses a routing socket.</remarks>
    /// <example>
    /// <code>
    /// var arp = new arpreq { arp_pa = SockAddr.Inet("192.0.2.1", 0), arp_dev = "eth0" };
    /// Ioctl(udp, SIOCGARP, ref arp);
    /// Console.WriteLine(arp.arp_ha);
    /// </code>
    /// </example>
    public unsafe partial struct arpreq
    {
        Abi.Linux.arpreq room;

        /// <summary>Gets or sets the hardware address. The kernel does not report its length, so it is read as 6 bytes.</summary>
        /// <remarks>The setter also sets the type to Ethernet.</remarks>
        /// <exception cref="ArgumentException">The address has more than 14 bytes.</exception>
        public PhysicalAddress arp_ha
        {
            readonly get => room.arp_ha.HardwareAddress(InterfaceName.HardwareAddressLength);
            set => room.arp_ha = sockaddr.OfHardware(value);
        }

        /// <summary>Gets the type of <see cref="arp_ha"/>: ARPHRD_ETHER...</summary>
        public readonly int HardwareType => room.arp_ha.head.Family;

        /// <summary>Gets or sets the flags ATF_COM, ATF_PERM, ATF_PUBL...</summary>
        public int arp_flags
        {
            readonly get => room.arp_flags;
            set => room.arp_flags = value;
        }

        /// <summary>Gets or sets the name of the interface. SIOCGARP requires it; the others may choose it from the routes.</summary>
        /// <exception cref="ArgumentException">The name has more than 15 bytes or contains a NUL.</exception>
        public string arp_dev
        {
            readonly get => InterfaceName.Get(in room.arp_dev[0]);
            set => InterfaceName.Set(value, ref room.arp_dev[0]);
        }

        internal sockaddr ProtocolRoom
        {
            readonly get => room.arp_pa;
            set => room.arp_pa = value;
        }

        internal sockaddr NetmaskRoom
        {
            readonly get => room.arp_netmask;
            set => room.arp_netmask = value;
        }
    }
}

namespace Unp.Net.Abi.Linux
{
    unsafe struct arpreq
    {
        public sockaddr arp_pa;
        public sockaddr arp_ha;
        public int arp_flags;
        public sockaddr arp_netmask;
        public fixed byte arp_dev[16];
    }
}
