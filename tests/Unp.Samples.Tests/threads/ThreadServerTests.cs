using System.Globalization;

namespace Unp.Samples.Tests.threads;

public class ThreadServerTests
{
    public static TheoryData<string> Servers => ["tcpserv01", "tcpserv02", "tcpserv02g"];

    [Theory]
    [MemberData(nameof(Servers))]
    public void Clients_are_served_concurrently_and_get_their_own_lines(string program)
    {
        using Peer serving = Start(program, "127.0.0.1", out SockAddr listening);
        int sockets = Proc.Sockets(serving.Id);
        using Peer silent = Connect(listening);
        Peer[] clients = [.. Enumerable.Range(0, 4).Select(_ => Connect(listening))];
        try
        {
            for (int line = 0; line < 3; line++)
            {
                for (int i = 0; i < clients.Length; i++)
                    clients[i].Type($"line {line} of {i}\n");
                for (int i = 0; i < clients.Length; i++)
                    Assert.Equal($"line {line} of {i}", clients[i].ReadLine());
            }
            Assert.All(clients, client => Assert.Equal(new Outcome(0, "half", ""), client.Type("half").Finish()));
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
        Assert.Equal(new Outcome(0, "", ""), silent.Finish());
        Limit.Until(() => Proc.Sockets(serving.Id) == sockets, "the connections are closed");
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Reset_by_client_ends_only_its_own_thread(string program)
    {
        using Peer serving = Start(program, "::1", out SockAddr listening);
        using (Wire one = Wire.Connect(listening))
        {
            one.Send("one\n");
            Assert.Equal("one\n", one.Receive(4));
            one.Reset();
        }
        Assert.Matches("^str_echo error: Connection reset by peer$", serving.ReadErrorLine()!);
        using Wire another = Wire.Connect(listening);
        another.Send("two\n");
        Assert.Equal("two\n", another.Receive(4));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Bytes_are_echoed_before_newline(string program)
    {
        using Peer serving = Start(program, "127.0.0.1", out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal("no newline", client.Send("no newline").Receive(10));
    }

    [Fact]
    public void Wrong_arguments_print_usage() => Assert.All(
        Servers.Select(row => row.Data),
        program => Assert.Equal(new Outcome(1, "", $"usage: {program} [ <host> ] <service>\n"), UnpProcess.Run($"threads/{program}")));

    [Theory]
    [InlineData("tcpcli01")]
    [InlineData("tcpcli02")]
    public void Clients_print_answers_of_socat_echo_server(string program)
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i.ToString(CultureInfo.InvariantCulture)}\n")) + "half";
        using Peer client = UnpProcess.Start($"threads/{program}", "localhost", $"{listening.Port}");
        Task typing = Task.Run(() => client.Type(text).EndInput());
        string output = client.ReadToEnd();
        typing.Within();
        Assert.Equal(text, output);
        Assert.Equal(0, client.WaitForExit());
        Assert.Equal(new Outcome(1, "", $"usage: {program} <hostname> <service>\n"), UnpProcess.Run($"threads/{program}", "127.0.0.1"));
    }

    [Theory]
    [InlineData("tcpcli01", 0, "")]
    [InlineData("tcpcli02", 1, "server terminated prematurely\n")]
    public void Only_tcpcli02_reports_server_that_ends_first(string program, int status, string error)
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start($"threads/{program}", "127.0.0.1", listener.Port);
        using (Wire server = listener.Accept())
            server.Send("last words\n");
        Assert.Equal(status, client.WaitForExit());
        Assert.Equal(new Outcome(status, "last words\n", error), client.Finish());
    }

    static Peer Start(string program, string address, out SockAddr listening) =>
        UnpProcess.StartServer([$"threads/{program}", address, "0"], out listening);

    static Peer Connect(SockAddr server) => Peer.Start("nc", "-N", $"{server.Address}", $"{server.Port}");
}
