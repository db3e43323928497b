using Unp.Samples.advio;
using Unp.Samples.bsd;
using Unp.Samples.framing;
using Unp.Samples.intro;
using Unp.Samples.nonblock;
using Unp.Samples.p2p;
using Unp.Samples.server;
using Unp.Samples.sockopt;
using Unp.Samples.tcpcliserv;
using Unp.Samples.test;
using Unp.Samples.threads;
using Unp.Samples.udpcliserv;
using Unp.Samples.unixdomain;
using Unp.Samples.web;

namespace Unp.Samples;

/// <summary>All programs, in the book's order.</summary>
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
        ("oob", "Chapter 24: Out-of-Band Data"),
        ("sigio", "Chapter 25: Signal-Driven I/O"),
        ("threads", "Chapter 26: Threads"),
        ("server", "Chapter 30: Client/Server Design Alternatives"),
        ("bsd", "Beside chapters 15 and 20: Programs of 4.3BSD's Tutorial"),
        ("debug", "Beside chapters 4 to 16: What the System Does"),
        ("test", "Beside chapters 3 to 6: What the Library Does"),
        ("sock", "Appendix C: The Test Tool"),
        ("p2p", "Beside chapter 6: Both Sides Type at Any Time"),
        ("framing", "Beside chapter 3: Messages in a Stream of Bytes"),
        ("web", "Beside chapter 30: A Web Server"),
    ];

    public static IReadOnlyList<BookProgram> Programs { get; } =
    [
        new("intro", "daytimetcpcli", "<IPaddress>", "figure 1.5", "daytime client (port 13)", intro.daytimetcpcli.Main),
        new("intro", "daytimetcpcliv6", "<IPaddress>", "figure 1.6", "daytime client for IPv6 (port 13)", daytimetcpcliv6.Main),
        new("intro", "daytimetcpsrv", "", "figure 1.9", "daytime server, one client at a time (port 13)", daytimetcpsrv.Main),
        new("intro", "daytimetcpsrvv6", "", "figure 1.9", "daytime server for IPv6, prints who connects (port 13)", daytimetcpsrvv6.Main),
        new("intro", "daytimetcpcli1", "<IPaddress>", "exercise 1.4", "daytime client that counts its reads (port 13)", intro.daytimetcpcli1.Main),
        new("intro", "daytimetcpcli2", "<IPaddress>", "exercise 1.5", "daytime client that counts its reads (port 9999)", intro.daytimetcpcli2.Main),
        new("intro", "daytimetcpsrv2", "", "exercise 1.5", "daytime server that writes a byte at a time (port 9999)", intro.daytimetcpsrv2.Main),
        new("intro", "byteorder", "", "figure 3.10", "prints the byte order of this machine", byteorder.Main),
        new("intro", "daytimetcpsrv1", "", "figure 4.11", "daytime server that prints who connects (port 13)", intro.daytimetcpsrv1.Main),
        new("intro", "daytimetcpcli3", "<IPaddress>", "exercise 4.2", "daytime client that prints its own address (port 13)", intro.daytimetcpcli3.Main),
        new("intro", "daytimetcpsrv3", "", "exercise 4.4", "daytime server that prints who connects (port 9999)", intro.daytimetcpsrv3.Main),

        new("tcpcliserv", "tcpserv01", "", "figure 5.2", "echo server, a child for each client (port 9877)", tcpcliserv.tcpserv01.Main),
        new("tcpcliserv", "tcpcli01", "<IPaddress>", "figure 5.4", "echo client, line by line (port 9877)", tcpcliserv.tcpcli01.Main),
        new("tcpcliserv", "tcpserv02", "", "figure 5.7", "echo server that waits for a child (port 9877)", tcpcliserv.tcpserv02.Main),
        new("tcpcliserv", "tcpserv03", "", "section 5.9", "echo server that survives EINTR (port 9877)", tcpserv03.Main),
        new("tcpcliserv", "tcpcli07", "<IPaddress>", "section 5.9", "echo client that SIGALRM ends after 50 ms (port 9877)", tcpcli07.Main),
        new("tcpcliserv", "tcpcli04", "<IPaddress>", "figure 5.9", "echo client with five connections (port 9877)", tcpcliserv.tcpcli04.Main),
        new("tcpcliserv", "tcpserv04", "", "figure 5.12", "echo server, final version: waits for all (port 9877)", tcpserv04.Main),
        new("tcpcliserv", "tcpcli05", "<IPaddress>", "section 2.12", "echo client for the standard service (port 7)", tcpcli05.Main),
        new("tcpcliserv", "tcpcli11", "<IPaddress>", "figure 5.14", "echo client that writes each line twice (port 9877)", tcpcli11.Main),
        new("tcpcliserv", "tsigpipe", "<IPaddress>", "section 5.13", "writes to a server that has closed: SIGPIPE (port 13)", tsigpipe.Main),
        new("tcpcliserv", "tcpserv08", "", "figure 5.17", "sum server, numbers as text (port 9877)", tcpserv08.Main),
        new("tcpcliserv", "tcpcli08", "<IPaddress>", "section 5.18", "sum client, numbers as text (port 9877)", tcpcli08.Main),
        new("tcpcliserv", "tcpserv09", "", "figure 5.20", "sum server, numbers as C's structures (port 9877)", tcpserv09.Main),
        new("tcpcliserv", "tcpcli09", "<IPaddress>", "figure 5.19", "sum client, numbers as C's structures (port 9877)", tcpcli09.Main),
        new("tcpcliserv", "tcpcli06", "<IPaddress>", "section 6.8", "sends half a line and waits for 30 s (port 9877)", tcpcli06.Main),
        new("tcpcliserv", "tcpservselect01", "", "figure 6.21", "echo server with select, one process (port 9877)", tcpservselect01.Main),
        new("tcpcliserv", "tcpservpoll01", "", "figure 6.25", "echo server with poll, one process (port 9877)", tcpservpoll01.Main),
        new("tcpcliserv", "tcpcli10", "<IPaddress>", "section 7.5", "echo client that ends with RST (port 9877)", tcpcli10.Main),
        new("tcpcliserv", "tcpservepoll01", "", "section 14.9", "echo server with epoll, one process (port 9877)", tcpservepoll01.Main),
        new("tcpcliserv", "tcpservepoll02", "", "section 14.9", "the same, edge-triggered (port 9877)", tcpservepoll02.Main),
        new("tcpcliserv", "tcpservkqueue01", "", "section 14.9", "echo server with kqueue, one process (port 9877)", tcpservkqueue01.Main),
        new("tcpcliserv", "tcpservpoller01", "", "section 14.9", "echo server with Poller; --poller: which (port 9877)", tcpservpoller01.Main)
        {
            Own = [tcpservpoller01.Mechanism],
        },
        new("tcpcliserv", "tcpservasync01", "", "section 14.9", "echo server by async and await, one thread (port 9877)", tcpservasync01.Main)
        {
            Own = [tcpservpoller01.Mechanism],
        },
        new("tcpcliserv", "tcpservpipe01", "", "section 5.3", "echo server by lines, with pipes (port 9877)", tcpservpipe01.Main),

        new("select", "tcpcli01", "<IPaddress>", "figure 6.9", "echo client by select, loses what is in flight (port 7)", select.tcpcli01.Main),
        new("select", "tcpcli02", "<IPaddress>", "figure 6.13", "echo client with select and half-close (port 7)", select.tcpcli02.Main),
        new("select", "tcpcli03", "<IPaddress>", "exercise 6.5", "shuts reading towards a chargen server (port 19)", select.tcpcli03.Main),

        new("sockopt", "sockopt", "", "section 7.2", "prints segment size and send buffer, which it sets", sockopt.sockopt.Main),
        new("sockopt", "checkopts", "", "figure 7.4", "prints the defaults of the socket options", checkopts.Main),
        new("sockopt", "prdefaults", "", "exercise 7.1", "prints the default buffers of TCP and UDP", prdefaults.Main),
        new("sockopt", "rcvbuf", "<IPaddress>", "exercise 7.2", "prints buffer and segment size, then connects (port 13)", rcvbuf.Main),
        new("sockopt", "rcvbufset", "<IPaddress>", "exercise 7.2", "the same with a buffer of 9973 bytes (port 13)", rcvbufset.Main),

        new("udpcliserv", "udpserv01", "", "figure 8.3", "UDP echo server (port 9877)", udpcliserv.udpserv01.Main),
        new("udpcliserv", "udpcli01", "<IPaddress>", "figure 8.7", "UDP echo client (port 9877)", udpcliserv.udpcli01.Main),
        new("udpcliserv", "udpcli02", "<IPaddress>", "figure 8.9", "ignores answers of others than the server (port 7)", udpcliserv.udpcli02.Main),
        new("udpcliserv", "udpcli03", "<IPaddress>", "section 8.8", "prints who answers (port 7)", udpcliserv.udpcli03.Main),
        new("udpcliserv", "udpcli04", "<IPaddress>", "figure 8.17", "UDP echo client with a connected socket (port 9877)", udpcli04.Main),
        new("udpcliserv", "udpcli06", "<IPaddress>", "figure 8.19", "sends 2000 datagrams of 1400 bytes (port 9877)", udpcli06.Main),
        new("udpcliserv", "udpserv06", "", "figure 8.20", "counts datagrams until SIGINT (port 9877)", udpserv06.Main),
        new("udpcliserv", "udpserv07", "", "figure 8.22", "the same with a buffer of 220 KiB (port 9877)", udpserv07.Main),
        new("udpcliserv", "udpcli08", "<IPaddress>", "section 8.13", "sends 2000 datagrams of 65,507 bytes (port 9)", udpcli08.Main),
        new("udpcliserv", "udpcli09", "<IPaddress>", "figure 8.23", "prints the local address that connect gives (port 9877)", udpcli09.Main),
        new("udpcliserv", "udpservselect01", "", "figure 8.24", "TCP and UDP echo server with select (port 9877)", udpservselect01.Main),
        new("udpcliserv", "udpcli10", "<hostname> <service>", "exercise 8.8", "sends the largest datagram there is", udpcli10.Main),

        new("names", "hostent", "<hostname>...", "figure 11.3", "prints the addresses of hosts", names.hostent.Main),
        new("names", "hostent2", "<hostname>...", "exercise 11.1", "the same, and the name of each address", names.hostent2.Main),
        new("names", "test1", "<hostname>...", "exercise 11.2", "the same, and the aliases of each address", names.test1.Main),
        new("names", "daytimetcpcli1", "<host> <service>", "figure 11.4", "daytime client with gethostbyname", names.daytimetcpcli1.Main),
        new("names", "daytimetcpcli2", "<host> <service>", "exercise 11.4", "the same for addresses and ports too", names.daytimetcpcli2.Main),
        new("names", "daytimetcpcli3", "<host> <service>", "exercise 11.5", "the same for IPv4 and IPv6", names.daytimetcpcli3.Main),
        new("names", "prmyaddrs", "", "section 11.3", "prints the addresses of this host", names.prmyaddrs.Main),
        new("names", "prmyaddrs1", "", "section 11.3", "the same, step by step", names.prmyaddrs1.Main),
        new("names", "daytimetcpcli", "<host> <service>", "figure 11.11", "daytime client for IPv4 and IPv6", names.daytimetcpcli.Main),
        new("names", "daytimetcpsrv1", "<service>", "figure 11.13", "daytime server for IPv4 or IPv6", names.daytimetcpsrv1.Main),
        new("names", "daytimetcpsrv2", "[<host>] <service>", "figure 11.14", "daytime server, the host chooses which", names.daytimetcpsrv2.Main),
        new("names", "daytimetcpsrv3", "[<host>] <service>", "section 7.5", "the same, ends each connection with RST", names.daytimetcpsrv3.Main),
        new("names", "daytimeudpcli1", "<host> <service>", "figure 11.16", "UDP daytime client", names.daytimeudpcli1.Main),
        new("names", "test2", "<host> <service>", "section 11.14", "the same, binds the wildcard", names.test2.Main),
        new("names", "daytimeudpcli2", "<host> <service>", "section 11.15", "UDP daytime client, connected", names.daytimeudpcli2.Main),
        new("names", "daytimeudpsrv2", "[<host>] <service>", "figure 11.19", "UDP daytime server", names.daytimeudpsrv2.Main),
        new("names", "daytimeudpsrv3", "[<host>] <service>", "exercise 11.9", "the same with SO_REUSEADDR", names.daytimeudpsrv3.Main),
        new("names", "daytimetcpsrv4", "[<host>] <service>", "exercise 11.8", "daytime server with getnameinfo", names.daytimetcpsrv4.Main),
        new("names", "hostent3", "<hostname>...", "section 11.19", "hosts and the names of their addresses", names.hostent3.Main),
        new("names", "netent", "<network>...", "section 11.21", "prints the names of networks", names.netent.Main),

        new("inetd", "daytimetcpsrv2", "[<host>] <service>", "figure 13.5", "daytime server, a daemon that tells syslog who connects", inetd.daytimetcpsrv2.Main),
        new("inetd", "daytimetcpsrv3", "", "figure 13.12", "daytime server that inetd starts, or systemd", inetd.daytimetcpsrv3.Main),
        new("inetd", "tcpechosrv", "", "section 13.6", "echo server that inetd starts, or systemd", inetd.tcpechosrv.Main),
        new("inetd", "inetd", "[<configuration>]", "section 13.5", "the superserver (/etc/inetd.conf); -d: no daemon", inetd.inetd.Main)
        {
            Own = [inetd.inetd.Foreground, inetd.inetd.Rate, inetd.inetd.SourceRate, inetd.inetd.PidFile, inetd.inetd.Become],
        },

        new("advio", "tcpcli01", "<IPaddress>", "section 14.2", "echo client, connects within 10 s (port 7)", advio.tcpcli01.Main),
        new("advio", "udpcli03", "<IPaddress>", "figure 14.2", "UDP echo client, 5 s by SIGALRM (port 7)", advio.udpcli03.Main),
        new("advio", "udpcli01", "<IPaddress>", "figure 14.4", "UDP echo client, 5 s by Readable_timeo (port 7)", advio.udpcli01.Main),
        new("advio", "udpcli02", "<IPaddress>", "figure 14.5", "UDP echo client, 5 s by SO_RCVTIMEO (port 7)", advio.udpcli02.Main),
        new("advio", "daytimetcpcli", "<host> <service>", "section 14.7", "daytime client with MSG_PEEK and FIONREAD", advio.daytimetcpcli.Main),
        new("advio", "daytimeudpcli3", "<host> <service>", "section 14.7", "UDP daytime client with MSG_PEEK and FIONREAD", advio.daytimeudpcli3.Main),
        new("advio", "daytimeudpcli4", "<host> <service>", "section 14.7", "the same, connected", advio.daytimeudpcli4.Main),
        new("advio", "tcpserv02", "", "figure 14.14", "echo server with standard I/O's buffer (port 9877)", advio.tcpserv02.Main),
        new("advio", "tcpcli02", "<IPaddress>", "section 14.8", "echo client with select and read-ahead (port 9877)", advio.tcpcli02.Main),
        new("advio", "tcpcli03", "<IPaddress>", "section 14.9", "echo client with epoll and half-close (port 9877)", advio.tcpcli03.Main),
        new("advio", "tcpcli04", "<IPaddress>", "section 14.9", "the same with kqueue (port 9877)", advio.tcpcli04.Main),
        new("advio", "udpserv01", "", "figure 22.4", "UDP echo server, prints the destination (port 9877)", advio.udpserv01.Main),
        new("advio", "udpserv03", "", "section 22.6", "the same, a socket for each address (port 9877)", udpserv03.Main),
        new("advio", "udpserv04", "[<host>] <service>", "section 22.6", "the same for IPv4 or IPv6", udpserv04.Main),
        new("advio", "udpblast", "", "section 14.5", "measures UDP with sendmmsg, recvmmsg, GSO and GRO", udpblast.Main)
        {
            Own = [udpblast.Size, udpblast.Count, udpblast.Seconds, udpblast.Batch],
        },

        new("unixdomain", "unixbind", "<pathname>", "figure 15.2", "binds a socket to a path, prints its name", unixbind.Main),
        new("unixdomain", "unixstrserv01", "", "figure 15.3", "stream echo server (/tmp/unix.str)", unixstrserv01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "unixstrcli01", "", "figure 15.4", "stream echo client (/tmp/unix.str)", unixstrcli01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "unixdgserv01", "", "figure 15.5", "datagram echo server (/tmp/unix.dg)", unixdgserv01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "unixdgcli01", "", "figure 15.6", "datagram echo client (/tmp/unix.dg)", unixdgcli01.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "mycat", "<pathname>", "figure 15.9", "prints a file that another process opens", mycat.Main),
        new("unixdomain", "openfile", "<sockfd> <file> <mode>", "figure 15.12", "opens a file for mycat", openfile.Main),
        new("unixdomain", "fdserver", "[<#workers>]", "section 15.7", "passes TCP connections to processes (port 9877)", fdserver.Main),
        new("unixdomain", "fdworker", "<sockfd>", "section 15.7", "serves echo to the connections of fdserver", fdworker.Main),
        new("unixdomain", "unixstrserv02", "", "figure 15.15", "echo server that prints who sends (/tmp/unix.str)", unixstrserv02.Main)
        {
            Own = [UnixPath.Chosen],
        },
        new("unixdomain", "tfcred01", "", "section 15.8", "sends to itself, and prints who has sent", tfcred01.Main),
        new("unixdomain", "peercred", "", "section 15.8", "answers its own user only (/tmp/unix.str)", peercred.Main) { Own = [UnixPath.Chosen] },
        new("unixdomain", "daytimetcpcli", "<host> <service>", "exercise 15.3", "sleeps before it reads", unixdomain.daytimetcpcli.Main),
        new("unixdomain", "daytimetcpsrv2", "[<host>] <service>", "exercise 15.3", "sends a byte at a time", unixdomain.daytimetcpsrv2.Main),

        new("nonblock", "tcpcli02", "<IPaddress>", "figure 16.3", "echo client that waits in select only (port 7)", nonblock.tcpcli02.Main),
        new("nonblock", "tcpcli01", "<IPaddress>", "figure 16.10", "echo client with a child that prints (port 7)", nonblock.tcpcli01.Main),
        new("nonblock", "daytimetcpcli", "<IPaddress>", "section 16.4", "daytime client, connect does not block (port 13)", nonblock.daytimetcpcli.Main),
        new("nonblock", "web", "<#conns> <host> <page> <file>...", "section 16.5", "fetches files from a web server in parallel (port 80)", nonblock.web.Main),
        new("nonblock", "tcpcli03", "<IPaddress>", "figure 16.21", "connects, and ends with RST (port 9877)", nonblock.tcpcli03.Main),
        new("nonblock", "tcpservselect03", "", "section 16.6", "echo server that accepts 5 s late (port 9877)", tcpservselect03.Main),
        new("nonblock", "tcpcli04", "<IPaddress>", "section 16.6", "echo client that ends with RST (port 9877)", nonblock.tcpcli04.Main),

        new("oob", "tcpsend01", "<host> <port#>", "figure 24.3", "sends normal and out-of-band data by turns", oob.tcpsend01.Main),
        new("oob", "tcprecv01", "[<host>] <port#>", "figure 24.4", "receives out-of-band data on SIGURG", oob.tcprecv01.Main),
        new("oob", "tcpsend02", "<host> <port#>", "section 24.2", "the same as tcpsend01", oob.tcpsend02.Main),
        new("oob", "tcprecv02", "[<host>] <port#>", "figure 24.5", "receives it with select, wrongly", oob.tcprecv02.Main),
        new("oob", "tcpsend03", "<host> <port#>", "section 24.2", "the same as tcpsend01", oob.tcpsend03.Main),
        new("oob", "tcprecv03", "[<host>] <port#>", "figure 24.6", "receives it with select, rightly", oob.tcprecv03.Main),
        new("oob", "tcprecv03p", "[<host>] <port#>", "exercise 24.2", "receives it with poll, where POLLRDBAND tells", oob.tcprecv03p.Main),
        new("oob", "tcpsend04", "<host> <port#>", "figure 24.8", "sends an out-of-band byte among the others", oob.tcpsend04.Main),
        new("oob", "tcprecv04", "[<host>] <port#>", "figure 24.9", "finds the mark with sockatmark", oob.tcprecv04.Main),
        new("oob", "tcpsend05", "<host> <port#>", "figure 24.10", "sends an out-of-band byte to a full receiver", oob.tcpsend05.Main),
        new("oob", "tcprecv05", "[<host>] <port#>", "figure 24.11", "has no room for the byte that SIGURG tells of", oob.tcprecv05.Main),
        new("oob", "tcpsend06", "<host> <port#>", "figure 24.12", "sends two out-of-band bytes at once", oob.tcpsend06.Main),
        new("oob", "tcprecv06", "[<host>] <port#>", "section 24.3", "finds the mark of the second", oob.tcprecv06.Main),
        new("oob", "tcpserv02", "", "section 24.5", "echo server with a heartbeat (port 9877)", oob.tcpserv02.Main),
        new("oob", "tcpcli02", "<IPaddress>", "section 24.5", "echo client with a heartbeat (port 9877)", oob.tcpcli02.Main),

        new("sigio", "udpserv01", "", "section 25.3", "UDP echo server with SIGIO (port 9877)", sigio.udpserv01.Main),
        new("sigio", "udpcli01", "<IPaddress>", "section 25.3", "UDP echo client (port 9877)", sigio.udpcli01.Main),

        new("threads", "tcpcli01", "<host> <service>", "figure 26.2", "echo client with a thread that sends", threads.tcpcli01.Main),
        new("threads", "tcpserv01", "[<host>] <service>", "figure 26.3", "echo server, a thread for each client", threads.tcpserv01.Main),
        new("threads", "tcpserv02", "[<host>] <service>", "figure 26.4", "the same, a variable for each thread", threads.tcpserv02.Main),
        new("threads", "tcpserv02g", "[<host>] <service>", "section 26.5", "the same by another name", tcpserv02g.Main),
        new("threads", "test04b", "<file> <#threads>", "section 26.5", "many threads with the library's readline", test04b.Main)
        {
            Own = [LineThreads.Times],
        },
        new("threads", "test04g", "<file> <#threads>", "section 26.5", "the same with thread-specific data", test04g.Main)
        {
            Own = [LineThreads.Times],
        },
        new("threads", "web01", "<#conns> <host> <page> <file>...", "figure 26.14", "fetches files by threads (port 80)", web01.Main),
        new("threads", "example01", "", "figure 26.17", "two threads count, and lose some", example01.Main),
        new("threads", "example02", "", "figure 26.18", "the same with a mutex", example02.Main),
        new("threads", "web02", "<#conns> <host> <page> <file>...", "section 26.7", "the same as web01, which spins (port 80)", web02.Main),
        new("threads", "web03", "<#conns> <host> <page> <file>...", "section 26.8", "the same with a condition variable (port 80)", web03.Main),
        new("threads", "example03", "", "section 26.8", "a producer and a consumer", example03.Main),
        new("threads", "test03", "", "section 26.8", "waits for a condition, but not for ever", test03.Main),
        new("threads", "tcpcli02", "<host> <service>", "exercise 26.3", "the same as tcpcli01, tells a server's early end", threads.tcpcli02.Main),

        new("server", "client", Load.Usage, "figure 30.3", "asks a server for bytes, many times at once", client.Main),
        new("server", "clientrst", Load.Usage, "section 30.2", "the same, and resets some connections", clientrst.Main),
        new("server", "serv00", Listening.Usage, "section 30.4", "iterative server", serv00.Main),
        new("server", "serv01", Listening.Usage, "figure 30.4", "a process for each client", serv01.Main),
        new("server", "serv02", Prefork.Usage, "figure 30.9", "preforked, all wait in accept", serv02.Main),
        new("server", "serv02l", Prefork.Usage, "section 30.6", "preforked, all wait in select", serv02l.Main),
        new("server", "serv02m", Prefork.Usage, "figure 30.14", "serv02 that counts each child's clients", serv02m.Main),
        new("server", "serv03", Prefork.Usage, "figure 30.15", "preforked, a file lock around accept", serv03.Main),
        new("server", "serv03m", Prefork.Usage, "section 30.7", "serv03 that counts each child's clients", serv03m.Main),
        new("server", "serv04", Prefork.Usage, "figure 30.19", "preforked, a mutex around accept", serv04.Main),
        new("server", "serv05", Prefork.Usage, "figure 30.20", "preforked, the parent passes descriptors", serv05.Main),
        new("server", "serv06", Listening.Usage, "figure 30.26", "a thread for each client", serv06.Main) { Own = [serv06.NewThreads] },
        new("server", "serv07", Prethreaded.Usage, "figure 30.27", "prethreaded, a lock around accept", serv07.Main),
        new("server", "serv08", Prethreaded.Usage, "figure 30.30", "prethreaded, the main thread accepts", serv08.Main),
        new("server", "serv09", Prethreaded.Usage, "section 30.11", "prethreaded, all wait in accept", serv09.Main),
        new("server", "serv10", Prefork.Usage, "section 30.6", "preforked, a listening socket each (SO_REUSEPORT)", serv10.Main),
        new("server", "serv11", "[<host>] <port#> <#loops>", "section 30.11", "an event loop for each processor", serv11.Main),
        new("server", "serv12", "[<host>] <port#> <#loops>", "section 30.11", "the same by async and await", serv12.Main),

        new("bsd", "ptysh", "", "section 15.8", "a shell on a pseudo-terminal, for its own user", ptysh.Main) { Own = [ptysh.Listening, ptysh.Where] },
        new("bsd", "rwhod", "<directory> [<IPaddress>...]", "section 20.4", "tells how this host is (port 513)", rwhod.Main)
        {
            Own = [rwhod.Name, rwhod.Interval],
        },
        new("bsd", "ruptime", "<directory>", "section 20.4", "prints how the hosts are that rwhod knows", ruptime.Main) { Own = [ruptime.All] },

        new("debug", "backlog", "", "section 4.5", "counts connections by the backlog (port 9999)", debug.backlog.Main) { Own = [debug.backlog.Patience] },
        new("debug", "test02", "<host> <service>", "section 6.3", "what select says of urgent data", debug.test02.Main),
        new("debug", "test04", "<IPaddress>", "section 16.4", "connect, interrupted, and select (port 13)", debug.test04.Main),

        new("test", "treadline1", "", "figure 3.17", "counts lines, a read for each byte", treadline1.Main),
        new("test", "treadline2", "", "figure 3.18", "counts lines by Readline", treadline2.Main),
        new("test", "treadline3", "", "section 3.9", "counts lines by a LineReader", treadline3.Main),
        new("test", "tisfdtype", "", "section 3.10", "which descriptors are sockets", tisfdtype.Main),
        new("test", "accept_eintr", "", "section 5.9", "is accept restarted after SIGINT (port 9877)", accept_eintr.Main),
        new("test", "tshutdown", "<host> <service>", "section 6.6", "sends its input, then prints what comes", tshutdown.Main),

        new("sock", "sock", "[<options>] <host> <port>", "section C.3", "test client and server, source and sink", Unp.Samples.sock.sock.Main) { ReadsOptions = true },

        new("p2p", "peerserv", "", "section 6.4", "waits for a peer, and types with it (port 9877)", peerserv.Main),
        new("p2p", "peercli", "<IPaddress>", "section 6.4", "connects with a peer, and types with it (port 9877)", peercli.Main),

        new("framing", "frameserv", "", "section 3.9", "echo server by frames; --framing: which (port 9877)", frameserv.Main)
        {
            Own = [FrameOptions.Kind, FrameOptions.Limit],
        },
        new("framing", "framecli", "<IPaddress>", "section 3.9", "echo client, each line is a frame (port 9877)", framecli.Main)
        {
            Own = [FrameOptions.Kind, FrameOptions.Limit],
        },

        new("web", "wwwd", "", "section 30.2", "web server of a directory; -d: which, -h, -p: where", wwwd.Main)
        {
            Own = [wwwd.Directory, wwwd.Host, wwwd.Port, wwwd.Workers, wwwd.Patience],
        },
    ];

    /// <summary>The programs meant by <c>folder/name</c>, or by a bare name.</summary>
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
        output.WriteLine("unp <program> <arguments> runs one, by its path or its name; --help tells its options.");
    }
}
