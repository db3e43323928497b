using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Unp.Net.Netlink;

namespace Unp.Samples.Tests.tcpcliserv;

[SupportedOSPlatform("linux")]
public class MultipathTests
{
    const string Server = "tcpcliserv/mptcpserv01";
    const string Client = "tcpcliserv/mptcpcli01";

    [Fact]
    public void Connection_continues_on_second_path_when_first_fails()
    {
        using var hosts = new TwoPaths();
        using Peer server = UnpProcess.StartIn(hosts.Server, Server, "--port", "0");
        int port = UnpProcess.Listening(server).Port;
        using Peer client = UnpProcess.StartIn(hosts.Client, Client, TwoPaths.ServerAddress(0), "--port", $"{port}");
        client.Type("first\n");
        Assert.Equal("first", client.ReadLine());
        Limit.Until(() => hosts.Client.Call(HasSecondSubflow), "the second subflow is established");

        hosts.Client.Run("ip link set path0 down");
        client.Type("second line\n");
        Assert.Equal("second line", client.ReadLine());

        Outcome outcome = client.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Output));
        string[] lines = outcome.Error.TrimEnd().Split('\n');
        Assert.Equal(["MPTCP, subflows: 2"], lines[..1]);
        Assert.Matches(@"^192\.0\.2\.1:\d+ - 192\.0\.2\.2:\d+, Established, [1-9]\d* bytes sent, [1-9]\d* bytes received$", lines[1]);
        Match second = Regex.Match(
            lines[2], @"^198\.51\.100\.1:\d+ - 198\.51\.100\.2:\d+, Established, (\d+) bytes sent, (\d+) bytes received$");
        Assert.InRange(int.Parse(second.Groups[1].Value), "second line\n".Length, 1000);
        Assert.InRange(int.Parse(second.Groups[2].Value), "second line\n".Length, 1000);
    }

    [Theory]
    [InlineData(Server, Client, "MPTCP, subflows: 1")]
    [InlineData("tcpcliserv/tcpserv01", Client, "plain TCP")]
    public void Client_reports_whether_server_has_MPTCP(string serverProgram, string clientProgram, string report)
    {
        TwoPaths.RequireMptcp();
        using Peer server = UnpProcess.StartServer(serverProgram, "127.0.0.1", out SockAddr address);
        using Peer client = UnpProcess.Start(clientProgram, "127.0.0.1", "--port", $"{address.Port}").Type("hello\n");
        Assert.Equal("hello", client.ReadLine());
        Outcome outcome = client.Finish();
        Assert.Equal(0, outcome.Status);
        Assert.Matches($"^{report}\n.* - {address}, Established, [1-9][0-9]* bytes sent, 6 bytes received\n$", outcome.Error);
    }

    [Theory]
    [InlineData(Client, "MPTCP, subflows: 1")]
    [InlineData("tcpcliserv/tcpcli01", "plain TCP")]
    public void Server_reports_whether_client_has_MPTCP(string clientProgram, string report)
    {
        TwoPaths.RequireMptcp();
        using Peer server = UnpProcess.StartServer(Server, "127.0.0.1", out SockAddr address);
        using Peer client = UnpProcess.Start(clientProgram, "127.0.0.1", "--port", $"{address.Port}").Type("hello\n");
        Assert.Equal("hello", client.ReadLine());
        Assert.Equal(0, client.Finish().Status);
        Assert.Equal(report, server.ReadLine());
        string? subflow = server.ReadLine(); // an end of TCP counts as a byte
        Assert.Matches($"^{address} - .* bytes sent, [67] bytes received$", subflow);
    }

    static bool HasSecondSubflow()
    {
        using var table = new SocketTable();
        return table.Tcp(new SocketFilter { States = [TcpState.Established] })
            .Any(socket => $"{socket.Local.Address}" == TwoPaths.ClientAddress(1));
    }
}
