using System.Globalization;
using System.Net;

namespace Unp.Samples.sock;

/// <summary>The socket options of <see cref="sock"/>. With -v, the kernel's answer to each is printed.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options of the command line.</param>
sealed class SockSettings(Fd fd, SockOptions options)
{
    readonly bool isIPv4 = Sockfd_to_family(fd) == AF_INET;

    /// <summary>Options that must be set before bind: -A, -T. They print nothing.</summary>
    public SockSettings BeforeBind()
    {
        if (options['A'])
            Set("SO_REUSEADDR", SocketOptions.ReuseAddr, true);
        if (options['T'])
            Set("SO_REUSEPORT", SocketOptions.ReusePort, true);
        return this;
    }

    /// <summary>The sizes of the buffers: -R, -S. They must be known before the SYN, because TCP's window scale goes with it.</summary>
    public SockSettings Buffers()
    {
        SetNumber('R', SocketOptions.RcvBuf, "SO_RCVBUF");
        SetNumber('S', SocketOptions.SndBuf, "SO_SNDBUF");
        return this;
    }

    /// <summary>
    /// The other options. A TCP server sets them on the listening socket first and on the connection last, a client before and after
    /// connect, both as C does: some options are set, and printed, twice. A UDP server does all at once.
    /// </summary>
    /// <param name="isFirst">Whether it is the first time.</param>
    /// <param name="isLast">Whether the socket is connected, or will not be.</param>
    public void Apply(bool isFirst, bool isLast)
    {
        SetFlag('D', SocketOptions.Debug, "SO_DEBUG");
        SetFlag('Y', SocketOptions.DontRoute, "SO_DONTROUTE");
        if (isFirst)
        {
            SetSame('H', isIPv4 ? SocketOptions.IpTos : SocketOptions.Ipv6TClass, "IP_TOS");
            SetSame('J', isIPv4 ? SocketOptions.IpTtl : SocketOptions.Ipv6UnicastHops, "IP_TTL");
        }
        if (!options.IsUdp)
            SetNumber('X', SocketOptions.TcpMaxSeg, "TCP_MAXSEG");
        SetFlag('B', SocketOptions.Broadcast, "SO_BROADCAST");
        if (isFirst)
            Join();
        SetSame('t', isIPv4 ? SocketOptions.IpMulticastTtl : SocketOptions.Ipv6MulticastHops, "IP_MULTICAST_TTL");
        if (isLast)
            ApplyLast();
    }

    void ApplyLast()
    {
        if (!options.IsUdp)
        {
            SetFlag('K', SocketOptions.KeepAlive, "SO_KEEPALIVE");
            SetFlag('N', SocketOptions.TcpNoDelay, "TCP_NODELAY");
            if (options.IsVerbose)
                err_msg($"TCP_MAXSEG = {Getsockopt(fd, SocketOptions.TcpMaxSeg)}");
            SetLinger();
        }
        SetTime('x', SocketOptions.RcvTimeo, "SO_RCVTIMEO");
        SetTime('y', SocketOptions.SndTimeo, "SO_SNDTIMEO");
        if (options['E'] && options.IsUdp)
        {
            Set("IP_RECVDSTADDR", isIPv4 ? SocketOptions.IpPktInfo : SocketOptions.Ipv6RecvPktInfo, true);
            options.Tell("IP_RECVDSTADDR set");
        }
    }

    /// <summary>Joins the multicast group of -j, on an interface of the kernel's choice.</summary>
    void Join()
    {
        if (options.Text('j') is not { } text)
            return;
        if (!IPAddress.TryParse(text, out IPAddress? group))
            err_quit($"invalid multicast address: {text}");
        Set("IP_ADD_MEMBERSHIP", isIPv4 ? SocketOptions.IpAddMembership : SocketOptions.Ipv6JoinGroup, new MulticastGroup(group!));
        options.Tell("IP_ADD_MEMBERSHIP set");
    }

    void SetFlag(char letter, SocketOption<bool> option, string name)
    {
        if (!options[letter])
            return;
        Set(name, option, true);
        options.Tell($"{name} set");
    }

    void SetNumber(char letter, SocketOption<int> option, string name)
    {
        if (!options[letter])
            return;
        Set(name, option, options.Number(letter));
        options.Tell($"{name} = {Getsockopt(fd, option)}");
    }

    /// <summary>A number that the kernel must not change.</summary>
    void SetSame(char letter, SocketOption<int> option, string name)
    {
        if (!options[letter])
            return;
        int wanted = options.Number(letter);
        Set(name, option, wanted);
        int set = Getsockopt(fd, option);
        if (set != wanted)
            err_quit($"{name} not set ({set})");
        options.Tell($"{name} set to {set}");
    }

    void SetLinger()
    {
        if (!options['L'])
            return;
        Set("SO_LINGER", SocketOptions.Linger, TimeSpan.FromSeconds(options.Number('L')));
        options.Tell($"linger on, time = {options.Number('L')}");
    }

    void SetTime(char letter, SocketOption<TimeSpan> option, string name)
    {
        if (options.Number(letter) == 0)
            return;
        Set(name, option, TimeSpan.FromMilliseconds(options.Number(letter)));
        options.Tell(string.Create(CultureInfo.InvariantCulture, $"{name}: {Getsockopt(fd, option).TotalSeconds:F6}"));
    }

    void Set<T>(string name, SocketOption<T> option, T value)
    {
        try
        {
            Setsockopt(fd, option, value);
        }
        catch (UnpException failure)
        {
            Errno.Last = failure.Errno;
            err_sys($"{name} setsockopt error");
        }
        catch (ArgumentException impossible)
        {
            err_quit($"{name} setsockopt error: {impossible.Message}"); // a value that the option does not have
        }
    }
}
