using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>An IPv4 route, for SIOCADDRT and SIOCDELRT (UNP 17.9). Linux only; the BSDs use a routing socket.</summary>
    /// <remarks>The name of the interface, <c>rt_dev</c>, is a pointer in C. Here it is an argument of <c>Ioctl</c>.</remarks>
    /// <example>
    /// <code>
    /// var rt = new rtentry
    /// {
    ///     rt_dst = SockAddr.Inet("192.0.2.0", 0),
    ///     rt_genmask = SockAddr.Inet("255.255.255.0", 0),
    ///     rt_flags = RTF_UP,
    /// };
    /// Ioctl(udp, SIOCADDRT, ref rt, rt_dev: "eth0");
    /// </code>
    /// </example>
    public partial struct rtentry
    {
        Abi.Linux.rtentry room;

        /// <summary>Gets or sets the flags RTF_UP, RTF_GATEWAY, RTF_HOST...</summary>
        public int rt_flags
        {
            readonly get => room.rt_flags;
            set => room.rt_flags = (ushort)value;
        }

        /// <summary>Gets or sets the metric plus 1; 0: no metric.</summary>
        public short rt_metric
        {
            readonly get => room.rt_metric;
            set => room.rt_metric = value;
        }

        /// <summary>Gets or sets the maximum number of bytes of a packet, if <see cref="rt_flags"/> has RTF_MTU.</summary>
        /// <remarks>Linux only announces an MSS of 40 bytes less.</remarks>
        public nuint rt_mtu
        {
            readonly get => room.rt_mtu;
            set => room.rt_mtu = value;
        }

        /// <summary>Gets or sets the TCP window in bytes, if <see cref="rt_flags"/> has RTF_WINDOW.</summary>
        public nuint rt_window
        {
            readonly get => room.rt_window;
            set => room.rt_window = value;
        }

        /// <summary>Gets or sets the initial round-trip time in clock ticks, if <see cref="rt_flags"/> has RTF_IRTT.</summary>
        public ushort rt_irtt
        {
            readonly get => room.rt_irtt;
            set => room.rt_irtt = value;
        }

        internal sockaddr DestinationRoom
        {
            readonly get => room.rt_dst;
            set => room.rt_dst = value;
        }

        internal sockaddr GatewayRoom
        {
            readonly get => room.rt_gateway;
            set => room.rt_gateway = value;
        }

        internal sockaddr MaskRoom
        {
            readonly get => room.rt_genmask;
            set => room.rt_genmask = value;
        }

        internal unsafe byte* Device
        {
            set => room.rt_dev = value;
        }
    }
}

namespace Unp.Net.Abi.Linux
{
    unsafe struct rtentry
    {
        nuint __rt_pad1;
        public sockaddr rt_dst;
        public sockaddr rt_gateway;
        public sockaddr rt_genmask;
        public ushort rt_flags;
        short __rt_pad2;
        nuint __rt_pad3;
        byte __rt_tos;
        byte __rt_class;
        fixed short __rt_pad4[3];
        public short rt_metric;
        public byte* rt_dev;
        public nuint rt_mtu;
        public nuint rt_window;
        public ushort rt_irtt;
    }
}
