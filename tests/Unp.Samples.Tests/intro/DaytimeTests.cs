using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.intro;

public class DaytimeTests
{
    const string Date =
        "(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
        + "[ 123][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}\r\n";

    static readonly string[] Servers = ["daytimetcpsrv", "daytimetcpsrv1", "daytimetcpsrv2", "daytimetcpsrv3", "daytimetcpsrvv6"];
    static readonly string[] Addresses = ["127.0.0.1", "::1"];

    public static TheoryData<string, string> EveryServer => new(from server in Servers from address in Addresses select (server, address));

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Every_client_prints_line_sent_by_server(string server, string address)
    {
        using Peer serving = UnpProcess.StartServer($"intro/{server}", address, out SockAddr listening);
        string Ask(string client)
        {
            Outcome outcome = UnpProcess.Run($"intro/{client}", address, "--port", $"{listening.Port}");
            Assert.Equal((0, ""), (outcome.Status, outcome.Error));
            return outcome.Output;
        }

        // Exactly 26 bytes, followed by the end of the stream.
        using Wire client = Wire.Connect(listening);
        DateTime asked = DateTime.Now;
        string bytes = client.ReceiveToEnd();
        Assert.Matches($"^{Date}$", bytes);
        Assert.Equal(26, bytes.Length);
        DateTime sent = DateTime.ParseExact(
            bytes, ["ddd MMM d HH:mm:ss yyyy\r\n", "ddd MMM  d HH:mm:ss yyyy\r\n"], CultureInfo.InvariantCulture);
        Assert.InRange(sent - asked, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));

        Assert.Matches($"^{Date}$", Ask("daytimetcpcli"));
        Assert.Matches($"^{Date}$", Ask("daytimetcpcliv6"));
        string counter = server == "daytimetcpsrv2" ? "([1-9]|1[0-9]|2[0-6])" : "1";
        Assert.Matches($"^{Date}counter = {counter}\n$", Ask("daytimetcpcli1"));
        Assert.Matches($"^{Date}counter = {counter}\n$", Ask("daytimetcpcli2"));

        // The last client prints its own address, and so do some of the servers.
        string printed = Ask("daytimetcpcli3");
        Match own = Regex.Match(printed, $"^local addr: ([^\n]+)\n{Date}$");
        Assert.True(own.Success, printed);
        string[] seen = serving.Kill(SIGTERM).Finish().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (ConnectionLine(server, SockAddr.Parse(own.Groups[1].Value)) is { } line)
        {
            Assert.Equal(6, seen.Distinct().Count());
            Assert.Equal(ConnectionLine(server, client.Local), seen[0]);
            Assert.Equal(line, seen[5]);
        }
        else
        {
            Assert.Empty(seen);
        }
    }

    [Theory]
    [InlineData("intro/daytimetcpsrv2", 2, 26)]
    [InlineData("intro/daytimetcpsrv3", 1, 1)]
    public void Single_bytes_take_several_segments_and_whole_line_takes_one(string server, int fewest, int most)
    {
        using Peer serving = UnpProcess.StartServer(server, "127.0.0.1", out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Matches(Date, client.ReceiveToEnd());

        // TCP sends the first byte immediately and the others after its acknowledgement.
        Assert.InRange(client.DataSegmentsReceived, fewest, most);
    }

    [Fact]
    public void IPv6_server_sees_IPv4_client_at_mapped_address()
    {
        using Peer serving = UnpProcess.StartServer("intro/daytimetcpsrvv6", "::ffff:127.0.0.1", out SockAddr listening);
        using Wire client = Wire.Connect(SockAddr.Inet("127.0.0.1", listening.Port));
        Assert.Matches($"^{Date}$", client.ReceiveToEnd());
        Assert.Equal($"connection from [::ffff:127.0.0.1]:{client.Local.Port}", serving.ReadLine());
    }

    [Fact]
    public void Client_prints_everything_until_end_of_stream()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("intro/daytimetcpcli1", "127.0.0.1", "--port", listener.Port);
        using (Wire server = listener.Accept())
        {
            server.Send("in\n");
            Assert.Equal("in", client.ReadLine());
            server.Send("two reads \xff");
        }
        Assert.Equal(new Outcome(0, "two reads \xff" + "counter = 2\n", ""), client.Finish());
    }

    [Fact]
    public void Client_reports_reset()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("intro/daytimetcpcli", "127.0.0.1", "--port", listener.Port);
        Wire server = listener.Accept();
        server.Send("something\n");
        Assert.Equal("something", client.ReadLine());
        server.Reset();
        Assert.Equal(new Outcome(1, "", "read error: Connection reset by peer\n"), client.Finish());
    }

    [Theory]
    [InlineData("2026-11-22 08:47:53", "Sun Nov 22 08:47:53 2026\r\n")]
    [InlineData("2026-12-01 00:00:00", "Tue Dec  1 00:00:00 2026\r\n")]
    [InlineData("2024-02-29 23:59:59", "Thu Feb 29 23:59:59 2024\r\n")]
    [InlineData("1999-01-09 12:01:02", "Sat Jan  9 12:01:02 1999\r\n")]
    public void Line_has_form_of_ctime(string time, string line)
    {
        var local = DateTime.Parse(time, CultureInfo.InvariantCulture);
        byte[] bytes = Daytime.Line(new tm
        {
            tm_sec = local.Second,
            tm_min = local.Minute,
            tm_hour = local.Hour,
            tm_mday = local.Day,
            tm_mon = local.Month - 1,
            tm_year = local.Year - 1900,
            tm_wday = (int)local.DayOfWeek,
        });
        Assert.Equal(26, bytes.Length);
        Assert.Equal(line, Encoding.ASCII.GetString(bytes));
    }

    [Theory]
    [InlineData("UTC-3")]
    [InlineData("CET-1CEST")]
    [InlineData("<+0530>-5:30")]
    [InlineData("XYZ3")]
    [InlineData("EST5EDT,M3.2.0,M11.1.0")]
    [InlineData("NZST-12:00:00NZDT-13:00:00,M10.1.0,M3.3.0")]
    [InlineData("Asia/Tokyo")]
    [InlineData(":America/New_York")]
    [InlineData("nonsense")]
    public void Answer_has_local_time_of_TZ(string zone)
    {
        var environment = new Dictionary<string, string> { ["TZ"] = zone };
        string[] command = ["intro/daytimetcpsrv", "--bind", "127.0.0.1", "--port", "0"];
        using Peer serving = UnpProcess.StartServer(command, out SockAddr listening, environment);
        string before = DateOf(environment);
        using Wire client = Wire.Connect(listening);
        string answer = client.ReceiveToEnd();
        Assert.Contains(answer, (string[])[before, DateOf(environment)]);
    }

    /// <summary>Checks the time against date(1), which uses the C library. The server may be one second later.</summary>
    static string DateOf(Dictionary<string, string> environment)
    {
        environment["LC_ALL"] = "C";
        using Peer date = Peer.Start("date", environment, "+%a %b %e %H:%M:%S %Y");
        return date.Finish().Output.TrimEnd('\n') + "\r\n";
    }

    /// <summary>The line that a server prints about a client, or null if it prints none.</summary>
    static string? ConnectionLine(string server, SockAddr client) => server switch
    {
        "daytimetcpsrv1" or "daytimetcpsrv3" => $"connection from {client.Address}, port {client.Port}",
        "daytimetcpsrvv6" when client.Family == AF_INET6 => $"connection from [{client.Address}]:{client.Port}",
        "daytimetcpsrvv6" => $"connection from {client.Address}:{client.Port}",
        _ => null,
    };
}
