using Unp.Samples.advio;
using Unp.Samples.bcast;
using Unp.Samples.bsd;
using Unp.Samples.framing;
using Unp.Samples.intro;
using Unp.Samples.ioctl;
using Unp.Samples.nonblock;
using Unp.Samples.p2p;
using Unp.Samples.packets;
using Unp.Samples.route;
using Unp.Samples.server;
using Unp.Samples.sockopt;
using Unp.Samples.tcpcliserv;
using Unp.Samples.test;
using Unp.Samples.threads;
using Unp.Samples.udpcksum;
using Unp.Samples.udpcliserv;
using Unp.Samples.unixdomain;
using Unp.Samples.web;

namespace Unp.Samples;

/// <summary>The list of all programs, in the order of the book.</summary>
static class Catalog
{
    static readonly (string Folder, string Title)[] Chapters =
    [
        ("intro", "Chapter 1: Introduction"),
        ("tcpcliserv", "Chapter 5: TCP Client/Server Example"),
        ("select", "Chapter 6: I/O Multiplexing"),
        ("sockopt", "Chapter 7: Socket Options"),
        ("udpcliserv", "Chapter 8: Elementary UDP Sockets"),
        ("names", "Chapter 11: Name and Address Conversions"),
        ("inetd", "Chapter 13: Daemon Processes and the inetd Superserver"),
        ("advio", "Chapter 14: Advanced I/O Functions"),
        ("unixdomain", "Chapter 15: Unix Domain Protocols"),
        ("nonblock", "Chapter 16: Nonblocking I/O"),
        ("ioctl", "Chapter 17: ioctl Operations"),
        ("route", "Chapter 18: Routing Sockets"),
        ("bcast", "Chapter 20: Broadcasting"),
        ("mcast", "Chapter 21: Multicasting"),
        ("mysdr", "Chapter 21: Session Announcements"),
        ("ssntp", "Chapter 21: Simple Network Time Protocol"),
        ("rtt", "Chapter 22: Advanced UDP Sockets"),
        ("oob", "Chapter 24: Out-of-Band Data"),
        ("sigio", "Chapter 25: Signal-Driven I/O"),
        ("threads", "Chapter 26: Threads"),
        ("ipopts", "Chapter 27: IP Options"),
        ("ping", "Chapter 28: Ping"),
        ("traceroute", "Chapter 28: Traceroute"),
        ("icmpd", "Chapter 28: A Daemon for ICMP Errors"),
        ("udpcksum", "Chapter 29: Datalink Access"),
        ("packets", "Supplement to chapters 28 and 29: Packets"),
        ("server", "Chapter 30: Client/Server Design Alternatives"),
        ("bsd", "Supplement to chapters 15 and 20: Programs of 4.3BSD"),
        ("debug", "Supplement to chapters 4 to 16: Experiments with the Kernel"),
        ("test", "Supplement to chapters 3 to 6: Experiments with the Library"),
        ("sock", "Appendix C: The Test Tool"),
        ("p2p", "Supplement to chapter 6: Two Users Exchange Lines"),
        ("framing", "Supplement to chapter 3: Messages in a Byte Stream"),
        ("web", "Supplement to chapter 30: A Web Server"),
    ];

