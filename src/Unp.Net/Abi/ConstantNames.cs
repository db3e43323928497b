using static Unp.Net.Libc;

namespace Unp.Net.Abi;

/// <summary>The C names of numbers, for error messages and ToString. A number without a name is its digits.</summary>
static class ConstantNames
{
    /// <summary>Returns the name of the family of a socket.</summary>
    internal static string Family(int family) => AddressFamily(family) ?? (family == PF_KEY ? nameof(PF_KEY) : Digits(family));

    /// <summary>Returns the name of the family of an address, or null for a family that is rarely seen.</summary>
    internal static string? AddressFamily(int family) =>
        family == AF_UNSPEC ? nameof(AF_UNSPEC)
        : family == AF_UNIX ? nameof(AF_UNIX)
        : family == AF_INET ? nameof(AF_INET)
        : family == AF_INET6 ? nameof(AF_INET6)
        : (Target.IsLinux || Target.IsMacOS) && family == AF_VSOCK ? nameof(AF_VSOCK)
        : !Target.IsMacOS && family == AF_NETLINK ? nameof(AF_NETLINK)
        : Target.IsLinux && family == AF_PACKET ? nameof(AF_PACKET)
        : Target.IsLinux && family == AF_CAN ? nameof(AF_CAN)
        : Target.IsLinux && family == AF_ALG ? nameof(AF_ALG)
        : Target.IsLinux && family == AF_XDP ? nameof(AF_XDP)
        : Target.IsLinux && family == AF_TIPC ? nameof(AF_TIPC)
        : !Target.IsMacOS && family == AF_BLUETOOTH ? nameof(AF_BLUETOOTH)
        : !Target.IsLinux && family == AF_LINK ? nameof(AF_LINK)
        : !Target.IsLinux && family == AF_ROUTE ? nameof(AF_ROUTE)
        : Target.IsMacOS && family == AF_SYSTEM ? nameof(AF_SYSTEM)
        : null;

    /// <summary>Returns the name of a socket type with its flags: <c>"SOCK_STREAM|SOCK_NONBLOCK"</c>.</summary>
    internal static string SocketType(int type)
    {
        (int Bit, string Name)[] flags =
            Target.IsMacOS ? [] : [(SOCK_NONBLOCK, nameof(SOCK_NONBLOCK)), (SOCK_CLOEXEC, nameof(SOCK_CLOEXEC))];
        string text = "";
        foreach (var (bit, name) in flags)
        {
            if ((type & bit) != 0)
                text += $"|{name}";
            type &= ~bit;
        }
        return Find(
            [
                (SOCK_STREAM, nameof(SOCK_STREAM)),
                (SOCK_DGRAM, nameof(SOCK_DGRAM)),
                (SOCK_RAW, nameof(SOCK_RAW)),
                (SOCK_RDM, nameof(SOCK_RDM)),
                (SOCK_SEQPACKET, nameof(SOCK_SEQPACKET)),
            ],
            type) + text;
    }

    /// <summary>Returns the name of a protocol of IPv4 and IPv6. The protocols of other families have numbers only.</summary>
    internal static string Protocol(int family, int protocol) => family != AF_INET && family != AF_INET6 ? Digits(protocol) : Find(
        [
            (IPPROTO_IP, nameof(IPPROTO_IP)),
            (IPPROTO_ICMP, nameof(IPPROTO_ICMP)),
            (IPPROTO_IGMP, nameof(IPPROTO_IGMP)),
            (IPPROTO_TCP, nameof(IPPROTO_TCP)),
            (IPPROTO_UDP, nameof(IPPROTO_UDP)),
            (IPPROTO_IPV6, nameof(IPPROTO_IPV6)),
            (IPPROTO_ICMPV6, nameof(IPPROTO_ICMPV6)),
            (IPPROTO_SCTP, nameof(IPPROTO_SCTP)),
            (IPPROTO_RAW, nameof(IPPROTO_RAW)),
            .. Target.IsLinux
                ? [(IPPROTO_UDPLITE, nameof(IPPROTO_UDPLITE)), (IPPROTO_MPTCP, nameof(IPPROTO_MPTCP))]
                : ReadOnlySpan<(int, string)>.Empty,
        ],
        protocol);

