namespace Unp.Net.AbiTests;

/// <summary>
/// A probe that checks constants and structs of Linux with a C compiler: <c>_Static_assert</c>s over the headers of its C library.
/// </summary>
sealed class CProbe(string compiler, params string[] options)
{
    /// <summary>
    /// Names that only the kernel's headers declare, or declare differently. They are asserted in a separate source, because the headers of
    /// the kernel and of the C library conflict.
    /// </summary>
    static readonly HashSet<string> OfKernel =
    [
        "ICMP_FILTER",
        "IFF_DORMANT",
        "IFF_ECHO",
        "IFF_LOWER_UP",
        "IP_LOCAL_PORT_RANGE",
        "IP_PROTOCOL",
        "IPV6_FLOWINFO",
        "IPV6_FLOWINFO_SEND",
        "IPV6_FLOWLABEL_MGR",
        "IPV6_PREFER_SRC_CGA",
        "IPV6_PREFER_SRC_COA",
        "IPV6_PREFER_SRC_HOME",
        "IPV6_PREFER_SRC_NONCGA",
        "IPV6_PREFER_SRC_PUBLIC",
        "IPV6_PREFER_SRC_PUBTMP_DEFAULT",
        "IPV6_PREFER_SRC_TMP",
        "IPV6_RECVERR_RFC4884",
        "IPV6_SRCRT_TYPE_4",
        "PIDFD_NONBLOCK",
        "RESOLVE_BENEATH",
        "RESOLVE_CACHED",
        "RESOLVE_IN_ROOT",
        "RESOLVE_NO_MAGICLINKS",
        "RESOLVE_NO_SYMLINKS",
        "RESOLVE_NO_XDEV",
        "TCPI_OPT_ECN_SEEN",
        "TCPI_OPT_SYN_DATA",
        "TCP_MD5SIG_FLAG_IFINDEX",
        "TCP_NO_QUEUE",
        "TCP_RECV_QUEUE",
        "TCP_SEND_QUEUE",
        "UDP_ENCAP_RXRPC",
        "UNIX_PATH_MAX",
        "open_how",
        "tcp_info",
    ];

    static readonly string[] KernelHead =
    [
        "#include <stddef.h>",
        "#include <linux/version.h>",
        "#include <linux/icmp.h>",
        "#include <linux/if.h>",
        "#include <linux/pidfd.h>",
        "#include <linux/openat2.h>",
        "#include <linux/in.h>",
        "#include <linux/in6.h>",
        "#include <linux/ipv6.h>",
        "#include <linux/tcp.h>",
        "#include <linux/udp.h>",
        "#include <linux/un.h>",
    ];

    static readonly string[] LibraryHead =
    [
        "#include <asm/socket.h>", // before musl's <sys/socket.h>, which has fewer options
        "#include <stddef.h>",
        "#include <time.h>",
        "#include <sys/types.h>",
        "#include <sys/time.h>",
        "#include <sys/socket.h>",
        "#include <sys/uio.h>",
        "#include <limits.h>",
        "#include <sys/un.h>",
        "#include <sys/stat.h>",
        "#include <sys/ioctl.h>",
        "#include <termios.h>",
        "#include <netinet/in.h>",
        "#include <netinet/ip.h>",
        "#include <netinet/ip6.h>",
        "#include <netinet/icmp6.h>",
        "#include <netinet/tcp.h>",
        "#include <netinet/udp.h>",
        "#include <arpa/inet.h>",
        "#include <netdb.h>",
        "#include <net/if.h>",
        "#include <net/if_arp.h>",
        "#include <net/route.h>",
        "#include <ifaddrs.h>",
        "#include <sys/epoll.h>",
        "#include <sys/eventfd.h>",
        "#include <sys/select.h>",
        "#include <sys/signalfd.h>",
        "#include <sys/timerfd.h>",
        "#include <fcntl.h>",
        "#include <poll.h>",
        "#include <pthread.h>",
        "#include <signal.h>",
        "#include <spawn.h>",
        "#include <sys/file.h>",
        "#include <syslog.h>",
        "#include <pwd.h>",
        "#include <grp.h>",
        "#include <sys/mman.h>",
        "#include <sys/resource.h>",
        "#include <sys/wait.h>",
        "#include <unistd.h>",
        "#include <errno.h>",
        "#include <linux/errqueue.h>",
        "#include <linux/fib_rules.h>",
        "#include <linux/filter.h>",
        "#include <linux/net_tstamp.h>",
        "#include <linux/if_ether.h>",
        "#include <linux/if_packet.h>",
        "#include <linux/netlink.h>",
        "#include <linux/rtnetlink.h>",
        "#include <linux/genetlink.h>",
        "#include <linux/inet_diag.h>",
        "#include <linux/mptcp.h>",
        "#include <linux/sock_diag.h>",
        "#include <linux/unix_diag.h>",
        "#include <linux/sctp.h>",
        "#include <linux/sockios.h>",
        "#include <linux/vm_sockets.h>",
        "#include <linux/version.h>",
    ];

    public string Compiler => compiler;

    /// <summary>Returns the objections of the compiler.</summary>
    /// <param name="table">The table to assert.</param>
    /// <param name="waivers">Constants that are asserted only if their condition holds.</param>
    public IReadOnlyList<Objection> Check(AbiTable table, IReadOnlyCollection<Waiver> waivers) =>
        InBothSources(source =>
        {
            foreach (var value in table.Values)
            {
                if (waivers.FirstOrDefault(w => w.Name == value.Name) is not { } waiver)
                    source(value.Name).Assert(value);
                else if (waiver.ProvenIf is { } condition)
                    source(value.Name).AssertIf(condition, value);
            }
            foreach (var layout in table.Layouts)
                source(layout.Name).Assert(layout);
        });

    /// <summary>Returns the objections of the compiler to the waived constants. A waiver without an objection is unnecessary.</summary>
    public IReadOnlyList<Objection> CheckWaived(AbiTable table, IReadOnlyCollection<Waiver> waivers) =>
        InBothSources(source =>
        {
            foreach (var waiver in waivers)
            {
                var value = table.Values.Single(v => v.Name == waiver.Name);
                if (waiver.ProvenIf is { } condition)
                    source(value.Name).AssertIf($"!({condition})", value, otherwise: "#error proven, not waived");
                else
                    source(value.Name).Assert(value);
            }
        });

    /// <summary>Creates and compiles both sources.</summary>
    /// <param name="assertAll">Adds the assertions. Its argument returns the source for a name.</param>
    IReadOnlyList<Objection> InBothSources(Action<Func<string, CSource>> assertAll)
    {
        CSource library = new(LibraryHead), kernel = new(KernelHead);
        assertAll(name => OfKernel.Contains(name) ? kernel : library);
        return [.. library.Compile(compiler, options), .. kernel.Compile(compiler, options)];
    }
}
