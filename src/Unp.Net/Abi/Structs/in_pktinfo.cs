using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>
    /// Ancillary data of IP_PKTINFO: interface, local address to answer from and destination of a datagram; addresses in network order. Not
    /// on FreeBSD.
    /// </summary>
    [StructLayout(LayoutKind.Explicit)]
    struct in_pktinfo
    {
        [FieldOffset(0)] Linux.in_pktinfo linux;
        [FieldOffset(0)] Darwin.in_pktinfo darwin;

        public int ipi_ifindex
        {
            readonly get => linux.ipi_ifindex;
            set => linux.ipi_ifindex = value;
        }

        public uint ipi_spec_dst
        {
            readonly get => linux.ipi_spec_dst;
            set => linux.ipi_spec_dst = value;
        }

        public uint ipi_addr
        {
            readonly get => linux.ipi_addr;
            set => linux.ipi_addr = value;
        }
    }

    /// <summary>
    /// Ancillary data of IPV6_PKTINFO: destination and interface of a received datagram, or source and interface of a sent one.
    /// </summary>
    struct in6_pktinfo
    {
        public in6_addr ipi6_addr;
        public uint ipi6_ifindex;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>Interface, local address and destination of a datagram.</summary>
    struct in_pktinfo
    {
        public int ipi_ifindex;
        public uint ipi_spec_dst;
        public uint ipi_addr;
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>Interface, local address and destination of a datagram. The index is unsigned here.</summary>
    struct in_pktinfo
    {
        public uint ipi_ifindex;
        public uint ipi_spec_dst;
        public uint ipi_addr;
    }
}
