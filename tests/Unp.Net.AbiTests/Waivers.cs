namespace Unp.Net.AbiTests;

/// <summary>A constant or struct that a target cannot prove, with the reason.</summary>
/// <param name="Name">The constant, or the struct with all its fields.</param>
/// <param name="Reason">The reason why no source on this machine proves it, or why the value of the target differs.</param>
/// <param name="ProvenIf">A condition of C's preprocessor. If it holds, the headers are new enough and the waiver does not apply.</param>
sealed record Waiver(string Name, string Reason, string? ProvenIf = null);

/// <summary>The constants and structs that are not proven. A test fails if one of them can be proven.</summary>
static class Waivers
{
    /// <summary>Waivers on every Linux.</summary>
    public static readonly Waiver[] Linux =
    [
        NewInKernel("MPTCP_FULL_INFO", 6, 5),
        NewInKernel("SO_PASSPIDFD", 6, 5),
        NewInKernel("SO_PEERPIDFD", 6, 5),
        NewInKernel("SO_RCVPRIORITY", 6, 14),
        NewInKernel("SO_PASSRIGHTS", 6, 16),
        NewInKernel("SO_INQ", 6, 17),
        NewInKernel("SOF_TIMESTAMPING_OPT_ID_TCP", 6, 2),
        NewInKernel("SOF_TIMESTAMPING_OPT_RX_FILTER", 6, 12),
        NewInLibrary("SCM_SECURITY"),
        NewInLibrary("SCM_PIDFD"),
        new("SCM_MAX_FD", "only in <net/scm.h> of the kernel's source"),
        NewInHeaders("IP_LOCAL_PORT_RANGE"),
        NewInHeaders("IP_PROTOCOL"),
        new("SIGRTMIN", "a function call in C, tested by RealTimeSignalTests"),
        new("SIGRTMAX", "a function call in C, tested by RealTimeSignalTests"),
    ];

    /// <summary>Waivers on musl, because the Linux column has the values of glibc.</summary>
    public static readonly Waiver[] Musl =
    [
        .. Linux,
        new("NI_MAXHOST", "255 in musl; the larger buffer is harmless"),
        new("O_ACCMODE", "also contains the bit of O_PATH in musl"),
        new("SOMAXCONN", "128 in musl; the kernel reduces both to its own limit"),
        new("AI_CANONIDN", "musl does not support international names"),
        new("AI_IDN", "musl does not support international names"),
        new("NI_IDN", "musl does not support international names"),
        new("NI_NUMERICSCOPE", "exists in musl, but not in glibc"),
        new("O_TTY_INIT", "0 in musl; does not exist in glibc"),
        new("O_FSYNC", "an old name that musl does not have"),
        new("POLLREMOVE", "an old name that musl does not have"),
        new("SIGCLD", "an old name that musl does not have"),
        new("IPPORT_USERRESERVED", "an old name that musl does not have"),
        new("NETDB_INTERNAL", "an old name that musl does not have"),
        new("NETDB_SUCCESS", "an old name that musl does not have"),
        NewInMusl("AF_MCTP"),
        NewInMusl("SOL_MPTCP"),
    ];

    /// <summary>Waivers on both BSDs, for names that no witness has. No source that a test could read has them.</summary>
    static readonly Waiver[] Bsd =
    [
        new("INADDR_UNSPEC_GROUP", "an Internet address, the same on every system"),
        new("INADDR_ALLHOSTS_GROUP", "an Internet address, the same on every system"),
        new("INADDR_ALLRTRS_GROUP", "an Internet address, the same on every system"),
        new("INADDR_MAX_LOCAL_GROUP", "an Internet address, the same on every system"),
        new("INET_ADDRSTRLEN", "POSIX says 16"),
        new("INET6_ADDRSTRLEN", "POSIX says 46"),
        .. All(
            "bits of the IPv4 header, defined by RFC 791 and RFC 1349",
            "IPTOS_LOWDELAY", "IPTOS_MINCOST", "IPTOS_RELIABILITY", "IPTOS_THROUGHPUT", "IPTOS_PREC_CRITIC_ECP", "IPTOS_PREC_FLASH",
            "IPTOS_PREC_FLASHOVERRIDE", "IPTOS_PREC_IMMEDIATE", "IPTOS_PREC_INTERNETCONTROL", "IPTOS_PREC_NETCONTROL",
            "IPTOS_PREC_PRIORITY", "IPTOS_PREC_ROUTINE"),
        .. All(
            "options of the IPv4 header, defined by RFC 791 and RFC 2113",
            "IPOPT_EOL", "IPOPT_LSRR", "IPOPT_MINOFF", "IPOPT_NOP", "IPOPT_OFFSET", "IPOPT_OLEN", "IPOPT_OPTVAL", "IPOPT_RA", "IPOPT_RR",
            "IPOPT_SSRR", "IPOPT_TS"),
        .. All(
            "options of IPv6 headers, defined by RFC 8200, RFC 2675 and RFC 2711",
            "IP6OPT_JUMBO", "IP6OPT_PAD1", "IP6OPT_PADN", "IP6OPT_ROUTER_ALERT"),
        .. All(
            "<netinet/tcp_fsm.h> only, since 4.2BSD",
            "TCPS_CLOSED", "TCPS_LISTEN", "TCPS_SYN_SENT", "TCPS_SYN_RECEIVED", "TCPS_ESTABLISHED", "TCPS_CLOSE_WAIT", "TCPS_FIN_WAIT_1",
            "TCPS_CLOSING", "TCPS_LAST_ACK", "TCPS_FIN_WAIT_2", "TCPS_TIME_WAIT"),
        .. All(
            "<netinet/in.h> only",
            "IPPORT_RESERVED", "IPPORT_USERRESERVED", "group_req", "group_source_req"),
        new("ARPHRD_ETHER", "<net/if_arp.h> only; the number of the ARP protocol"),
        new("ifconf", "<net/if.h> only; NeutralStructTests compares its size with SIOCGIFCONF"),
        .. All(
            "<netdb.h> only",
            "EAI_ADDRFAMILY", "EAI_BADHINTS", "EAI_PROTOCOL", "HOST_NOT_FOUND", "NETDB_INTERNAL", "NETDB_SUCCESS", "NO_ADDRESS", "NO_DATA",
            "NO_RECOVERY", "TRY_AGAIN", "netent"),
        .. All(
            "<sys/signal.h> only",
            "POLL_ERR", "POLL_HUP", "POLL_IN", "POLL_MSG", "POLL_OUT", "POLL_PRI", "SI_QUEUE", "SI_TIMER", "SI_USER"),
        new("UDPCTL_CHECKSUM", "<netinet/udp_var.h> only"),
    ];

