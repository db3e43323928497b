using System.Net;

namespace Unp.Samples.sock;

/// <summary>The socket options of <see cref="sock"/>.</summary>
static class SockSettings
{
    /// <summary>Sets what is to be set before bind, connect and listen; with -v it tells what the kernel has made of it.</summary>
    public static void Apply(Fd fd, SockOptions options)
    {
        // The buffers first: TCP's window scale goes with the SYN.
        SetNumber('R', SocketOptions.RcvBuf, "SO_RCVBUF");
        SetNumber('S', SocketOptions.SndBuf, "SO_SNDBUF");
        SetFlag('A', SocketOptions.ReuseAddr, "SO_REUSEADDR");
        SetFlag('T', SocketOptions.ReusePort, "SO_REUSEPORT");
        SetFlag('B', SocketOptions.Broadcast, "SO_BROADCAST");
        SetFlag('D', SocketOptions.Debug, "SO_DEBUG");
        SetFlag('K', SocketOptions.KeepAlive, "SO_KEEPALIVE");
        SetFlag('Y', SocketOptions.DontRoute, "SO_DONTROUTE");
        bool isIPv4 = Sockfd_to_family(fd) == AF_INET;
        SetNumber('H', isIPv4 ? SocketOptions.IpTos : SocketOptions.Ipv6TClass, "IP_TOS");
        SetNumber('J', isIPv4 ? SocketOptions.IpTtl : SocketOptions.Ipv6UnicastHops, "IP_TTL");
        SetNumber('t', isIPv4 ? SocketOptions.IpMulticastTtl : SocketOptions.Ipv6MulticastHops, "IP_MULTICAST_TTL");
        if (!options.IsUdp)
        {
            SetFlag('N', SocketOptions.TcpNoDelay, "TCP_NODELAY");
            SetNumber('X', SocketOptions.TcpMaxSeg, "TCP_MAXSEG");
        }
        if (options['L'])
        {
            Setsockopt(fd, SocketOptions.Linger, TimeSpan.FromSeconds(options.Number('L')));
            Tell($"linger = {options.Number('L')}");
        }
        SetTime('x', SocketOptions.RcvTimeo, "SO_RCVTIMEO");
        SetTime('y', SocketOptions.SndTimeo, "SO_SNDTIMEO");
        if (options['E'] && options.IsUdp)
            Setsockopt(fd, isIPv4 ? SocketOptions.IpPktInfo : SocketOptions.Ipv6RecvPktInfo, true);

        void SetFlag(char letter, SocketOption<bool> option, string name)
        {
            if (!options[letter])
                return;
            Setsockopt(fd, option, true);
            Tell($"{name} set");
        }

        void SetNumber(char letter, SocketOption<int> option, string name)
        {
            if (!options[letter])
                return;
            Setsockopt(fd, option, options.Number(letter));
            Tell($"{name} = {Getsockopt(fd, option)}");
        }

        void SetTime(char letter, SocketOption<TimeSpan> option, string name)
        {
            if (!options[letter])
                return;
            Setsockopt(fd, option, TimeSpan.FromMilliseconds(options.Number(letter)));
            Tell($"{name} = {options.Number(letter)} ms");
        }

        void Tell(string line)
        {
            if (options.IsVerbose)
                err_msg(line);
        }
    }

    /// <summary>Joins the multicast group of -j, on an interface of the kernel's choice.</summary>
    public static void Join(Fd fd, SockOptions options)
    {
        if (options.Text('j') is not { } text)
            return;
        IPAddress group = SockAddr.Inet(text, 0).Address;
        Setsockopt(fd, Sockfd_to_family(fd) == AF_INET ? SocketOptions.IpAddMembership : SocketOptions.Ipv6JoinGroup, new MulticastGroup(group));
        if (options.IsVerbose)
            err_msg($"joined {group}");
    }
}