    internal static string Signal(int signo) => Find(
        [
            (SIGHUP, nameof(SIGHUP)),
            (SIGINT, nameof(SIGINT)),
            (SIGQUIT, nameof(SIGQUIT)),
            (SIGILL, nameof(SIGILL)),
            (SIGTRAP, nameof(SIGTRAP)),
            (SIGABRT, nameof(SIGABRT)),
            (SIGBUS, nameof(SIGBUS)),
            (SIGFPE, nameof(SIGFPE)),
            (SIGKILL, nameof(SIGKILL)),
            (SIGUSR1, nameof(SIGUSR1)),
            (SIGSEGV, nameof(SIGSEGV)),
            (SIGUSR2, nameof(SIGUSR2)),
            (SIGPIPE, nameof(SIGPIPE)),
            (SIGALRM, nameof(SIGALRM)),
            (SIGTERM, nameof(SIGTERM)),
            (SIGCHLD, nameof(SIGCHLD)),
            (SIGCONT, nameof(SIGCONT)),
            (SIGSTOP, nameof(SIGSTOP)),
            (SIGTSTP, nameof(SIGTSTP)),
            (SIGTTIN, nameof(SIGTTIN)),
            (SIGTTOU, nameof(SIGTTOU)),
            (SIGURG, nameof(SIGURG)),
            (SIGXCPU, nameof(SIGXCPU)),
            (SIGXFSZ, nameof(SIGXFSZ)),
            (SIGVTALRM, nameof(SIGVTALRM)),
            (SIGPROF, nameof(SIGPROF)),
            (SIGWINCH, nameof(SIGWINCH)),
            (SIGIO, nameof(SIGIO)),
            (SIGSYS, nameof(SIGSYS)),
        ],
        signo);

    /// <summary>Returns the name of an ioctl request for interfaces, the ARP cache or routes, or the number in hexadecimal.</summary>
    internal static string InterfaceRequest(nuint request)
    {
        ReadOnlySpan<(uint, string)> names =
        [
            (SIOCGIFCONF, nameof(SIOCGIFCONF)),
            (SIOCGIFFLAGS, nameof(SIOCGIFFLAGS)),
            (SIOCSIFFLAGS, nameof(SIOCSIFFLAGS)),
            (SIOCGIFADDR, nameof(SIOCGIFADDR)),
            (SIOCSIFADDR, nameof(SIOCSIFADDR)),
            (SIOCGIFDSTADDR, nameof(SIOCGIFDSTADDR)),
            (SIOCSIFDSTADDR, nameof(SIOCSIFDSTADDR)),
            (SIOCGIFBRDADDR, nameof(SIOCGIFBRDADDR)),
            (SIOCSIFBRDADDR, nameof(SIOCSIFBRDADDR)),
            (SIOCGIFNETMASK, nameof(SIOCGIFNETMASK)),
            (SIOCSIFNETMASK, nameof(SIOCSIFNETMASK)),
            (SIOCGIFMETRIC, nameof(SIOCGIFMETRIC)),
            (SIOCSIFMETRIC, nameof(SIOCSIFMETRIC)),
            (SIOCGIFMTU, nameof(SIOCGIFMTU)),
            (SIOCSIFMTU, nameof(SIOCSIFMTU)),
            (SIOCADDMULTI, nameof(SIOCADDMULTI)),
            (SIOCDELMULTI, nameof(SIOCDELMULTI)),
            (SIOCDIFADDR, nameof(SIOCDIFADDR)),
            .. Target.IsLinux
                ?
                [
                    (SIOCGIFNAME, nameof(SIOCGIFNAME)),
                    (SIOCGIFINDEX, nameof(SIOCGIFINDEX)),
                    (SIOCSIFNAME, nameof(SIOCSIFNAME)),
                    (SIOCGIFHWADDR, nameof(SIOCGIFHWADDR)),
                    (SIOCSIFHWADDR, nameof(SIOCSIFHWADDR)),
                    (SIOCGIFTXQLEN, nameof(SIOCGIFTXQLEN)),
                    (SIOCSIFTXQLEN, nameof(SIOCSIFTXQLEN)),
                    (SIOCDARP, nameof(SIOCDARP)),
                    (SIOCGARP, nameof(SIOCGARP)),
                    (SIOCSARP, nameof(SIOCSARP)),
                    (SIOCADDRT, nameof(SIOCADDRT)),
                    (SIOCDELRT, nameof(SIOCDELRT)),
                ]
                : Target.IsMacOS
                ? [(SIOCSIFLLADDR, nameof(SIOCSIFLLADDR))]
                : (ReadOnlySpan<(uint, string)>)
                [
                    (SIOCSIFLLADDR, nameof(SIOCSIFLLADDR)), (SIOCGIFINDEX, nameof(SIOCGIFINDEX)), (SIOCSIFNAME, nameof(SIOCSIFNAME)),
                ],
        ];
        foreach (var (number, name) in names)
        {
            if (number == request)
                return name;
        }
        return $"0x{request:x}";
    }