    public static IReadOnlyList<BookProgram> Programs { get; } =
    [
        new("intro", "daytimetcpcli", "<IPaddress>", "figure 1.5", "daytime client (port 13)", intro.daytimetcpcli.Main),
        new("intro", "daytimetcpcliv6", "<IPaddress>", "figure 1.6", "daytime client for IPv6 (port 13)", daytimetcpcliv6.Main),
        new("intro", "daytimetcpsrv", "", "figure 1.9", "daytime server, one client at a time (port 13)", daytimetcpsrv.Main),
        new("intro", "daytimetcpsrvv6", "", "figure 1.9", "daytime server for IPv6, prints its clients (port 13)", daytimetcpsrvv6.Main),
        new("intro", "daytimetcpcli1", "<IPaddress>", "exercise 1.4",
            "daytime client that counts its reads (port 13)", intro.daytimetcpcli1.Main),
        new("intro", "daytimetcpcli2", "<IPaddress>", "exercise 1.5",
            "daytime client that counts its reads (port 9999)", intro.daytimetcpcli2.Main),
        new("intro", "daytimetcpsrv2", "", "exercise 1.5",
            "daytime server that writes single bytes (port 9999)", intro.daytimetcpsrv2.Main),
        new("intro", "byteorder", "", "figure 3.10", "prints the byte order of this machine", byteorder.Main),
        new("intro", "daytimetcpsrv1", "", "figure 4.11", "daytime server that prints its clients (port 13)", intro.daytimetcpsrv1.Main),
        new("intro", "daytimetcpcli3", "<IPaddress>", "exercise 4.2",
            "daytime client that prints its own address (port 13)", intro.daytimetcpcli3.Main),
        new("intro", "daytimetcpsrv3", "", "exercise 4.4", "daytime server that prints its clients (port 9999)", intro.daytimetcpsrv3.Main),

        new("tcpcliserv", "tcpserv01", "", "figure 5.2", "echo server, one child per client (port 9877)", tcpcliserv.tcpserv01.Main),
        new("tcpcliserv", "tcpcli01", "<IPaddress>", "figure 5.4", "echo client, line by line (port 9877)", tcpcliserv.tcpcli01.Main),
        new("tcpcliserv", "tcpserv02", "", "figure 5.7", "echo server that reaps one child (port 9877)", tcpcliserv.tcpserv02.Main),
        new("tcpcliserv", "tcpserv03", "", "UNP 5.9", "echo server that survives EINTR (port 9877)", tcpserv03.Main),
        new("tcpcliserv", "tcpcli07", "<IPaddress>", "UNP 5.9", "echo client that SIGALRM ends after 50 ms (port 9877)", tcpcli07.Main),
        new("tcpcliserv", "tcpcli04", "<IPaddress>", "figure 5.9",
            "echo client with five connections (port 9877)", tcpcliserv.tcpcli04.Main),
        new("tcpcliserv", "tcpserv04", "", "figure 5.12", "echo server, final version: reaps all (port 9877)", tcpserv04.Main),
        new("tcpcliserv", "tcpcli05", "<IPaddress>", "UNP 2.12", "echo client for the standard service (port 7)", tcpcli05.Main),
        new("tcpcliserv", "tcpcli11", "<IPaddress>", "figure 5.14", "echo client, two writes per line (port 9877)", tcpcli11.Main),
        new("tcpcliserv", "tsigpipe", "<IPaddress>", "UNP 5.13", "writes to a closed connection: SIGPIPE (port 13)", tsigpipe.Main),
        new("tcpcliserv", "tcpserv08", "", "figure 5.17", "sum server, numbers as text (port 9877)", tcpserv08.Main),
        new("tcpcliserv", "tcpcli08", "<IPaddress>", "UNP 5.18", "sum client, numbers as text (port 9877)", tcpcli08.Main),
        new("tcpcliserv", "tcpserv09", "", "figure 5.20", "sum server, numbers as C structures (port 9877)", tcpserv09.Main),
        new("tcpcliserv", "tcpcli09", "<IPaddress>", "figure 5.19", "sum client, numbers as C structures (port 9877)", tcpcli09.Main),
        new("tcpcliserv", "tcpcli06", "<IPaddress>", "UNP 6.8", "sends half a line and waits for 30 s (port 9877)", tcpcli06.Main),
        new("tcpcliserv", "tcpservselect01", "", "figure 6.21", "echo server with select, one process (port 9877)", tcpservselect01.Main),
        new("tcpcliserv", "tcpservselect02", "", "UNP 6.8", "tcpservselect01 that no client can block (port 9877)", tcpservselect02.Main),
        new("tcpcliserv", "tcpservpoll01", "", "figure 6.25", "echo server with poll, one process (port 9877)", tcpservpoll01.Main),
        new("tcpcliserv", "tcpservpoll02", "", "UNP 6.11", "tcpservpoll01 that no client can block (port 9877)", tcpservpoll02.Main),
        new("tcpcliserv", "tcpcli10", "<IPaddress>", "UNP 7.5", "echo client that ends with RST (port 9877)", tcpcli10.Main),
        new("tcpcliserv", "tcpservepoll01", "", "UNP 14.9", "echo server with epoll, one process (port 9877)", tcpservepoll01.Main),
        new("tcpcliserv", "tcpservepoll02", "", "UNP 14.9", "echo server with edge-triggered epoll (port 9877)", tcpservepoll02.Main),
        new("tcpcliserv", "tcpservkqueue01", "", "UNP 14.9", "echo server with kqueue, one process (port 9877)", tcpservkqueue01.Main),
        new("tcpcliserv", "tcpservpoller01", "", "UNP 14.9", "echo server with Poller (port 9877)", tcpservpoller01.Main)
        {
            Own = [tcpservpoller01.Mechanism],
        },
        new("tcpcliserv", "tcpservasync01", "", "UNP 14.9", "echo server with async and await (port 9877)", tcpservasync01.Main)
        {
            Own = [tcpservpoller01.Mechanism],
        },
        new("tcpcliserv", "mptcpserv01", "", "UNP 5.2", "echo server over several paths: MPTCP (port 9877)", mptcpserv01.Main),
        new("tcpcliserv", "mptcpcli01", "<IPaddress>", "UNP 5.4", "echo client over several paths: MPTCP (port 9877)", mptcpcli01.Main),
        new("tcpcliserv", "tcpservpipe01", "", "UNP 5.3", "echo server with System.IO.Pipelines (port 9877)", tcpservpipe01.Main),

        new("select", "tcpcli01", "<IPaddress>", "figure 6.9",
            "echo client with select, loses data in flight (port 7)", select.tcpcli01.Main),
        new("select", "tcpcli02", "<IPaddress>", "figure 6.13", "echo client with select and half-close (port 7)", select.tcpcli02.Main),
        new("select", "tcpcli03", "<IPaddress>", "exercise 6.5",
            "shuts down reading from a chargen server (port 19)", select.tcpcli03.Main),

        new("sockopt", "sockopt", "", "UNP 7.2", "prints the segment size, sets the send buffer", sockopt.sockopt.Main),
        new("sockopt", "checkopts", "", "figure 7.4", "prints the defaults of the socket options", checkopts.Main),
        new("sockopt", "prdefaults", "", "exercise 7.1", "prints the default buffer sizes of TCP and UDP", prdefaults.Main),
        new("sockopt", "rcvbuf", "<IPaddress>", "exercise 7.2", "prints buffer and segment size (port 13)", rcvbuf.Main),
        new("sockopt", "rcvbufset", "<IPaddress>", "exercise 7.2", "rcvbuf with a buffer of 9973 bytes (port 13)", rcvbufset.Main),

        new("udpcliserv", "udpserv01", "", "figure 8.3", "UDP echo server (port 9877)", udpcliserv.udpserv01.Main),
        new("udpcliserv", "udpcli01", "<IPaddress>", "figure 8.7", "UDP echo client (port 9877)", udpcliserv.udpcli01.Main),
        new("udpcliserv", "udpcli02", "<IPaddress>", "figure 8.9", "ignores replies from other hosts (port 7)", udpcliserv.udpcli02.Main),
        new("udpcliserv", "udpcli03", "<IPaddress>", "UNP 8.8", "prints the sender of each reply (port 7)", udpcliserv.udpcli03.Main),
        new("udpcliserv", "udpcli04", "<IPaddress>", "figure 8.17",
            "UDP echo client with a connected socket (port 9877)", udpcliserv.udpcli04.Main),
        new("udpcliserv", "udpcli06", "<IPaddress>", "figure 8.19",
            "sends 2000 datagrams of 1400 bytes (port 9877)", udpcliserv.udpcli06.Main),
        new("udpcliserv", "udpserv06", "", "figure 8.20", "counts datagrams until SIGINT (port 9877)", udpserv06.Main),
        new("udpcliserv", "udpserv07", "", "figure 8.22", "udpserv06 with a buffer of 220 KiB (port 9877)", udpserv07.Main),
        new("udpcliserv", "udpcli08", "<IPaddress>", "UNP 8.13", "sends 2000 datagrams of 65,507 bytes (port 9)", udpcli08.Main),
        new("udpcliserv", "udpcli09", "<IPaddress>", "figure 8.23", "prints the address connect chooses (port 9877)", udpcli09.Main),
        new("udpcliserv", "udpservselect01", "", "figure 8.24", "TCP and UDP echo server with select (port 9877)", udpservselect01.Main),
        new("udpcliserv", "udpcli10", "<hostname> <service>", "exercise 8.8", "sends the largest possible datagram", udpcli10.Main),
        new("udpcliserv", "udpservtftp", "", "UNP 22.7", "TFTP server, a thread and a port per client (port 69)", udpservtftp.Main)
        {
            Own = [udpservtftp.Dir, udpservtftp.Write, udpservtftp.Overwrite, udpservtftp.RetransmissionTimeout, udpservtftp.Transfers],
        },

        new("names", "hostent", "<hostname>...", "figure 11.3", "prints the addresses of hosts", names.hostent.Main),
        new("names", "hostent2", "<hostname>...", "exercise 11.1", "hostent, and the name of each address", names.hostent2.Main),
        new("names", "test1", "<hostname>...", "exercise 11.2", "hostent, and the aliases of each address", names.test1.Main),
        new("names", "daytimetcpcli1", "<host> <service>", "figure 11.4", "daytime client with gethostbyname", names.daytimetcpcli1.Main),
        new("names", "daytimetcpcli2", "<host> <service>", "exercise 11.4",
            "daytime client for names or addresses", names.daytimetcpcli2.Main),
        new("names", "daytimetcpcli3", "<host> <service>", "exercise 11.5",
            "daytime client with gethostbyname2", names.daytimetcpcli3.Main),
        new("names", "prmyaddrs", "", "UNP 11.3", "prints the addresses of this host", names.prmyaddrs.Main),
        new("names", "prmyaddrs1", "", "UNP 11.3", "prmyaddrs, with each call written out", names.prmyaddrs1.Main),
        new("names", "daytimetcpcli", "<host> <service>", "figure 11.11", "daytime client for IPv4 and IPv6", names.daytimetcpcli.Main),
        new("names", "daytimetcpsrv1", "<service>", "figure 11.13", "daytime server for IPv4 or IPv6", names.daytimetcpsrv1.Main),
        new("names", "daytimetcpsrv2", "[<host>] <service>", "figure 11.14",
            "daytime server, the host selects IPv4 or IPv6", names.daytimetcpsrv2.Main),
        new("names", "daytimetcpsrv3", "[<host>] <service>", "UNP 7.5", "daytime server that closes with RST", names.daytimetcpsrv3.Main),
        new("names", "daytimeudpcli1", "<host> <service>", "figure 11.16", "UDP daytime client", names.daytimeudpcli1.Main),
        new("names", "test2", "<host> <service>", "UNP 11.14", "daytimeudpcli1, binds the wildcard", names.test2.Main),
        new("names", "daytimeudpcli2", "<host> <service>", "UNP 11.15", "UDP daytime client, connected", names.daytimeudpcli2.Main),
        new("names", "daytimeudpsrv2", "[<host>] <service>", "figure 11.19", "UDP daytime server", names.daytimeudpsrv2.Main),
        new("names", "daytimeudpsrv3", "[<host>] <service>", "exercise 11.9",
            "daytimeudpsrv2 with SO_REUSEADDR", names.daytimeudpsrv3.Main),
        new("names", "daytimetcpsrv4", "[<host>] <service>", "exercise 11.8", "daytime server with getnameinfo", names.daytimetcpsrv4.Main),
        new("names", "hostent3", "<hostname>...", "UNP 11.19", "prints hosts and the names of their addresses", names.hostent3.Main),
        new("names", "netent", "<network>...", "UNP 11.21", "prints the names of networks", names.netent.Main),

        new("inetd", "daytimetcpsrv2", "[<host>] <service>", "figure 13.5",
            "daytime server, a daemon that logs to syslog", inetd.daytimetcpsrv2.Main),
        new("inetd", "daytimetcpsrv3", "", "figure 13.12", "daytime server started by inetd or systemd", inetd.daytimetcpsrv3.Main),
        new("inetd", "tcpechosrv", "", "UNP 13.6", "echo server started by inetd or systemd", inetd.tcpechosrv.Main),
        new("inetd", "inetd", "[<configuration>]", "UNP 13.5", "the superserver (/etc/inetd.conf)", inetd.inetd.Main)
        {
            Own = [inetd.inetd.Foreground, inetd.inetd.Rate, inetd.inetd.SourceRate, inetd.inetd.PidFile, inetd.inetd.Become],
        },

        new("advio", "tcpcli01", "<IPaddress>", "UNP 14.2", "echo client, limits connect to 10 s (port 7)", advio.tcpcli01.Main),
        new("advio", "udpcli03", "<IPaddress>", "figure 14.2", "UDP echo client, 5 s limit by SIGALRM (port 7)", advio.udpcli03.Main),
        new("advio", "udpcli01", "<IPaddress>", "figure 14.4", "UDP echo client, 5 s limit by select (port 7)", advio.udpcli01.Main),
        new("advio", "udpcli02", "<IPaddress>", "figure 14.5", "UDP echo client, 5 s limit by SO_RCVTIMEO (port 7)", advio.udpcli02.Main),
        new("advio", "daytimetcpcli", "<host> <service>", "UNP 14.7",
            "daytime client with MSG_PEEK and FIONREAD", advio.daytimetcpcli.Main),
        new("advio", "daytimeudpcli3", "<host> <service>", "UNP 14.7",
            "UDP daytime client with MSG_PEEK and FIONREAD", advio.daytimeudpcli3.Main),
        new("advio", "daytimeudpcli4", "<host> <service>", "UNP 14.7", "daytimeudpcli3 with a connected socket", advio.daytimeudpcli4.Main),
        new("advio", "tcpserv02", "", "figure 14.14", "echo server with standard I/O's buffer (port 9877)", advio.tcpserv02.Main),
        new("advio", "tcpcli02", "<IPaddress>", "UNP 14.8", "echo client with select and read-ahead (port 9877)", advio.tcpcli02.Main),
        new("advio", "tcpcli03", "<IPaddress>", "UNP 14.9", "echo client with epoll and half-close (port 9877)", advio.tcpcli03.Main),
        new("advio", "tcpcli04", "<IPaddress>", "UNP 14.9", "echo client with kqueue and half-close (port 9877)", advio.tcpcli04.Main),
        new("advio", "udpserv01", "", "figure 22.4", "UDP echo server, prints the destination (port 9877)", advio.udpserv01.Main),
        new("advio", "udpserv03", "", "UNP 22.6", "UDP echo server, one socket per address (port 9877)", udpserv03.Main),
        new("advio", "udpserv04", "[<host>] <service>", "UNP 22.6", "udpserv03 for IPv4 or IPv6", udpserv04.Main),
        new("advio", "udpserv05", "", "UNP 22.8", "echo server, prints hop limit and class (port 9877)", udpserv05.Main),
        new("advio", "udpcli05", "<IPaddress>", "UNP 22.8",
            "sets hop limit and class per datagram (port 9877)", advio.udpcli05.Main)
        {
            Own =
            [
                advio.udpcli05.Source, advio.udpcli05.Interface, advio.udpcli05.Hops, advio.udpcli05.Class, advio.udpcli05.DontFragment,
            ],
        },
        new("advio", "udpblast", "", "UNP 14.5", "measures UDP with sendmmsg, recvmmsg, GSO and GRO", udpblast.Main)
        {
            Own = [udpblast.Size, udpblast.Count, udpblast.Seconds, udpblast.Batch],
        },

        new("unixdomain", "unixbind", "<pathname>", "figure 15.2", "binds a socket to a path and prints its address", unixbind.Main),
        new("unixdomain", "unixstrserv01", "", "figure 15.3",
            "stream echo server (/tmp/unix.str)", unixstrserv01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "unixstrcli01", "", "figure 15.4",
            "stream echo client (/tmp/unix.str)", unixstrcli01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "unixdgserv01", "", "figure 15.5",
            "datagram echo server (/tmp/unix.dg)", unixdgserv01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "unixdgcli01", "", "figure 15.6",
            "datagram echo client (/tmp/unix.dg)", unixdgcli01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "mycat", "<pathname>", "figure 15.9", "prints a file that another process opened", mycat.Main),
        new("unixdomain", "openfile", "<sockfd> <file> <mode>", "figure 15.12", "opens a file for mycat", openfile.Main),
        new("unixdomain", "fdserver", "[<#workers>]", "UNP 15.7", "passes TCP connections to processes (port 9877)", fdserver.Main),
        new("unixdomain", "fdworker", "<sockfd>", "UNP 15.7", "echo server for the connections of fdserver", fdworker.Main),
        new("unixdomain", "unixstrserv02", "", "figure 15.15", "echo server that prints the sender (/tmp/unix.str)", unixstrserv02.Main)
        {
            Own = [UnixPath.Chosen],
        },
        new("unixdomain", "tfcred01", "", "UNP 15.8", "sends to itself and prints its credentials", tfcred01.Main),
        new("unixdomain", "peercred", "", "UNP 15.8",
            "daytime server for its own user (/tmp/unix.str)", peercred.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "daytimetcpcli", "<host> <service>", "exercise 15.3",
            "daytime client that sleeps before it reads", unixdomain.daytimetcpcli.Main),
        new("unixdomain", "daytimetcpsrv2", "[<host>] <service>", "exercise 15.3",
            "daytime server that sends single bytes", unixdomain.daytimetcpsrv2.Main),

        new("nonblock", "tcpcli02", "<IPaddress>", "figure 16.3",
            "echo client, nonblocking I/O with select (port 7)", nonblock.tcpcli02.Main) { Own = [nonblock.tcpcli02.Trace] },
        new("nonblock", "tcpcli01", "<IPaddress>", "figure 16.10", "echo client with two processes (port 7)", nonblock.tcpcli01.Main),
        new("nonblock", "daytimetcpcli", "<IPaddress>", "UNP 16.4",
            "daytime client with nonblocking connect (port 13)", nonblock.daytimetcpcli.Main),
        new("nonblock", "web", "<#conns> <host> <page> <file>...", "UNP 16.5",
            "fetches files of a web server in parallel (port 80)", nonblock.web.Main),
        new("nonblock", "tcpcli03", "<IPaddress>", "figure 16.21", "connects and closes with RST (port 9877)", nonblock.tcpcli03.Main),
        new("nonblock", "tcpservselect03", "", "UNP 16.6", "echo server that accepts after 5 s (port 9877)", tcpservselect03.Main),
        new("nonblock", "tcpcli04", "<IPaddress>", "UNP 16.6", "echo client that ends with RST (port 9877)", nonblock.tcpcli04.Main),

        new("ioctl", "lsif01", "", "UNP 17.5", "lists interfaces and IPv4 addresses from SIOCGIFCONF", lsif01.Main),
        new("ioctl", "lsif02", "", "UNP 17.5", "lsif01 with IPv6 and link-layer addresses", lsif02.Main),
        new("ioctl", "prifinfo", "<inet4|inet6> <doaliases>", "figure 17.6", "prints the interfaces that are up", ioctl.prifinfo.Main),
        new("ioctl", "ifconfig", "[<interface>] [<setting>...]", "UNP 17.7",
            "shows and configures interfaces", ifconfig.Main) { ReadsOptions = true },
        new("ioctl", "arp", "[-s | -d] [<IPaddress>...]", "UNP 17.8",
            "shows and changes the ARP cache", arp.Main) { ReadsOptions = true },
        new("ioctl", "prmac", "", "UNP 17.8", "prints hardware addresses by SIOCGARP", prmac.Main),

        new("route", "getrt", "<IPaddress>", "figure 18.6", "prints the route to an address", getrt.Main),
        new("route", "checkudpsum", "", "UNP 18.4", "prints whether UDP sends checksums", checkudpsum.Main),
        new("route", "mynetstat", "<inet4|inet6|all>", "UNP 18.5", "prints the routing table and the interfaces", mynetstat.Main),
        new("route", "prifinfo", "<inet4|inet6> <doaliases>", "figure 18.16",
            "prints interfaces that are up, by sysctl or netlink", route.prifinfo.Main),
        new("route", "prifindex", "<interface-name>", "UNP 18.6", "prints the index of an interface", prifindex.Main),
        new("route", "prifname", "<interface-index>", "UNP 18.6", "prints the name of an interface", prifname.Main),
        new("route", "prifnameindex", "", "UNP 18.6", "prints all names and indexes of interfaces", prifnameindex.Main),
        new("route", "ss", "[-tuwx] [-a | -l] [-46] [-n] [-e] [-i]", "UNP 1.9",
            "lists sockets with states and queues, by netlink", ss.Main) { ReadsOptions = true },
        new("route", "route", "[add | del | get] [<target>...]", "UNP 17.9",
            "shows and changes the routing table", route.route.Main) { ReadsOptions = true },
        new("route", "monitor", "[-4 | -6] [all] [<topic>...]", "UNP 18.2",
            "prints changes of links, addresses and routes", monitor.Main) { ReadsOptions = true },

        new("bcast", "udpcli01", "<IPaddress>", "figure 20.5", "prints replies to a broadcast, with a race (port 13)", bcast.udpcli01.Main)
        {
            Own = BroadcastOptions.All,
        },
        new("bcast", "udpcli02", "<IPaddress>", "UNP 20.5", "shows the race of udpcli01: hangs (port 13)", bcast.udpcli02.Main)
        {
            Own = BroadcastOptions.All,
        },
        new("bcast", "udpcli03", "<IPaddress>", "figure 20.6", "blocks SIGALRM, still with a race (port 13)", bcast.udpcli03.Main)
        {
            Own = BroadcastOptions.All,
        },
        new("bcast", "udpcli04", "<IPaddress>", "figure 20.7", "waits with pselect: no race (port 13)", bcast.udpcli04.Main)
        {
            Own = BroadcastOptions.All,
        },
        new("bcast", "udpcli05", "<IPaddress>", "figure 20.9", "jumps out of recvfrom, loses a reply (port 13)", bcast.udpcli05.Main)
        {
            Own = BroadcastOptions.All,
        },
        new("bcast", "udpcli06", "<IPaddress>", "figure 20.10", "the handler writes to a pipe: no race (port 13)", bcast.udpcli06.Main)
        {
            Own = BroadcastOptions.All,
        },

        new("mcast", "udpserv01", "", "UNP 21.8", "echo server in the group of all hosts (port 9877)", mcast.udpserv01.Main),
        new("mcast", "udpcli01", "<IPaddress>", "UNP 21.8",
            "sends to a group, prints replies for 5 s (port 9877)", mcast.udpcli01.Main),
        new("mcast", "udpcli05", "<IPaddress>", "UNP 21.8", "udpcli01 with a limit for each wait (port 13)", mcast.udpcli05.Main),
        new("mcast", "udpcli06", "<IPaddress>", "UNP 21.8", "udpcli05 bound to the group (port 13)", mcast.udpcli06.Main),
        new("mcast", "sendrecv", "<IP-multicast-address> <port#>", "UNP 21.10",
            "sends its name to a group, prints others", mcast.sendrecv.Main)
        {
            Own = [mcast.sendrecv.Interval],
        },
        new("mcast", "ssm", "<source> <group> <port#> [<ifname>]", "UNP 21.5",
            "prints what one source sends to a group", mcast.ssm.Main),

        new("mysdr", "mysdr", "[<group> <port#> <ifname>]", "UNP 21.9",
            "prints announcements of sessions (port 9875)", mysdr.mysdr.Main),

        new("ssntp", "ssntp", "<IPaddress>", "UNP 21.11",
            "prints the clock difference to NTP servers (port 123)", ssntp.ssntp.Main),

        new("rtt", "udpcli01", "<IPaddress>", "UNP 22.5", "reliable UDP echo client (port 7)", rtt.udpcli01.Main),

        new("oob", "tcpsend01", "<host> <port#>", "figure 24.3", "alternates normal and out-of-band data", oob.tcpsend01.Main),
        new("oob", "tcprecv01", "[<host>] <port#>", "figure 24.4", "receives out-of-band data on SIGURG", oob.tcprecv01.Main),
        new("oob", "tcpsend02", "<host> <port#>", "UNP 24.2", "the same as tcpsend01", oob.tcpsend02.Main),
        new("oob", "tcprecv02", "[<host>] <port#>", "figure 24.5", "receives it with select, the wrong way", oob.tcprecv02.Main),
        new("oob", "tcpsend03", "<host> <port#>", "UNP 24.2", "the same as tcpsend01", oob.tcpsend03.Main),
        new("oob", "tcprecv03", "[<host>] <port#>", "figure 24.6", "receives it with select, the right way", oob.tcprecv03.Main),
        new("oob", "tcprecv03p", "[<host>] <port#>", "exercise 24.2", "receives it with poll and POLLRDBAND", oob.tcprecv03p.Main),
        new("oob", "tcpsend04", "<host> <port#>", "figure 24.8", "sends one out-of-band byte between normal data", oob.tcpsend04.Main),
        new("oob", "tcprecv04", "[<host>] <port#>", "figure 24.9", "finds the mark with sockatmark", oob.tcprecv04.Main),
        new("oob", "tcpsend05", "<host> <port#>", "figure 24.10", "sends out-of-band data to a full receiver", oob.tcpsend05.Main),
        new("oob", "tcprecv05", "[<host>] <port#>", "figure 24.11", "gets SIGURG before the urgent byte arrives", oob.tcprecv05.Main),
        new("oob", "tcpsend06", "<host> <port#>", "figure 24.12", "sends two out-of-band bytes", oob.tcpsend06.Main),
        new("oob", "tcprecv06", "[<host>] <port#>", "UNP 24.3", "finds the mark of the second byte", oob.tcprecv06.Main),
        new("oob", "tcpserv02", "", "UNP 24.5", "echo server with a heartbeat (port 9877)", oob.tcpserv02.Main),
        new("oob", "tcpcli02", "<IPaddress>", "UNP 24.5", "echo client with a heartbeat (port 9877)", oob.tcpcli02.Main),

        new("sigio", "udpserv01", "", "UNP 25.3", "UDP echo server with SIGIO (port 9877)", sigio.udpserv01.Main),
        new("sigio", "udpcli01", "<IPaddress>", "UNP 25.3", "UDP echo client (port 9877)", sigio.udpcli01.Main),

        new("threads", "tcpcli01", "<host> <service>", "figure 26.2", "echo client with two threads", threads.tcpcli01.Main),
        new("threads", "tcpserv01", "[<host>] <service>", "figure 26.3", "echo server, one thread per client", threads.tcpserv01.Main),
        new("threads", "tcpserv02", "[<host>] <service>", "figure 26.4", "tcpserv01, one variable per thread", threads.tcpserv02.Main),
        new("threads", "tcpserv02g", "[<host>] <service>", "UNP 26.5", "the same program as tcpserv02", tcpserv02g.Main),
        new("threads", "test04b", "<file> <#threads>", "UNP 26.5", "many threads call the library's readline", test04b.Main)
        {
            Own = [LineThreads.Times],
        },
        new("threads", "test04g", "<file> <#threads>", "UNP 26.5", "test04b with thread-specific data", test04g.Main)
        {
            Own = [LineThreads.Times],
        },
        new("threads", "web01", "<#conns> <host> <page> <file>...", "figure 26.14", "fetches files with threads (port 80)", web01.Main),
        new("threads", "example01", "", "figure 26.17", "two threads count without a lock", example01.Main),
        new("threads", "example02", "", "figure 26.18", "example01 with a mutex", example02.Main),
        new("threads", "web02", "<#conns> <host> <page> <file>...", "UNP 26.7", "web01 that polls for ended threads (port 80)", web02.Main),
        new("threads", "web03", "<#conns> <host> <page> <file>...", "UNP 26.8", "web01 with a condition variable (port 80)", web03.Main),
        new("threads", "example03", "", "UNP 26.8", "a producer and a consumer", example03.Main),
        new("threads", "test03", "", "UNP 26.8", "waits for a condition with a time limit", test03.Main),
        new("threads", "tcpcli02", "<host> <service>", "exercise 26.3",
            "tcpcli01 that reports an early end of the server", threads.tcpcli02.Main),

        new("ipopts", "tcpserv01", "", "UNP 27.3",
            "echo server that prints source routes (port 9877)", ipopts.tcpserv01.Main),
        new("ipopts", "tcpcli01", "[-g|-G <host>...] <host>", "UNP 27.3",
            "echo client with a source route (port 9877)", ipopts.tcpcli01.Main)
        {
            Own = [ipopts.tcpcli01.Loose, ipopts.tcpcli01.Strict],
        },
        new("ipopts", "udpserv01", "", "UNP 27.6",
            "IPv6 echo server that reverses routes (port 9877)", ipopts.udpserv01.Main),
        new("ipopts", "udpcli01", "[<host>...] <host>", "UNP 27.6",
            "IPv6 echo client with a routing header (port 9877)", ipopts.udpcli01.Main)
        {
            Own = [ipopts.udpcli01.Type],
        },

        new("ping", "ping", "<hostname>", "figure 28.3", "sends ICMP echo requests and prints the replies", ping.ping.Main)
        {
            Own = ping.ping.Own,
        },
        new("traceroute", "traceroute", "<hostname>", "figure 28.18",
            "prints the routers on the path to a host", traceroute.traceroute.Main)
        {
            Own = traceroute.traceroute.Own,
        },

        new("icmpd", "icmpd", "", "UNP 28.7", "hands ICMP errors to UDP clients (/tmp/icmpd)", icmpd.icmpd.Main)
        {
            Own = [UnixPath.Chosen],
        },
        new("icmpd", "udpcli01", "<hostname> <service>", "figure 28.27", "UDP client that icmpd notifies of errors", icmpd.udpcli01.Main)
        {
            Own = [UnixPath.Chosen],
        },

        new("udpcksum", "udpcksum", "<host> <service>", "UNP 29.7",
            "prints whether a name server sends UDP checksums", udpcksum.udpcksum.Main)
        {
            Own = UdpChecksumTest.Own,
        },
        new("udpcksum", "udpcksum-libnet", "<host> <service>", "UNP 29.7", "udpcksum with a packet builder", udpcksum_libnet.Main)
        {
            Own = UdpChecksumTest.Own,
        },
        new("packets", "syn", "<host> <service>", "UNP 29.7", "sends a hand-made SYN and prints the answer", syn.Main) { Own = syn.Own },
        new("packets", "dump", "[<options>] [<expression>]", "UNP C.5", "captures packets and prints them as tcpdump", dump.Main)
        {
            ReadsOptions = true,
        },

        new("server", "client", Load.Synopsis, "figure 30.3", "requests bytes over many connections at once", client.Main),
        new("server", "clientrst", Load.Synopsis, "UNP 30.2", "client that resets some connections", clientrst.Main),
        new("server", "serv00", Listening.Usage, "UNP 30.4", "iterative server", serv00.Main),
        new("server", "serv01", Listening.Usage, "figure 30.4", "one process per client", serv01.Main),
        new("server", "serv02", Listening.ChildrenUsage, "figure 30.9", "preforked, all children block in accept", serv02.Main),
        new("server", "serv02l", Listening.ChildrenUsage, "UNP 30.6", "preforked, all children block in select", serv02l.Main),
        new("server", "serv02m", Listening.ChildrenUsage, "figure 30.14", "serv02 that counts each child's clients", serv02m.Main),
        new("server", "serv03", Listening.ChildrenUsage, "figure 30.15", "preforked, a file lock around accept", serv03.Main),
        new("server", "serv03m", Listening.ChildrenUsage, "UNP 30.7", "serv03 that counts each child's clients", serv03m.Main),
        new("server", "serv04", Listening.ChildrenUsage, "figure 30.19", "preforked, a mutex around accept", serv04.Main),
        new("server", "serv05", Listening.ChildrenUsage, "figure 30.20", "preforked, the parent passes descriptors", serv05.Main),
        new("server", "serv06", Listening.Usage, "figure 30.26", "one thread per client", serv06.Main),
        new("server", "serv06c", Listening.Usage, "UNP 30.10", "serv06 that keeps its threads", serv06c.Main),
        new("server", "serv07", Listening.ThreadsUsage, "figure 30.27", "prethreaded, a lock around accept", serv07.Main),
        new("server", "serv08", Listening.ThreadsUsage, "figure 30.30", "prethreaded, the main thread accepts", serv08.Main),
        new("server", "serv09", Listening.ThreadsUsage, "UNP 30.11", "prethreaded, all threads block in accept", serv09.Main),
        new("server", "serv10", Listening.ChildrenUsage, "UNP 30.6", "preforked, one listening socket each (SO_REUSEPORT)", serv10.Main),
        new("server", "serv11", Listening.LoopsUsage, "UNP 30.11", "one event loop per processor", serv11.Main),
        new("server", "serv12", Listening.LoopsUsage, "UNP 30.11", "serv11 with async and await", serv12.Main),
        new("server", "serv13", Listening.ChildrenUsage, "UNP 30.6", "preforked, replaces dead children", serv13.Main)
        {
            Own = [serv13.How],
        },

        new("bsd", "ptysh", "", "UNP 15.8",
            "remote shell on a pseudo-terminal, for its own user", ptysh.Main) { Own = [ptysh.Listening, ptysh.Where] },
        new("bsd", "rwhod", "<directory> [<IPaddress>...]", "UNP 20.4", "broadcasts the status of this host (port 513)", rwhod.Main)
        {
            Own = [rwhod.Name, rwhod.Interval],
        },
        new("bsd", "ruptime", "<directory>", "UNP 20.4",
            "prints the status of the hosts that rwhod knows", ruptime.Main) { Own = [ruptime.All] },

        new("debug", "backlog", "", "UNP 4.5",
            "counts connections for each backlog (port 9999)", debug.backlog.Main) { Own = [debug.backlog.Patience] },
        new("debug", "test02", "<host> <service>", "UNP 6.3", "prints how select reports urgent data", debug.test02.Main),
        new("debug", "test04", "<IPaddress>", "UNP 16.4", "interrupts connect, then waits in select (port 13)", debug.test04.Main),

        new("test", "treadline1", "", "figure 3.17", "counts lines, one read per byte", treadline1.Main),
        new("test", "treadline2", "", "figure 3.18", "counts lines with Readline", treadline2.Main),
        new("test", "treadline3", "", "UNP 3.9", "counts lines with a LineReader", treadline3.Main),
        new("test", "tisfdtype", "", "UNP 3.10", "prints which descriptors are sockets", tisfdtype.Main),
        new("test", "accept_eintr", "", "UNP 5.9", "shows whether SIGINT interrupts accept (port 9877)", accept_eintr.Main),
        new("test", "tshutdown", "<host> <service>", "UNP 6.6", "sends its input, then prints the reply", tshutdown.Main),

        new("sock", "sock", "[<options>] <host> <port>", "UNP C.3",
            "test client and server, source and sink", Unp.Samples.sock.sock.Main) { ReadsOptions = true },

        new("p2p", "peerserv", "", "UNP 6.4", "accepts a peer and exchanges lines (port 9877)", peerserv.Main),
        new("p2p", "peercli", "<IPaddress>", "UNP 6.4", "connects to a peer and exchanges lines (port 9877)", peercli.Main),

        new("framing", "frameserv", "", "UNP 3.9", "echo server for frames (port 9877)", frameserv.Main)
        {
            Own = [FrameOptions.Kind, FrameOptions.Limit],
        },
        new("framing", "framecli", "<IPaddress>", "UNP 3.9", "echo client, one frame per line (port 9877)", framecli.Main)
        {
            Own = [FrameOptions.Kind, FrameOptions.Limit],
        },

        new("web", "wwwd", "", "UNP 30.2", "web server for a directory", wwwd.Main)
        {
            Own = [wwwd.Directory, wwwd.Host, wwwd.Port, wwwd.Workers, wwwd.ClientTimeout],
        },
    ];

    /// <summary>Returns the programs whose path (<c>folder/name</c>) or name is given.</summary>
    public static IEnumerable<BookProgram> Named(string name) => Programs.Where(program => program.Path == name || program.Name == name);

    public static void Print(TextWriter output)
    {
        int synopsis = Programs.Max(program => program.Synopsis.Length);
        int place = Programs.Max(program => program.Place.Length);
        foreach (var (folder, title) in Chapters)
        {
            output.WriteLine(title);
            foreach (BookProgram program in Programs.Where(program => program.Folder == folder))
                output.WriteLine($"  {program.Synopsis.PadRight(synopsis)}  {program.Place.PadRight(place)}  {program.Purpose}");
            output.WriteLine();
        }
        output.WriteLine("""
            Start here: 'unp tcpserv04' in one terminal and 'unp tcpcliserv/tcpcli01 127.0.0.1' in another, or 'unp demo'.
            The name alone is enough where only one chapter has it. 'unp <program> --help' shows the options of a program.
            """);
    }
}
