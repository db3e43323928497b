using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.tcpcliserv;

public class EchoServerTests
{
    static readonly string[] Servers = ["tcpserv01", "tcpserv02", "tcpserv03", "tcpserv04"];
    static readonly string[] Addresses = ["127.0.0.1", "::1"];

    public static TheoryData<string, string> EveryServer => new(from server in Servers from address in Addresses select (server, address));

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Every_byte_is_echoed_before_end_of_stream(string server, string address)
    {
        string everyByte = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value));
        using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", address, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal(everyByte, client.Send(everyByte).Receive(256));
        Assert.Equal("x", client.Send("x").ReceiveOnce());
        Assert.Equal("no newline", client.Send("no newline").EndSending().ReceiveToEnd());
    }

    [Fact]
    public void Megabyte_through_socat_is_echoed_unchanged()
    {
        Peer.Require("socat");
        using var directory = new TempDirectory();
        File.WriteAllBytes(directory["sent"], RandomNumberGenerator.GetBytes(1 << 20));
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv01", "127.0.0.1", out SockAddr listening);
        using Peer socat = Peer.Start("sh", "-c", $"exec socat -t 20 - TCP4:{listening} <{directory["sent"]} >{directory["received"]}");
        Assert.Equal(new Outcome(0, "", ""), socat.Finish());
        Assert.Equal(Hash(directory["sent"]), Hash(directory["received"]));
    }

    [Fact]
    public void Fifty_concurrent_clients_each_get_their_own_bytes()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        Wire[] clients = [.. Enumerable.Range(0, 50).Select(_ => Wire.Connect(listening))];
        try
        {
            for (int round = 0; round < 3; round++)
            {
                for (int i = 0; i < clients.Length; i++)
                    clients[i].Send($"client {i}, round {round}\n");
                for (int i = clients.Length - 1; i >= 0; i--)
                    Assert.Equal($"client {i}, round {round}\n", clients[i].Receive($"client {i}, round {round}\n".Length));
            }
        }
        finally
        {
            foreach (Wire client in clients)
                client.Dispose();
        }
        Assert.Equal(50, Enumerable.Range(0, 50).Select(_ => serving.ReadLine()).Distinct().Count());
    }

    [Theory]
    [InlineData("tcpserv01")]
    [InlineData("tcpserv04")]
    public void Reset_by_client_ends_its_child_but_not_server(string server)
    {
        using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", "127.0.0.1", out SockAddr listening);
        Wire resetting = Wire.Connect(listening);
        Assert.Equal("abc", resetting.Send("abc").Receive(3));
        resetting.Reset();
        Assert.Matches("^str_echo.* error: Connection reset by peer$", serving.ReadErrorLine());

        using Wire next = Wire.Connect(listening);
        Assert.Equal("still here", next.Send("still here").EndSending().ReceiveToEnd());
    }

    [Theory]
    [InlineData("tcpserv02")]
    [InlineData("tcpserv03")]
    [InlineData("tcpserv04")]
    public void End_of_child_is_printed(string server)
    {
        using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", "127.0.0.1", out SockAddr listening);
        using (Wire client = Wire.Connect(listening))
        {
            Assert.Equal("x", client.Send("x").Receive(1));
        }
        Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());
    }

    [Fact]
    public void Tcpserv01_never_reaps_its_children()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv01", "127.0.0.1", out SockAddr listening);
        for (int i = 0; i < 3; i++)
        {
            using Wire client = Wire.Connect(listening);
            Assert.Equal("x", client.Send("x").EndSending().ReceiveToEnd());
        }
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Tcpserv04_reaps_all_five_children_that_end_together()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        for (int round = 0; round < 3; round++)
        {
            using Peer client = UnpProcess.Start("tcpcliserv/tcpcli04", "127.0.0.1", "--port", $"{listening.Port}");
            Assert.Equal(new Outcome(0, "hello\n", ""), client.Type("hello\n").Finish());
            string?[] children = [.. Enumerable.Range(0, 5).Select(_ => serving.ReadLine())];
            Assert.All(children, child => Assert.Matches("^child [1-9][0-9]* terminated$", child));
            Assert.Equal(5, children.Distinct().Count());
        }
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Servers_with_one_wait_reap_at_least_one_and_none_twice()
    {
        foreach (string server in (string[])["tcpserv02", "tcpserv03"])
        {
            using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", "127.0.0.1", out SockAddr listening);
            Assert.Equal(0, UnpProcess.Run("tcpcliserv/tcpcli04", "127.0.0.1", "--port", $"{listening.Port}").Status);
            string first = serving.ReadLine() + "\n";
            string printed = first + serving.Kill(SIGTERM).Finish().Output;
            Assert.Matches(new Regex("^(child [1-9][0-9]* terminated\n){1,5}$"), printed);
            Assert.Equal(
                printed.Count(character => character == '\n'),
                printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count());
        }
    }

    static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