    /// <summary>Returns the events of poll: <c>"POLLIN|POLLHUP"</c>, <c>"0"</c>.</summary>
    internal static string PollEvents(int events) => Flags(
        [
            (POLLIN, nameof(POLLIN)),
            (POLLPRI, nameof(POLLPRI)),
            (POLLOUT, nameof(POLLOUT)),
            (POLLERR, nameof(POLLERR)),
            (POLLHUP, nameof(POLLHUP)),
            (POLLNVAL, nameof(POLLNVAL)),
            (POLLRDNORM, nameof(POLLRDNORM)),
            (POLLRDBAND, nameof(POLLRDBAND)),
            (Target.IsLinux ? POLLWRNORM : 0, nameof(POLLWRNORM)), // on the BSDs it is POLLOUT
            (POLLWRBAND, nameof(POLLWRBAND)),
            (Target.IsMacOS ? 0 : POLLRDHUP, nameof(POLLRDHUP)),
        ],
        (ushort)events);

    /// <summary>Returns the events and flags of epoll, which exists on Linux only: <c>"EPOLLIN|EPOLLET"</c>.</summary>
    internal static string EpollEvents(uint events) => !Target.IsLinux ? $"0x{events:x}" : Flags(
        [
            (EPOLLIN, nameof(EPOLLIN)),
            (EPOLLPRI, nameof(EPOLLPRI)),
            (EPOLLOUT, nameof(EPOLLOUT)),
            (EPOLLERR, nameof(EPOLLERR)),
            (EPOLLHUP, nameof(EPOLLHUP)),
            (EPOLLRDNORM, nameof(EPOLLRDNORM)),
            (EPOLLRDBAND, nameof(EPOLLRDBAND)),
            (EPOLLWRNORM, nameof(EPOLLWRNORM)),
            (EPOLLWRBAND, nameof(EPOLLWRBAND)),
            (EPOLLRDHUP, nameof(EPOLLRDHUP)),
            (EPOLLEXCLUSIVE, nameof(EPOLLEXCLUSIVE)),
            (EPOLLWAKEUP, nameof(EPOLLWAKEUP)),
            (EPOLLONESHOT, nameof(EPOLLONESHOT)),
            (EPOLLET, nameof(EPOLLET)),
        ],
        events);

    static string Find(ReadOnlySpan<(int Number, string Name)> names, int number)
    {
        foreach (var (value, name) in names)
        {
            if (value == number)
                return name;
        }
        return Digits(number);
    }

    /// <summary>Joins the names of the set bits, and the rest of the bits as a hexadecimal number.</summary>
    static string Flags(ReadOnlySpan<(long Bit, string Name)> names, uint value)
    {
        var set = new List<string>();
        foreach (var (bit, name) in names)
        {
            if ((value & bit) == 0)
                continue;
            set.Add(name);
            value &= ~(uint)bit;
        }
        if (value != 0)
            set.Add($"0x{value:x}");
        return set.Count == 0 ? "0" : string.Join('|', set);
    }

    static string Digits(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
