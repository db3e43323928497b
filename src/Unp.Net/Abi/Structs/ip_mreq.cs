using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>A multicast group, on the interface with this address. Both are in network order.</summary>
    struct ip_mreq
    {
        public uint imr_multiaddr;
        public uint imr_interface;
    }

    /// <summary>A multicast group, on the interface with this index or, if it is 0, with this address.</summary>
    struct ip_mreqn
    {
        public uint imr_multiaddr;
        public uint imr_address;
        public int imr_ifindex;
    }

    /// <summary>A multicast group for one source, on the interface with this address. All are in network order.</summary>
    [StructLayout(LayoutKind.Explicit)]
    struct ip_mreq_source
    {
        [FieldOffset(0)] Linux.ip_mreq_source linux;
        [FieldOffset(0)] Bsd.ip_mreq_source bsd;

        public ip_mreq_source(uint group, uint source, uint networkInterface)
        {
            if (Target.IsLinux)
                linux = new() { imr_multiaddr = group, imr_interface = networkInterface, imr_sourceaddr = source };
            else
                bsd = new() { imr_multiaddr = group, imr_interface = networkInterface, imr_sourceaddr = source };
        }
    }

    /// <summary>An IPv6 multicast group, on the interface with this index; 0: the kernel chooses.</summary>
    struct ipv6_mreq
    {
        public in6_addr ipv6mr_multiaddr;
        public uint ipv6mr_interface;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>A multicast group for one source. On Linux the interface comes before the source.</summary>
    struct ip_mreq_source
    {
        public uint imr_multiaddr;
        public uint imr_interface;
        public uint imr_sourceaddr;
    }
}

namespace Unp.Net.Abi.Bsd
{
    /// <summary>A multicast group for one source.</summary>
    struct ip_mreq_source
    {
        public uint imr_multiaddr;
        public uint imr_sourceaddr;
        public uint imr_interface;
    }
}