    public static readonly Waiver[] MacOS =
    [
        .. Bsd,
        .. All(
            "<netinet/tcp.h> only",
            "TCPCI_FLAG_LOSSRECOVERY", "TCPCI_FLAG_REORDERING_DETECTED", "TCPCI_OPT_ECN", "TCPCI_OPT_SACK", "TCPCI_OPT_TIMESTAMPS",
            "TCPCI_OPT_WSCALE"),
        new("UDP_NOCKSUM", "<netinet/udp.h> only"),
        new("ifreq", "<net/if.h> only; NeutralStructTests compares its size with SIOCGIFADDR"),
        .. All("<pcap/bpf.h> only, because the kernel of macOS lacks these operations", "BPF_MOD", "BPF_XOR"),
        new("POSIX_SPAWN_SETSID", "<spawn.h> only, since macOS 10.15"),
        .. All("SCTP, which macOS does not have", "sctp_assoc_t", "sctp_assoc_value", "sctp_initmsg", "sctp_rtoinfo"),
    ];

    public static readonly Waiver[] FreeBSD =
    [
        .. Bsd,
        .. All(
            "bits of the IPv4 header, defined by RFC 2597 and RFC 3246",
            "IPTOS_DSCP_AF11", "IPTOS_DSCP_AF12", "IPTOS_DSCP_AF13", "IPTOS_DSCP_AF21", "IPTOS_DSCP_AF22", "IPTOS_DSCP_AF23",
            "IPTOS_DSCP_AF31", "IPTOS_DSCP_AF32", "IPTOS_DSCP_AF33", "IPTOS_DSCP_AF41", "IPTOS_DSCP_AF42", "IPTOS_DSCP_AF43",
            "IPTOS_DSCP_EF"),
        .. All(
            "<netinet/tcp.h> only",
            "TCPI_OPT_ECN", "TCPI_OPT_SACK", "TCPI_OPT_TFO", "TCPI_OPT_TIMESTAMPS", "TCPI_OPT_TOE", "TCPI_OPT_WSCALE", "tcp_info"),
        .. All(
            "<netinet/udp.h> only",
            "UDP_ENCAP", "UDP_ENCAP_ESPINUDP", "UDP_ENCAP_ESPINUDP_NON_IKE"),
        .. All(
            "<netinet/sctp.h> only",
            "SCTP_ADAPTION_LAYER", "SCTP_DEFAULT_SEND_PARAM", "SCTP_EVENTS", "SCTP_PEER_ADDR_THLDS"),
        new("sctp_sndrcvinfo", "<netinet/sctp_uio.h> only"),
        .. All("<sys/_pthreadtypes.h> only: pointers", "pthread_mutex_t", "pthread_mutexattr_t"),
        new("EAI_NODATA", "<netdb.h> only"),
        new("NI_MAXSERV", "<netdb.h> only"),
        new("SI_KERNEL", "<sys/signal.h> only"),
        new("SIGRTMIN", "<signal.h> only"),
        new("SIGRTMAX", "<signal.h> only"),
        new("AT_EMPTY_PATH", "new in FreeBSD 13"),
        new("O_DSYNC", "new in FreeBSD 13"),
        new("O_PATH", "new in FreeBSD 13.1"),
        new("POLLRDHUP", "new in FreeBSD 13"),
        .. All(
            "newer names of older clocks",
            "CLOCK_BOOTTIME", "CLOCK_MONOTONIC_COARSE", "CLOCK_REALTIME_COARSE"),
        .. All(
            "new in FreeBSD 14",
            "TFD_CLOEXEC", "TFD_NONBLOCK", "TFD_TIMER_ABSTIME", "TFD_TIMER_CANCEL_ON_SET"),
        new("AF_NETLINK", "new in FreeBSD 13.2"),
        .. All("the same on every system with vsock, which FreeBSD does not have", "VMADDR_CID_ANY", "VMADDR_PORT_ANY"),
    ];

    static Waiver NewInKernel(string name, int major, int minor) =>
        new(name, $"new in Linux {major}.{minor}", $"LINUX_VERSION_CODE >= KERNEL_VERSION({major}, {minor}, 0)");

    /// <summary>
    /// Waives a constant that stable branches of the kernel also received, so the version of the headers does not show whether it exists.
    /// </summary>
    static Waiver NewInHeaders(string name) => new(name, "not in every Linux 6.1", $"defined {name}");

    static Waiver NewInLibrary(string name) => new(name, "in no header of the kernel, but glibc 2.39 has it", $"defined {name}");

    static IEnumerable<Waiver> All(string reason, params string[] names) => names.Select(name => new Waiver(name, reason));

    static Waiver NewInMusl(string name) => new(name, "musl follows some time after the kernel", $"defined {name}");
}
