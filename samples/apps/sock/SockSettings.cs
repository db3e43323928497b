using System.Globalization;
using System.Net;

namespace Unp.Samples.sock;

/// <summary>Sets the socket options of <see cref="sock"/>. With -v, the kernel's value of each is printed.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options of the command line.</param>
sealed class SockSettings(Fd fd, SockOptions options)
{
    readonly bool isIPv4 = Sockfd_to_family(fd) == AF_INET;

    /// <summary>Sets the options that must be set before bind, and prints nothing: -A, -T.</summary>
    public SockSettings BeforeBind()
    {
        if (options['A'])
            Set("SO_REUSEADDR", SocketOptions.ReuseAddr, true);
        if (options['T'])
            Set("SO_REUSEPORT", SocketOptions.ReusePort, true);
        return this;
    }

    /// <summary>Sets the buffer sizes, which must precede the SYN because it carries TCP's window scale: -R, -S.</summary>
    public SockSettings Buffers()
    {
        SetNumber('R', SocketOptions.RcvBuf, "SO_RCVBUF");
        SetNumber('S', SocketOptions.SndBuf, "SO_SNDBUF");
        return this;
    }

    /// <summary>
    /// Sets the other options. As in C, a TCP server sets them first on the listening socket and then on the connection, and a client
    /// before and after connect. Some options are therefore set and printed twice. A UDP server sets all of them at once.
    /// </summary>
    /// <param name="isFirst">Whether this is the first call for the socket.</param>
    /// <param name="isLast">Whether the socket is connected or will never be.</param>
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
            options.Report("IP_RECVDSTADDR set");
        }
    }

    /// <summary>Joins the multicast group of -j on an interface that the kernel chooses.</summary>
    void Join()
    {
        if (options.Text('j') is not { } text)
            return;
        if (!IPAddress.TryParse(text, out IPAddress? group))
            err_quit($"invalid multicast address: {text}");
        Set("IP_ADD_MEMBERSHIP", isIPv4 ? SocketOptions.IpAddMembership : SocketOptions.Ipv6JoinGroup, new MulticastGroup(group!));
        options.Report("IP_ADD_MEMBERSHIP set");
    }

    void SetFlag(char letter, SocketOption<bool> option, string name)
    {
        if (!options[letter])
            return;
        Set(name, option, true);
        options.Report($"{name} set");
    }

    void SetNumber(char letter, SocketOption<int> option, string name)
    {
        if (!options[letter])
            return;
        Set(name, option, options.Number(letter));
        options.Report($"{name} = {Getsockopt(fd, option)}");
    }

    /// <summary>Sets a number and ends the program if the kernel changes it.</summary>
    void SetSame(char letter, SocketOption<int> option, string name)
    {
        if (!options[letter])
            return;
        int wanted = options.Number(letter);
        Set(name, option, wanted);
        int set = Getsockopt(fd, option);
        if (set != wanted)
            err_quit($"{name} not set ({set})");
        options.Report($"{name} set to {set}");
    }

    void SetLinger()
    {
        if (!options['L'])
            return;
        Set("SO_LINGER", SocketOptions.Linger, TimeSpan.FromSeconds(options.Number('L')));
        options.Report($"linger on, time = {options.Number('L')}");
    }

    void SetTime(char letter, SocketOption<TimeSpan> option, string name)
    {
        if (options.Number(letter) == 0)
            return;
        Set(name, option, TimeSpan.FromMilliseconds(options.Number(letter)));
        options.Report(string.Create(CultureInfo.InvariantCulture, $"{name}: {Getsockopt(fd, option).TotalSeconds:F6}"));
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
            err_quit($"{name} setsockopt error: {impossible.Message}"); // the value is out of range for the option
        }
    }
}
