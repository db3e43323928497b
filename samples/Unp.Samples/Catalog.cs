using Unp.Samples.intro;
using Unp.Samples.sockopt;
using Unp.Samples.tcpcliserv;

namespace Unp.Samples;

/// <summary>All programs, in the book's order.</summary>
static class Catalog
{
    static readonly (string Folder, string Title)[] Chapters =
    [
        ("intro", "Chapter 1: introduction"),
        ("tcpcliserv", "Chapter 5: TCP client/server example"),
        ("sockopt", "Chapter 7: socket options"),
    ];

    static readonly BookProgram[] Programs =
    [
        new("intro", "byteorder", "", "prints the byte order of this machine", byteorder.Main),
        new("intro", "daytimetcpcli", "<IPaddress>", "prints the time that a daytime server sends (port 13)", daytimetcpcli.Main),
        new("intro", "daytimetcpcli1", "<IPaddress>", "and counts the reads it took (port 13)", daytimetcpcli1.Main),
        new("intro", "daytimetcpcli2", "<IPaddress>", "and counts the reads it took (port 9999)", daytimetcpcli2.Main),
        new("intro", "daytimetcpcli3", "<IPaddress>", "and prints its own address first (port 13)", daytimetcpcli3.Main),
        new("intro", "daytimetcpcliv6", "<IPaddress>", "daytime client for IPv6 (port 13)", daytimetcpcliv6.Main),
        new("intro", "daytimetcpsrv", "", "iterative daytime server (port 13)", daytimetcpsrv.Main),
        new("intro", "daytimetcpsrv1", "", "and prints who connects (port 13)", daytimetcpsrv1.Main),
        new("intro", "daytimetcpsrv2", "", "writes a byte at a time (port 9999)", daytimetcpsrv2.Main),
        new("intro", "daytimetcpsrv3", "", "prints who connects (port 9999)", daytimetcpsrv3.Main),
        new("intro", "daytimetcpsrvv6", "", "daytime server for IPv6, prints who connects (port 13)", daytimetcpsrvv6.Main),

        new("tcpcliserv", "tcpserv01", "", "echo server, a thread per client that nobody waits for (port 9877)", tcpserv01.Main),
        new("tcpcliserv", "tcpserv02", "", "and a SIGCHLD handler that waits for one child (port 9877)", tcpserv02.Main),
        new("tcpcliserv", "tcpserv03", "", "and handles an interrupted accept (port 9877)", tcpserv03.Main),
        new("tcpcliserv", "tcpserv04", "", "and waits for every child there is: the final version (port 9877)", tcpserv04.Main),
        new("tcpcliserv", "tcpserv08", "", "adds two numbers sent as a line of text (port 9877)", tcpserv08.Main),
        new("tcpcliserv", "tcpserv09", "", "adds two numbers sent as binary structures (port 9877)", tcpserv09.Main),
        new("tcpcliserv", "tcpcli01", "<IPaddress>", "echo client, line by line from standard input (port 9877)", tcpcli01.Main),
        new("tcpcliserv", "tcpcli04", "<IPaddress>", "connects five times and uses the first (port 9877)", tcpcli04.Main),
        new("tcpcliserv", "tcpcli05", "<IPaddress>", "echo client for the standard echo server (port 7)", tcpcli05.Main),
        new("tcpcliserv", "tcpcli06", "<IPaddress>", "sends half a line and waits for 30 seconds (port 9877)", tcpcli06.Main),
        new("tcpcliserv", "tcpcli07", "<IPaddress>", "ends by SIGALRM after 50 milliseconds (port 9877)", tcpcli07.Main),
        new("tcpcliserv", "tcpcli08", "<IPaddress>", "client of tcpserv08 (port 9877)", tcpcli08.Main),
        new("tcpcliserv", "tcpcli09", "<IPaddress>", "client of tcpserv09 (port 9877)", tcpcli09.Main),
        new("tcpcliserv", "tcpcli10", "<IPaddress>", "echo client that ends the connection with RST (port 9877)", tcpcli10.Main),
        new("tcpcliserv", "tcpcli11", "<IPaddress>", "sends the first byte of each line a second ahead (port 9877)", tcpcli11.Main),
        new("tcpcliserv", "tsigpipe", "<IPaddress>", "writes to a server that has closed, for SIGPIPE (port 13)", tsigpipe.Main),

        new("sockopt", "checkopts", "", "prints the default of most socket options", checkopts.Main),
        new("sockopt", "prdefaults", "", "prints the default buffer sizes of TCP and UDP", prdefaults.Main),
        new("sockopt", "rcvbuf", "<IPaddress>", "prints buffer and segment size before and after connecting (port 13)", rcvbuf.Main),
        new("sockopt", "rcvbufset", "<IPaddress>", "and sets the receive buffer's size (port 13)", rcvbufset.Main),
        new("sockopt", "sockopt", "", "prints segment size and send buffer, after setting it", sockopt.sockopt.Main),
    ];

    /// <summary>The programs meant by <c>folder/name</c>, or by a bare name.</summary>
    public static IEnumerable<BookProgram> Named(string name) => Programs.Where(program => program.Path == name || program.Name == name);

    public static void Print(TextWriter output)
    {
        foreach (var (folder, title) in Chapters)
        {
            output.WriteLine(title);
            foreach (BookProgram program in Programs.Where(program => program.Folder == folder))
                output.WriteLine($"  {program.Path + " " + program.Usage,-40} {program.Purpose}");
        }
    }
}
