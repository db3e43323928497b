using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests;

/// <summary>Tests of the samples with third-party programs as clients and servers.</summary>
public class RealPeerTests
{
    static readonly string[] Tools = ["nc", "socat", "ncat"];
    static readonly string[] Addresses = ["127.0.0.1", "::1"];

    public static TheoryData<string, string> EveryTool => new(from tool in Tools from address in Addresses select (tool, address));

    [Theory]
    [MemberData(nameof(EveryTool))]
    public void Tool_gets_its_lines_echoed(string tool, string address)
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", address, out SockAddr listening);
        using Peer client = Connect(tool, listening);
        client.Type("hello\n");
        Assert.Equal("hello", client.ReadLine());

        // Half a line, followed by FIN. The tools end when the server sends its own FIN.
        Assert.Equal(new Outcome(0, "half\xff", ""), client.Type("half\xff").Finish());
        Assert.StartsWith("child", serving.ReadLine(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryTool))]
    public void Tool_gets_time_from_daytime_server(string tool, string address)
    {
        using Peer serving = UnpProcess.StartServer("intro/daytimetcpsrv", address, out SockAddr listening);
        using Peer client = Connect(tool, listening);
        Assert.Matches("^.{24}\r\n$", client.Finish().Output);
    }

    [Theory]
    [MemberData(nameof(EveryTool))]
    public void Echo_client_prints_answer_of_tool(string tool, string address)
    {
        using Peer server = Listen(tool, address, out string port);
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli01", address, "--port", port);
        client.Type("question\n");
        Assert.Equal("question", server.ReadLine());
        server.Type("answer\n");
        Assert.Equal("answer", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
        Assert.Equal("", server.Finish().Output);
    }

    [Theory]
    [MemberData(nameof(EveryTool))]
    public void Daytime_client_prints_line_sent_by_tool(string tool, string address)
    {
        using Peer server = Listen(tool, address, out string port);
        using Peer client = UnpProcess.Start("intro/daytimetcpcli3", address, "--port", port);
        server.Type("Sun Nov 22 08:47:53 2026\r\n").EndInput();
        string host = Regex.Escape(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address);
        Outcome outcome = client.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches($"^local addr: {host}:[0-9]+\nSun Nov 22 08:47:53 2026\r\n$", outcome.Output);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Every_echo_client_works_with_socat_echo_server(string address)
    {
        string[] clients =
        [
            .. ((string[])["tcpcli01", "tcpcli04", "tcpcli05", "tcpcli08", "tcpcli10"]).Select(name => $"tcpcliserv/{name}"),
            "advio/tcpcli01", "advio/tcpcli02", "nonblock/tcpcli02", "nonblock/tcpcli04",
        ];
        foreach (string program in clients)
        {
            using Peer server = Listen("socat", address, out string port, "fork", "EXEC:cat");
            using Peer client = UnpProcess.Start(program, address, "--port", port);
            Assert.Equal(new Outcome(0, "12 34\n", ""), client.Type("12 34\n").Finish());
            server.Kill(SIGTERM);
        }
    }

    [Fact]
    public void Tool_gets_sums_from_sum_server()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv08", "127.0.0.1", out SockAddr listening);
        using Peer client = Connect("nc", listening);
        Assert.Equal(new Outcome(0, "579\ninput error\n", ""), client.Type("123 456\nplease\n").Finish());
    }

    static Peer Connect(string tool, SockAddr server) => tool switch
    {
        "nc" => Peer.Start("nc", "-N", $"{server.Address}", $"{server.Port}"),
        "ncat" => Peer.Start("ncat", $"{server.Address}", $"{server.Port}"),
        _ => Peer.Start("socat", "-t", "20", "-", $"{(server.Family == AF_INET ? "TCP4" : "TCP6")}:{server}"),
    };

    /// <summary>Starts a tool as a server on a port chosen by the kernel.</summary>
    static Peer Listen(string tool, string address, out string port, string option = "", string socatsOther = "-")
    {
        Loopback.Require(SockAddr.Inet(address, 0).Family);
        string socats =
            address.Contains(':', StringComparison.Ordinal) ? $"TCP6-LISTEN:0,bind=[{address}]" : $"TCP4-LISTEN:0,bind={address}";
        Peer server = tool switch
        {
            "nc" => Peer.Start("nc", "-N", "-l", address, "0"),
            "ncat" => Peer.Start("ncat", "-l", address, "0"),
            _ => Peer.Start("socat", "-t", "20", $"{socats},{option}", socatsOther),
        };
        string? found = null;
        Limit.Until(() => (found = ListeningPort(server.Id)) is not null, $"{tool} listening");
        port = found!;
        return server;
    }

    /// <summary>The port on which a process listens, or null. It is read from /proc, because not every tool prints its port.</summary>
    static string? ListeningPort(int process)
    {
        HashSet<string?> sockets = [.. Directory.GetFiles($"/proc/{process}/fd").Select(fd => new FileInfo(fd).LinkTarget)];
        foreach (string line in ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists).SelectMany(File.ReadLines))
        {
            // 0: 0100007F:1F90 00000000:0000 0A ... inode, where 0A is LISTEN
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields[3] == "0A" && sockets.Contains($"socket:[{fields[9]}]"))
                return $"{int.Parse(fields[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}";
        }
        return null;
    }
}
